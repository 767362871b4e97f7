import { createPrivateKey, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** What this app was told by its environment. */
export interface Settings {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Our own address as browsers see it, without a trailing slash; the registered URIs begin with it. */
  readonly origin: string;
  readonly issuer: URL;
  /** `client_id` of the registration that signs its token requests with a key. */
  readonly clientId: string;
  /** `client_id` of the registration without a key. */
  readonly pkceClientId: string;
  /** Null when no key was given: then only PKCE can be tried. */
  readonly key: ClientKey | null;
}

export interface ClientKey {
  readonly privateKey: CryptoKey;
  /** SHA-256 of the registered certificate: compare it with what the identity provider shows. Null without a file. */
  readonly fingerprint: string | null;
}

/** Reads the environment; every name has a default that suits `npm run dev` on port 8787. */
export async function readSettings(env: NodeJS.ProcessEnv): Promise<Settings> {
  const port = Number(env.PORT ?? '9787');
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    origin: env.ORIGIN ?? `http://localhost:${port}`,
    issuer: new URL(env.GATEHOUSE_ISSUER ?? 'http://localhost:8787/'),
    clientId: env.CLIENT_ID ?? 'urn:gatehouse:sample:oidc',
    pkceClientId: env.PKCE_CLIENT_ID ?? 'urn:gatehouse:sample:oidc-pkce',
    key: env.CLIENT_KEY_FILE ? await readKey(env.CLIENT_KEY_FILE, env.CLIENT_CERT_FILE) : null,
  };
}

async function readKey(keyFile: string, certFile: string | undefined): Promise<ClientKey> {
  const pkcs8 = createPrivateKey(readFileSync(keyFile)).export({ type: 'pkcs8', format: 'der' });
  const rs256 = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  return {
    privateKey: await crypto.subtle.importKey('pkcs8', Uint8Array.from(pkcs8), rs256, false, ['sign']),
    fingerprint: certFile ? new X509Certificate(readFileSync(certFile)).fingerprint256 : null,
  };
}
