import { readFileSync } from 'node:fs';

/** What this app was told by its environment. */
export interface Settings {
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** Our own address as browsers see it, without a trailing slash; the registered addresses begin with it. */
  readonly origin: string;
  /** The identity provider, with its trailing slash. */
  readonly issuer: URL;
  /** Entity id of the registration whose assertions come encrypted. */
  readonly entityId: string;
  /** Entity id of the registration whose assertions come in the clear. */
  readonly plainEntityId: string;
  /** Signs our requests and decrypts what we are sent; its certificate is registered. PEM. */
  readonly key: string;
  /** Which year's endpoints to use; the one in season when it is not set. */
  readonly year: number | null;
}

/** Reads the environment; every name but the key's file has a default that suits `npm run dev` on port 8787. */
export function readSettings(env: NodeJS.ProcessEnv): Settings {
  const port = Number(env.PORT ?? '10787');
  const keyFile = env.CLIENT_KEY_FILE;
  if (keyFile === undefined) throw new Error('CLIENT_KEY_FILE names no private key.');
  return {
    port,
    host: env.HOST ?? '127.0.0.1',
    origin: env.ORIGIN ?? `http://localhost:${port}`,
    issuer: new URL(env.GATEHOUSE_ISSUER ?? 'http://localhost:8787/'),
    entityId: env.ENTITY_ID ?? 'urn:gatehouse:sample:saml',
    plainEntityId: env.PLAIN_ENTITY_ID ?? 'urn:gatehouse:sample:saml-plain',
    key: readFileSync(keyFile, 'utf8'),
    year: env.SAML_YEAR ? Number(env.SAML_YEAR) : null,
  };
}
