import { json, listOf, type Operation } from './openapi.ts';
import { type JsonSchema, schemaRef } from './openapi-schemas.ts';

const text: JsonSchema = { type: 'string' };
const dryRun = {
  dry_run: { schema: { type: 'boolean' }, description: 'Check only; store nothing.' },
} as const;
const cursor = { schema: text, description: 'Where the page before ended; part of its `Link`.' } as const;
const appAnswer = { description: 'The app.', content: json(schemaRef('App')) } as const;
const bundle = { 'application/json': schemaRef('Bundle'), 'application/yaml': text } as const;

const admin = (operation: Omit<Operation, 'tag'>): Operation => ({
  tag: 'apps',
  ...operation,
  path: `/api/admin/v1${operation.path}`,
});

/** Every operation of the admin interface; a test holds this list and the router together, both ways. */
export const ADMIN_OPERATIONS: readonly Operation[] = [
  admin({
    method: 'get',
    path: '/openapi.json',
    id: 'describe',
    summary: 'This description',
    open: true,
    success: { status: 200, description: 'An OpenAPI 3.1 document.', content: json({ type: 'object' }) },
  }),
  admin({
    method: 'get',
    path: '/apps',
    id: 'listApps',
    summary: 'List apps in issuer order, or find one by issuer',
    query: { issuer: { schema: text, description: 'Exact issuer.' }, cursor },
    success: { status: 200, description: 'At most 100 apps; `Link` leads on.', content: json(listOf('App')) },
    problems: [400],
  }),
  admin({
    method: 'post',
    path: '/apps',
    id: 'createApp',
    summary: 'Register an app',
    query: dryRun,
    body: json(schemaRef('AppDocument')),
    success: { status: 201, ...appAnswer },
    problems: [400, 409, 413, 415, 422],
  }),
  admin({
    method: 'post',
    path: '/apps/import',
    id: 'importApps',
    summary: 'Import a bundle of apps: all of it or nothing; or draft an app from SAML metadata',
    query: {
      format: {
        schema: { type: 'string', enum: ['json', 'yaml', 'saml-metadata'] },
        description:
          'Form of the body. With saml-metadata it is an XML document, or JSON with a metadata_url to fetch it from; the answer is a draft and nothing is saved.',
      },
      ...dryRun,
    },
    body: bundle,
    success: {
      status: 200,
      description: 'What changed, or would.',
      content: json(schemaRef('ImportReport')),
    },
    problems: [400, 413, 422],
  }),
  admin({
    method: 'get',
    path: '/apps/export',
    id: 'exportApps',
    summary: 'Export apps as a bundle that can be imported',
    query: {
      format: { schema: { type: 'string', enum: ['json', 'yaml'] }, description: 'Form of the answer.' },
      issuer: { schema: text, description: 'Only this app.' },
    },
    success: { status: 200, description: 'The bundle.', content: bundle },
    problems: [400],
  }),
  admin({
    method: 'get',
    path: '/apps/{uuid}',
    id: 'readApp',
    summary: 'Read an app',
    success: { status: 200, ...appAnswer },
    problems: [404],
  }),
  admin({
    method: 'put',
    path: '/apps/{uuid}',
    id: 'replaceApp',
    summary: 'Replace all settings of an app; what is left out returns to its default',
    query: dryRun,
    ifMatch: true,
    body: json(schemaRef('AppDocument')),
    success: { status: 200, ...appAnswer },
    problems: [400, 404, 412, 413, 415, 422],
  }),
  admin({
    method: 'patch',
    path: '/apps/{uuid}',
    id: 'changeApp',
    summary: 'Change some settings of an app (JSON Merge Patch)',
    query: dryRun,
    ifMatch: true,
    body: {
      'application/merge-patch+json': schemaRef('AppDocument'),
      'application/json': schemaRef('AppDocument'),
    },
    success: { status: 200, ...appAnswer },
    problems: [400, 404, 412, 413, 415, 422],
  }),
  admin({
    method: 'delete',
    path: '/apps/{uuid}',
    id: 'deleteApp',
    summary: 'Delete an app; its issuer stays reserved to its team',
    ifMatch: true,
    success: { status: 204, description: 'Gone.' },
    problems: [404, 412],
  }),
  admin({
    method: 'post',
    path: '/apps/{uuid}/disable',
    id: 'disableApp',
    summary: 'Refuse all requests of an app, everywhere within 60 seconds',
    success: { status: 200, ...appAnswer },
    problems: [404, 412],
  }),
  admin({
    method: 'post',
    path: '/apps/{uuid}/enable',
    id: 'enableApp',
    summary: 'Accept requests of an app again',
    success: { status: 200, ...appAnswer },
    problems: [404, 412],
  }),
  admin({
    method: 'get',
    path: '/apps/{uuid}/certs',
    id: 'listCerts',
    summary: 'List the certificates of an app',
    success: {
      status: 200,
      description: 'Parsed certificates.',
      content: json({
        type: 'object',
        properties: { certs: { type: 'array', items: schemaRef('Certificate') } },
      }),
    },
    problems: [404],
  }),
  admin({
    method: 'post',
    path: '/apps/{uuid}/certs',
    id: 'addCert',
    summary: 'Add a certificate',
    query: dryRun,
    ifMatch: true,
    body: {
      'application/json': { type: 'object', required: ['cert'], properties: { cert: text } },
      'application/x-pem-file': text,
    },
    success: { status: 201, description: 'The parsed certificate.', content: json(schemaRef('Certificate')) },
    problems: [400, 404, 412, 413, 415, 422],
  }),
  admin({
    method: 'delete',
    path: '/apps/{uuid}/certs/{sha256}',
    id: 'removeCert',
    summary: 'Remove a certificate by its SHA-256 fingerprint',
    query: dryRun,
    ifMatch: true,
    success: { status: 204, description: 'Gone.' },
    problems: [404, 412, 422],
  }),
  admin({
    method: 'put',
    path: '/apps/{uuid}/logo',
    id: 'putLogo',
    summary: 'Set the logo: PNG or SVG, at most 51,200 bytes',
    query: dryRun,
    ifMatch: true,
    body: { 'image/png': {}, 'image/svg+xml': {} },
    success: { status: 200, ...appAnswer },
    problems: [404, 412, 413, 415, 422],
  }),
  admin({
    method: 'delete',
    path: '/apps/{uuid}/logo',
    id: 'removeLogo',
    summary: 'Go back to the generic logo',
    query: dryRun,
    ifMatch: true,
    success: { status: 200, ...appAnswer },
    problems: [404, 412],
  }),
  admin({
    method: 'get',
    path: '/audit',
    id: 'readAudit',
    summary: 'Read the history of changes, newest first',
    query: { item_id: { schema: text, description: 'Only this item, such as the uuid of an app.' }, cursor },
    success: {
      status: 200,
      description: 'At most 100 lines; `Link` leads on.',
      content: json(listOf('AuditLine')),
    },
    problems: [400],
  }),
];
