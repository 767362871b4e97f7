import { createServer } from 'node:http';
import { afterEach, describe, expect, it } from 'vitest';
import { connect } from '../../../docs/examples/oidc-app/provider.ts';

const closers: (() => void)[] = [];
afterEach(() => {
  for (const close of closers.splice(0)) close();
});

/** A provider that says only where it is, at a host of this machine; returns its issuer. */
async function provider(host: string): Promise<URL> {
  const server = createServer((request, response) => {
    const issuer = `http://${request.headers.host}/`;
    response.setHeader('content-type', 'application/json');
    response.end(JSON.stringify({ issuer, authorization_endpoint: `${issuer}a`, jwks_uri: `${issuer}k` }));
  });
  const port = await new Promise<number>((listens) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      listens(typeof address === 'object' && address !== null ? address.port : 0);
    });
  });
  closers.push(() => server.close());
  return new URL(`http://${host}:${port}/`);
}

const settings = {
  port: 0,
  host: '127.0.0.1',
  origin: 'http://localhost:1',
  clientId: 'a',
  pkceClientId: 'b',
  key: null,
};

describe('the sample app (OpenID Connect)', () => {
  it.each(['localhost', '127.0.0.1'])('speaks without TLS to a provider at %s', async (host) => {
    const issuer = await provider(host);
    expect(await connect({ ...settings, issuer }).reachable()).toBe(true);
  });

  it.each(['http://localhost.agency.gov/', 'http://idp.agency.gov/'])('never to %s', async (address) => {
    const app = connect({ ...settings, issuer: new URL(address) });
    const choices = {
      authentication: 'pkce',
      method: 'GET',
      parameters: {},
      stateLength: 32,
      nonceLength: 32,
      leaveRegisteredHosts: false,
    } as const;
    await expect(app.begin(choices)).rejects.toThrow(/only requests to HTTPS are allowed/i);
  });
});
