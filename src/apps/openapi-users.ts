import { json, type Operation } from './openapi.ts';
import type { JsonSchema } from './openapi-schemas.ts';

const reason: JsonSchema = {
  type: 'object',
  required: ['reason'],
  properties: {
    reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Kept in the history.' },
  },
};

const done = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties: {
    uuid: { type: 'string', format: 'uuid' },
    ...properties,
    sessions_ended: { type: 'integer' },
  },
});

const users = (operation: Omit<Operation, 'tag' | 'method' | 'body'>): Operation => ({
  tag: 'users',
  method: 'post',
  body: json(reason),
  ...operation,
  path: `/api/admin/v1/users/{uuid}${operation.path}`,
});

/** What operators do to an account in an incident (portal-and-operations M3). */
export const USER_OPERATIONS: readonly Operation[] = [
  users({
    path: '/suspend',
    id: 'suspendUser',
    summary: 'Suspend an account, end its sessions and tell its owner',
    success: {
      status: 200,
      description: 'Suspended.',
      content: json(done({ suspended: { type: 'boolean' } })),
    },
    problems: [404, 409, 422],
  }),
  users({
    path: '/reinstate',
    id: 'reinstateUser',
    summary: 'Lift a suspension and tell the owner',
    success: {
      status: 200,
      description: 'Active again.',
      content: json(done({ suspended: { type: 'boolean' } })),
    },
    problems: [404, 409, 422],
  }),
  users({
    path: '/revoke-sessions',
    id: 'revokeUserSessions',
    summary: 'End every session of an account, with its codes and tokens',
    success: { status: 200, description: 'Ended.', content: json(done({})) },
    problems: [404, 422],
  }),
];
