import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { openApiDocument } from '../src/apps/openapi.ts';
import { ADMIN_OPERATIONS } from '../src/apps/openapi-admin.ts';
import { KEY_OPERATIONS } from '../src/apps/openapi-keys.ts';
import { SAML_OPERATIONS } from '../src/apps/openapi-saml.ts';
import { SANDBOX_OPERATIONS } from '../src/apps/openapi-sandbox.ts';
import { USER_OPERATIONS } from '../src/apps/openapi-users.ts';

/** Writes docs/openapi.json in the house's format; a test fails when the committed file says something else. */
const target = `${import.meta.dirname}/../docs/openapi.json`;
writeFileSync(
  target,
  JSON.stringify(
    openApiDocument([
      ...ADMIN_OPERATIONS,
      ...KEY_OPERATIONS,
      ...SAML_OPERATIONS,
      ...USER_OPERATIONS,
      ...SANDBOX_OPERATIONS,
    ]),
    null,
    2,
  ),
);
execFileSync(`${import.meta.dirname}/../node_modules/.bin/biome`, ['format', '--write', target], {
  stdio: 'ignore',
});
