import { json, listOf, type Operation } from './openapi.ts';
import { type JsonSchema, schemaRef } from './openapi-schemas.ts';

const text: JsonSchema = { type: 'string' };

const sandbox = (operation: Omit<Operation, 'tag'>): Operation => ({
  tag: 'sandbox',
  ...operation,
  path: `/api/sandbox/v1${operation.path}`,
});

/** Operations of test environments; in staging and production these paths do not exist. */
export const SANDBOX_OPERATIONS: readonly Operation[] = [
  sandbox({
    method: 'post',
    path: '/accounts',
    id: 'createTestAccount',
    summary: 'Make a confirmed account; what is left out is made up',
    body: json(schemaRef('TestAccountWish')),
    success: {
      status: 201,
      description: 'The account with its secrets.',
      content: json(schemaRef('TestAccount')),
    },
    problems: [400, 409, 413, 422],
  }),
  sandbox({
    method: 'get',
    path: '/accounts/{uuid}',
    id: 'readTestAccount',
    summary: 'Read a test account',
    success: { status: 200, description: 'What is known of it.', content: json({ type: 'object' }) },
    problems: [404],
  }),
  sandbox({
    method: 'delete',
    path: '/accounts/{uuid}',
    id: 'deleteTestAccount',
    summary: 'Delete a test account',
    success: { status: 204, description: 'Gone.' },
    problems: [404],
  }),
  sandbox({
    method: 'get',
    path: '/messages',
    id: 'listMessages',
    summary: 'Read what was sent, newest last',
    query: {
      to: { schema: text, description: 'Only to this address or number.' },
      after: { schema: { type: 'string', format: 'date-time' }, description: 'Only later than this.' },
      limit: {
        schema: { type: 'integer', minimum: 1, maximum: 500, default: 100 },
        description: 'The newest so many.',
      },
    },
    success: { status: 200, description: 'Messages.', content: json(listOf('Message')) },
    problems: [400],
  }),
  sandbox({
    method: 'delete',
    path: '/messages',
    id: 'clearMessages',
    summary: 'Empty the inbox',
    success: { status: 204, description: 'Empty.' },
  }),
  sandbox({
    method: 'post',
    path: '/clock',
    id: 'advanceClock',
    summary: 'Move the clock of a laptop forward',
    body: json({
      type: 'object',
      required: ['advance_seconds'],
      properties: { advance_seconds: { type: 'integer', minimum: 0 } },
      additionalProperties: false,
    }),
    success: {
      status: 200,
      description: 'The new time.',
      content: json({ type: 'object', properties: { now: { type: 'string', format: 'date-time' } } }),
    },
    problems: [400, 404, 422],
  }),
];
