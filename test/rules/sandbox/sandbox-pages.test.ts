import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { sandboxPages } from '../../../src/sandbox/endpoints/sandbox-pages.tsx';
import { linksIn } from '../../../src/sandbox/links-in.ts';
import type { SandboxPorts, StoredMessage } from '../../../src/sandbox/ports.ts';
import { TEST_FACTORS } from '../../../src/sandbox/test-account.ts';
import { anApp, aWorld, csrfIn, get, NOW, post } from '../pages/a-hall.ts';

const MESSAGE: StoredMessage = {
  id: '019ab3c4-0001-abcdef',
  channel: 'email',
  to: 'pat@agency.gov',
  subject: 'Confirm <now>',
  text: 'Confirm <now>\n\nOpen this:\nhttps://idp.test/sign_up/email/confirm?confirmation_token=abc',
  html: '<script>alert(1)</script>',
  code: '123456',
  sentAt: NOW,
};

function aSandbox(environment: 'local' | 'sandbox' = 'local') {
  const world = aWorld({ environment });
  const asked: unknown[] = [];
  const ports: SandboxPorts = {
    hall: world.hall,
    messages: {
      list: async (query) => {
        asked.push(query);
        return [MESSAGE, { ...MESSAGE, id: '019ab3c4-0002-abcdef', subject: 'Second' }];
      },
      get: async (id) => (id === MESSAGE.id ? MESSAGE : null),
      clear: async () => {},
    },
    sampleApps: [{ name: 'Sample app', url: 'http://localhost:9292/' }],
    originOf: async () => null,
    advanceClock: null,
  };
  return { world, asked, app: anApp(sandboxPages(ports)) };
}

const visitor = `__Host-gh_visit=${'A'.repeat(43)}`;
const mainOf = (html: string): string => /<main.*<\/main>/s.exec(html)?.[0] ?? '';

describe.each(['/sandbox', '/sandbox/inbox', `/sandbox/inbox/${MESSAGE.id}`, '/sandbox/accounts'])(
  'UX-2 %s',
  (path) => {
    it.each(LOCALES)('is a whole page in %s', async (locale) => {
      const response = await get(aSandbox().app, `${path}?locale=${locale}`);
      const html = await response.text();
      expect(response.status).toBe(200);
      expect(html.match(/<h1/g)).toHaveLength(1);
      expect(mainOf(html)).not.toMatch(/(?:sandbox|accounts)\.[a-z_]+\.[a-z_]+|\{\w+\}|undefined|\[object/);
    });
  },
);

describe('the start page', () => {
  it('leads to sample apps, inbox, test accounts and documentation', async () => {
    const html = await (await get(aSandbox().app, '/sandbox')).text();
    for (const href of [
      'http://localhost:9292/',
      '/sandbox/inbox',
      '/sandbox/accounts',
      'https://docs.test',
    ]) {
      expect(mainOf(html)).toContain(`href="${href}"`);
    }
  });
});

describe('the inbox', () => {
  it('shows the newest first, all of it on a laptop', async () => {
    const { app, asked } = aSandbox();
    const html = mainOf(await (await get(app, '/sandbox/inbox')).text());
    expect(html.indexOf('Second')).toBeLessThan(html.indexOf('Confirm &lt;now&gt;'));
    expect(asked).toEqual([{ to: null, after: null, limit: 100 }]);
  });

  it('asks for an address where others share the sandbox', async () => {
    const { app, asked } = aSandbox('sandbox');
    expect(mainOf(await (await get(app, '/sandbox/inbox')).text())).not.toContain('Second');
    expect(asked).toEqual([]);
    expect(mainOf(await (await get(app, '/sandbox/inbox?to=pat%40agency.gov')).text())).toContain('Second');
    expect(asked).toEqual([{ to: 'pat@agency.gov', after: null, limit: 100 }]);
  });

  it('shows text, links and code of a message and never runs its HTML', async () => {
    const html = mainOf(await (await get(aSandbox().app, `/sandbox/inbox/${MESSAGE.id}`)).text());
    expect(html).toContain('123456');
    expect(html).toContain('<a href="https://idp.test/sign_up/email/confirm?confirmation_token=abc">');
    expect(html).not.toContain('<script');
    expect(html).not.toContain('<now>');
  });

  it('has no page for an unknown message', async () => {
    expect((await get(aSandbox().app, '/sandbox/inbox/019ab3c4-ffff')).status).toBe(404);
  });
});

describe('making a test account by hand', () => {
  const submit = async ({ app }: ReturnType<typeof aSandbox>, fields: Readonly<Record<string, string>>) => {
    const csrf = csrfIn(await (await get(app, '/sandbox/accounts', visitor)).text());
    return post(app, '/sandbox/accounts', visitor, { csrf, ...fields });
  };

  it('makes one up from nothing and shows how to sign in', async () => {
    const sandbox = aSandbox();
    const response = await submit(sandbox, { factors: 'totp' });
    const html = await response.text();
    const [account] = [...sandbox.world.accounts.values()];
    expect(response.status).toBe(200);
    expect(account?.origin).toBe('sandbox');
    expect(html).toContain(account?.emails[0]?.address);
    expect(html).toContain(account?.password?.replace('record:', ''));
    expect(html).toMatch(/<code>[A-Z2-7]{32}<\/code>/);
  });

  it('offers every method the interface can make, but no card without an authority', async () => {
    const html = await (await get(aSandbox().app, '/sandbox/accounts')).text();
    const offered = [...html.matchAll(/name="factors" value="([a-z_]+)"/g)].map(([, value]) => value);
    expect(offered).toEqual(TEST_FACTORS.filter((factor) => factor !== 'piv'));
    expect(html).toContain('name="profile"');
  });

  it.each([
    [{ email: 'nobody' }, 'Enter an email address such as'],
    [{ password: 'short' }, 'at least 12 characters'],
    [{ email: 'pat@agency.gov' }, 'belongs to another account'],
  ])('refuses %j beside the field', async (fields, words) => {
    const sandbox = aSandbox();
    sandbox.world.person();
    const response = await submit(sandbox, fields);
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(words);
    expect(sandbox.world.accounts.size).toBe(1);
  });

  it('is refused without its token', async () => {
    const { app, world } = aSandbox();
    expect((await post(app, '/sandbox/accounts', visitor, { csrf: 'x' })).status).toBe(403);
    expect(world.accounts.size).toBe(0);
  });

  it('is limited where everybody may come', async () => {
    const sandbox = aSandbox('sandbox');
    sandbox.world.refuseAt.add('register-email');
    expect((await submit(sandbox, {})).status).toBe(429);
    expect(sandbox.world.accounts.size).toBe(0);
  });
});

describe('links in a text', () => {
  it('are absolute, without the punctuation around them, each once', () => {
    const text =
      'See https://a.test/x?y=1&z=2. (https://b.test/), “https://c.test/q” https://a.test/x?y=1&z=2 and 请打开 https://d.test/e。ftp://f.test';
    expect(linksIn(text)).toEqual([
      'https://a.test/x?y=1&z=2',
      'https://b.test/',
      'https://c.test/q',
      'https://d.test/e',
    ]);
  });
});
