import { type Environment, isLive } from './environment.ts';
import { openApiDocument } from './openapi.ts';
import { ADMIN_OPERATIONS } from './openapi-admin.ts';
import { KEY_OPERATIONS } from './openapi-keys.ts';
import { SAML_OPERATIONS } from './openapi-saml.ts';
import { SANDBOX_OPERATIONS } from './openapi-sandbox.ts';
import type { JsonSchema } from './openapi-schemas.ts';
import { USER_OPERATIONS } from './openapi-users.ts';

/**
 * The OpenAPI document of an environment's machine interfaces: the sandbox's are named only where there is one. Made
 * when the static files are built; the Worker hands out the file.
 */
export const apiDescription = (environment: Environment): JsonSchema =>
  openApiDocument([
    ...ADMIN_OPERATIONS,
    ...KEY_OPERATIONS,
    ...SAML_OPERATIONS,
    ...USER_OPERATIONS,
    ...(isLive(environment) ? [] : SANDBOX_OPERATIONS),
  ]);
