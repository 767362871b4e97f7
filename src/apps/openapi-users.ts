import { json, type Operation } from './openapi.ts';
import type { JsonSchema } from './openapi-schemas.ts';

const reason = {
  type: 'object',
  required: ['reason'],
  properties: {
    reason: { type: 'string', minLength: 1, maxLength: 500, description: 'Kept in the history.' },
  },
} as const satisfies JsonSchema;

/** `app` of a ban. */
const app: JsonSchema = {
  type: 'string',
  minLength: 1,
  maxLength: 1024,
  description: 'The uuid or issuer of an app; * for all apps, also those to come.',
};

const ban: JsonSchema = {
  type: 'object',
  required: ['reason', 'app'],
  properties: { ...reason.properties, app },
};

const bans: JsonSchema = {
  type: 'object',
  properties: {
    uuid: { type: 'string', format: 'uuid' },
    banned_from: {
      type: 'array',
      items: { type: 'string' },
      description: 'Uuids of the apps that are closed to the account now, or *.',
    },
  },
};

const legacyNameId: JsonSchema = {
  type: ['integer', 'null'],
  minimum: 1,
  maximum: Number.MAX_SAFE_INTEGER,
};

const done = (properties: Readonly<Record<string, JsonSchema>>): JsonSchema => ({
  type: 'object',
  properties: {
    uuid: { type: 'string', format: 'uuid' },
    ...properties,
    sessions_ended: { type: 'integer' },
  },
});

const users = (
  operation: Omit<Operation, 'tag' | 'method' | 'body'> & Partial<Pick<Operation, 'method' | 'body'>>,
): Operation => ({
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
    path: '/ban',
    id: 'banUser',
    summary: 'Close an app to an account; its codes and tokens there die at once',
    body: json(ban),
    success: { status: 200, description: 'Banned.', content: json(bans) },
    problems: [404, 409, 422],
  }),
  users({
    path: '/unban',
    id: 'unbanUser',
    summary: 'Open an app to an account again',
    body: json(ban),
    success: { status: 200, description: 'Open again.', content: json(bans) },
    problems: [404, 409, 422],
  }),
  {
    tag: 'users',
    method: 'get',
    path: '/api/admin/v1/users/{uuid}/bans',
    id: 'listUserBans',
    summary: 'The apps that are closed to an account, and who decided that, why and when',
    success: {
      status: 200,
      description: 'Oldest first.',
      content: json({
        type: 'array',
        items: {
          type: 'object',
          properties: {
            app,
            actor: { type: 'string' },
            reason: { type: 'string' },
            since: { type: 'string', format: 'date-time' },
          },
        },
      }),
    },
    problems: [404],
  },
  users({
    method: 'put',
    path: '/legacy-name-id',
    id: 'setUserLegacyNameId',
    summary: 'Import the number by which SAML apps know an account from elsewhere; null takes it away',
    body: json({
      type: 'object',
      required: ['reason', 'legacy_name_id'],
      properties: { ...reason.properties, legacy_name_id: legacyNameId },
    }),
    success: {
      status: 200,
      description: 'Known by it from now on.',
      content: json({
        type: 'object',
        properties: { uuid: { type: 'string', format: 'uuid' }, legacy_name_id: legacyNameId },
      }),
    },
    problems: [404, 422],
  }),
  users({
    path: '/require-password-change',
    id: 'requireUserPasswordChange',
    summary: 'Have an account choose another password at its next sign-in, and end every session of it',
    success: {
      status: 200,
      description: 'Required from now on.',
      content: json(done({ password_change_required: { type: 'boolean' } })),
    },
    problems: [404, 422],
  }),
  users({
    path: '/revoke-sessions',
    id: 'revokeUserSessions',
    summary: 'End every session of an account, with its codes and tokens',
    success: { status: 200, description: 'Ended.', content: json(done({})) },
    problems: [404, 422],
  }),
];
