import { json, listOf, type Operation } from './openapi.ts';
import { type JsonSchema, schemaRef } from './openapi-schemas.ts';

const reason: JsonSchema = { type: 'string', maxLength: 500, description: 'Why; kept in the history.' };
const ceremony: JsonSchema = { type: 'object', properties: { reason } };
const force: JsonSchema = {
  type: 'object',
  properties: {
    reason,
    force: { type: 'boolean', description: 'The key is known to others: the successor signs at once.' },
  },
};

const keys = (operation: Omit<Operation, 'tag'>): Operation => ({
  tag: 'keys',
  ...operation,
  path: `/api/admin/v1/keys${operation.path}`,
});

/** Key ceremonies (portal-and-operations M3). */
export const KEY_OPERATIONS: readonly Operation[] = [
  keys({
    method: 'get',
    path: '',
    id: 'listKeys',
    summary: 'List signing keys and their states',
    success: {
      status: 200,
      description: 'All keys.',
      content: json({ type: 'object', properties: { keys: listOf('SigningKey') } }),
    },
  }),
  keys({
    method: 'get',
    path: '/roots',
    id: 'countRootUse',
    summary: 'Count what is still sealed under, or peppered with, each root secret',
    success: {
      status: 200,
      description: 'The number of the newest root, and the counts of every root that has any.',
      content: json({
        type: 'object',
        properties: { newest: { type: 'integer' }, roots: listOf('RootUse') },
      }),
    },
  }),
  keys({
    method: 'post',
    path: '/oidc/rotate',
    id: 'rotateKey',
    summary: 'Publish a successor of the signing key',
    body: json(force),
    success: { status: 201, description: 'The new key.', content: json(schemaRef('SigningKey')) },
  }),
  keys({
    method: 'post',
    path: '/{kid}/activate',
    id: 'activateKey',
    summary: 'Sign with a pending key from now on',
    body: json(ceremony),
    success: { status: 200, description: 'Done.', content: json({ type: 'object' }) },
    problems: [404],
  }),
  keys({
    method: 'post',
    path: '/{kid}/retire',
    id: 'retireKey',
    summary: 'Stop publishing a key',
    body: json(ceremony),
    success: { status: 200, description: 'Done.', content: json({ type: 'object' }) },
    problems: [404],
  }),
];
