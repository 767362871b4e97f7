import { describe, expect, it } from 'vitest';
import { ADMIN_TOKEN, startWorker } from '../support/worker.ts';

const PATHS = [
  ['GET', '/sandbox'],
  ['GET', '/es/sandbox'],
  ['GET', '/sandbox/inbox'],
  ['GET', '/sandbox/inbox/019ab3c4-0001-abcdef'],
  ['GET', '/sandbox/accounts'],
  ['POST', '/sandbox/accounts'],
  ['POST', '/api/sandbox/v1/accounts'],
  ['GET', '/api/sandbox/v1/accounts/00000000-0000-4000-8000-000000000000'],
  ['DELETE', '/api/sandbox/v1/accounts/00000000-0000-4000-8000-000000000000'],
  ['GET', '/api/sandbox/v1/messages'],
  ['DELETE', '/api/sandbox/v1/messages'],
  ['POST', '/api/sandbox/v1/clock'],
] as const;

describe.each(['staging', 'production'] as const)('SB-13 the built Worker in %s', (environment) => {
  it.each([
    ['built for everywhere', undefined],
    ['as it is deployed', environment],
  ])(
    'has no sandbox, %s: every path of it is an ordinary 404, with the right token too',
    async (_, built) => {
      const worker = await startWorker({ GH_ENV: environment, MAIL_PROVIDER: 'binding' }, built);
      try {
        const nowhere = await worker.fetch('/no/such/page');
        expect(nowhere.status).toBe(404);
        const title = /<title>[^<]*<\/title>/.exec(await nowhere.text())?.[0];
        for (const [method, path] of PATHS) {
          const answer = await worker.fetch(path, {
            method,
            headers: { authorization: `Bearer ${ADMIN_TOKEN}` },
          });
          const text = await answer.text();
          expect(answer.status, `${method} ${path}`).toBe(404);
          if (path.startsWith('/sandbox')) expect(text).toContain(title);
        }
        expect(await (await worker.fetch('/')).text()).not.toContain('/sandbox');
      } finally {
        await worker.close();
      }
    },
  );
});
