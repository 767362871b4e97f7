import { isRecord } from './canonical.ts';
import { type JsonSchema, SCHEMAS, schemaRef } from './openapi-schemas.ts';

/** One operation of a machine interface, as it is published. `path` is written the OpenAPI way: `/apps/{uuid}`. */
export interface Operation {
  readonly method: 'get' | 'post' | 'put' | 'patch' | 'delete';
  readonly path: string;
  readonly id: string;
  readonly summary: string;
  readonly tag: string;
  /** Query parameters; path parameters follow from `path`. */
  readonly query?: Readonly<Record<string, { readonly schema: JsonSchema; readonly description: string }>>;
  /** Whether a change has to name the version it is for, or may. */
  readonly ifMatch?: true;
  readonly open?: boolean;
  /** Media type to schema; an empty schema means bytes or text. */
  readonly body?: Readonly<Record<string, JsonSchema>>;
  /** The answer when it works: status, description, media type and schema. */
  readonly success: {
    readonly status: number;
    readonly description: string;
    readonly content?: Readonly<Record<string, JsonSchema>>;
  };
  /** Problem statuses beyond 401. */
  readonly problems?: readonly number[];
}

/** A JSON body of this schema. */
export const json = (schema: JsonSchema): Readonly<Record<string, JsonSchema>> => ({
  'application/json': schema,
});

/** A list of one of the named schemas. */
export const listOf = (name: string): JsonSchema => ({ type: 'array', items: schemaRef(name) });

const text: JsonSchema = { type: 'string' };

const PROBLEM_WORDS: Readonly<Record<number, string>> = {
  400: 'The body or a parameter cannot be read.',
  401: 'No valid bearer token.',
  404: 'There is nothing here.',
  409: 'Taken, or so already, or still running.',
  412: 'Changed by somebody else meanwhile.',
  413: 'Larger than this address takes; never more than 1 MB.',
  415: 'Not a media type this operation understands.',
  422: 'Some fields are not possible; `errors` names them.',
};

const content = (types: Readonly<Record<string, JsonSchema>>): JsonSchema =>
  Object.fromEntries(Object.entries(types).map(([type, schema]) => [type, { schema }]));

function describe(operation: Operation): JsonSchema {
  const inPath = [...operation.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: 'path',
    required: true,
    schema: text,
  }));
  const inQuery = Object.entries(operation.query ?? {}).map(([name, parameter]) => ({
    name,
    in: 'query',
    required: false,
    ...parameter,
  }));
  const ifMatch = {
    name: 'If-Match',
    in: 'header',
    required: false,
    schema: text,
    description: 'ETag to change; left out or *, whatever stands there.',
  };
  const idempotencyKey = {
    name: 'Idempotency-Key',
    in: 'header',
    required: false,
    schema: { type: 'string', minLength: 1, maxLength: 255 },
    description:
      'Sent again with the same key within 24 hours, the request acts once and is answered the same.',
  };
  const isOnce = operation.method !== 'get' && operation.path.startsWith('/api/admin/v1/apps');
  const { success } = operation;
  const problems = new Set([
    ...(operation.open === true ? [] : [401]),
    ...(isOnce ? [400, 409, 422] : []),
    ...(/^p(?:ost|ut|atch)$/.test(operation.method) ? [400, 413] : []),
    ...(operation.problems ?? []),
  ]);
  return {
    operationId: operation.id,
    summary: operation.summary,
    tags: [operation.tag],
    ...(operation.open === true ? { security: [] } : {}),
    parameters: [
      ...inPath,
      ...inQuery,
      ...(operation.ifMatch === undefined ? [] : [ifMatch]),
      ...(isOnce ? [idempotencyKey] : []),
    ],
    ...(operation.body === undefined
      ? {}
      : { requestBody: { required: true, content: content(operation.body) } }),
    responses: {
      [success.status]: {
        description: success.description,
        ...(success.content === undefined ? {} : { content: content(success.content) }),
      },
      ...Object.fromEntries(
        [...problems].map((status) => [
          status,
          {
            description: PROBLEM_WORDS[status] ?? 'Refused.',
            content: { 'application/problem+json': { schema: schemaRef('Problem') } },
          },
        ]),
      ),
    },
  };
}

/** The OpenAPI 3.1 document of some operations; the deployed one lists what this deployment answers. */
export function openApiDocument(operations: readonly Operation[]): JsonSchema {
  const paths: Record<string, Record<string, unknown>> = {};
  for (const operation of operations) {
    paths[operation.path] = { ...paths[operation.path], [operation.method]: describe(operation) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'Gatehouse machine interface',
      version: '1',
      description: 'Register and change apps, move them between environments, and prepare tests.',
      license: { name: 'MIT', identifier: 'MIT' },
    },
    servers: [{ url: '/' }],
    security: [{ bearer: [] }],
    paths,
    components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } }, schemas: SCHEMAS },
  };
}

/** Method and path of everything a document describes, as `GET /apps/{uuid}`; for tests against a router. */
export function describedRoutes(document: unknown): readonly string[] {
  const paths = isRecord(document) && isRecord(document.paths) ? document.paths : {};
  return Object.entries(paths).flatMap(([path, methods]) =>
    isRecord(methods) ? Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`) : [],
  );
}
