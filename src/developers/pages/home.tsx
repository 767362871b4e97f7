import { PATHS } from '../../kernel/paths.ts';
import { at, DefinitionList, type Page } from '../../ui/index.ts';
import type { ErrorGroup } from '../errors.ts';
import { DeveloperPage, DictionaryContents } from './developer-page.tsx';

export type DeveloperHomeProps = {
  readonly page: Page;
  /** Origin without a trailing slash. */
  readonly origin: string;
  /** Test accounts and the inbox exist here. */
  readonly sandbox: boolean;
  readonly dictionary: readonly ErrorGroup[];
};

/** One command or document, scrolling by itself where the screen is narrow. */
const Sample = ({ label, children }: { label: string; children: string }) => (
  <section class="usa-table-container--scrollable" tabindex={0} aria-label={label}>
    <pre>
      <code>{children}</code>
    </pre>
  </section>
);

const keyPair = `openssl req -x509 -newkey rsa:2048 -sha256 -days 365 -nodes \\
  -subj "/CN=my-app" -keyout key.pem -out cert.pem`;

const register = (origin: string): string => `curl -sSf ${origin}/api/admin/v1/apps \\
  -H "Authorization: Bearer $ADMIN_TOKEN" \\
  -H 'Content-Type: application/json' -d '{
    "issuer": "urn:example:my-app",
    "friendly_name": "My app",
    "identity_protocol": "openid_connect_private_key_jwt",
    "redirect_uris": ["https://my-app.example/callback"]
  }'
curl -sSf ${origin}/api/admin/v1/apps/UUID/certs \\
  -H "Authorization: Bearer $ADMIN_TOKEN" \\
  -H 'Content-Type: application/x-pem-file' --data-binary @cert.pem`;

const testAccount = (origin: string): string => `curl -sSf -X POST ${origin}/api/sandbox/v1/accounts \\
  -H "Authorization: Bearer $ADMIN_TOKEN"`;

/** G3 to G5: where a partner's developers begin. */
export const DeveloperHomePage = ({ page, origin, sandbox, dictionary }: DeveloperHomeProps) => (
  <DeveloperPage page={page} title={page.t('developers.home.title')} current="home">
    <p>Let people sign in to your app with {page.brand}, over OpenID Connect, in a quarter of an hour.</p>
    <h2>Quick start</h2>
    <h3>1. Make a key pair</h3>
    <Sample label="Command that makes a key pair">{keyPair}</Sample>
    <p>
      The private key stays with you. Apps without a server register as <code>openid_connect_pkce</code> and
      need none.
    </p>
    <h3>2. Register your app</h3>
    <Sample label="Commands that register an app and its certificate">{register(origin)}</Sample>
    <p>
      The first answers with the <code>uuid</code> that the second needs.
    </p>
    <h3>3. {sandbox ? 'Make a test account' : 'Test in the sandbox first'}</h3>
    {sandbox ? (
      <>
        <Sample label="Command that makes a test account">{testAccount(origin)}</Sample>
        <p>
          The answer holds address, password and the secret of its authentication app. What is sent to the
          account can be read under <a href={at(page, '/sandbox')}>the sandbox pages</a>.
        </p>
      </>
    ) : (
      <p>Test accounts and an inbox for their messages exist in the sandbox environment only.</p>
    )}
    <h3>4. Sign in</h3>
    <p>
      Take a certified OpenID Connect library and give it the issuer <code>{origin}/</code>. Send{' '}
      <code>acr_values=urn:acr.login.gov:auth-only</code>, <code>scope=openid email</code>, and a{' '}
      <code>state</code> and <code>nonce</code> of at least 22 characters.
    </p>
    <h3>5. Keep a session of your own</h3>
    <p>
      Redeem the code within 300 seconds, fetch userinfo once, know the person by <code>sub</code>, and sign
      them out through the sign-out address with your <code>client_id</code>.
    </p>
    <h2>Addresses</h2>
    <DefinitionList
      items={[
        ['Discovery', PATHS.discovery],
        ['Authorization', PATHS.authorize],
        ['Token', PATHS.token],
        ['Userinfo', PATHS.userinfo],
        ['Keys', PATHS.certs],
        ['Sign-out', PATHS.logout],
        ['Machine interface, described in OpenAPI', '/api/admin/v1/openapi.json'],
        ['Health', '/api/health'],
      ].map(([term = '', path = '']) => ({ term, detail: <code>{origin + path}</code> }))}
    />
    <h2>What to expect</h2>
    <ul>
      <li>Sign-in happens on our pages, reached by redirects. It cannot be embedded in a frame.</li>
      <li>Two factors are always asked for; a remembered browser may stand in for the second.</li>
      <li>
        The key of a person is <code>sub</code>: the same for all apps of an agency, different for others. An
        email address may change.
      </li>
      <li>Your app's session is yours. Our tokens end with ours, after 15 minutes without activity.</li>
      <li>Signing out here signs nobody out of other apps.</li>
      <li>Our network addresses change without notice, and so do signing keys: always read the key set.</li>
      <li>No load tests against shared environments: replace the identity provider in them.</li>
      <li>Errors come as a page, as JSON, or in the redirect. The dictionary below explains each.</li>
    </ul>
    <h2>When something goes wrong</h2>
    <DictionaryContents page={page} dictionary={dictionary} />
  </DeveloperPage>
);
