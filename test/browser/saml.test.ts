import { deflateRawSync } from 'node:zlib';
import { AxeBuilder } from '@axe-core/playwright';
import type { BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { SAML_SAMPLE_OFFSET } from '../../scripts/local/options.ts';
import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import { yearInSeason } from '../../src/platform/keys/saml-calendar.ts';
import { type DevServer, startDevServer } from '../support/dev-server.ts';
import { asObject, textOf } from '../support/json.ts';
import { openBrowser } from './ui/gallery-site.ts';

/* The sample service provider beside Gatehouse, in Chromium: redirect and POST bindings, with and without scripts. */

/** In January the endpoints of the year before are the open ones. */
const YEAR = yearInSeason(Date.now());
let server: DevServer;
let sample: string;
beforeAll(async () => {
  server = await startDevServer();
  sample = `http://localhost:${Number(new URL(server.issuer).port) + SAML_SAMPLE_OFFSET}`;
}, 240_000);
afterAll(() => server?.stop());

/** An account of its own for each test: codes are used up. */
async function anAccount(): Promise<{ email: string; password: string; code: () => string }> {
  const answer = await fetch(new URL('api/sandbox/v1/accounts', server.issuer), {
    method: 'POST',
    headers: { authorization: `Bearer ${server.adminToken}`, 'content-type': 'application/json' },
    body: JSON.stringify({ factors: ['totp'] }),
  });
  const made = asObject(await answer.json());
  const secret = fromBase32(textOf(made, 'totp_secret')) ?? new Uint8Array();
  return {
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    code: () => totpAt(secret, totpStep(Date.now())),
  };
}

async function browsing<T>(
  scripts: boolean,
  work: (page: Page, context: BrowserContext) => Promise<T>,
): Promise<T> {
  const { context, close } = await openBrowser({ javaScriptEnabled: scripts });
  const complaints: string[] = [];
  const page = await context.newPage();
  page.on('console', (message) => {
    if (message.type() === 'error' && !message.text().includes('status of 4'))
      complaints.push(message.text());
  });
  page.on('pageerror', (error) => complaints.push(error.message));
  try {
    const result = await work(page, context);
    expect(complaints, 'P2: the policy forbids nothing that has to happen').toEqual([]);
    return result;
  } finally {
    await close();
  }
}

interface Asked {
  readonly binding: 'redirect' | 'post';
  readonly signature?: string;
  readonly encryption?: string;
  readonly scripts: boolean;
}

/** From the sample's start page to the page that leads back to it. */
async function signIn(
  page: Page,
  { binding, signature, encryption, scripts }: Asked,
): Promise<{ email: string }> {
  const person = await anAccount();
  await page.goto(`${sample}/`);
  for (const [name, value] of Object.entries({ binding, signature, encryption })) {
    if (value !== undefined) await page.locator(`input[name=${name}][value=${value}]`).check();
  }
  await page.getByRole('button', { name: 'Sign in' }).first().click();
  if (binding === 'post') {
    await page.waitForURL(`${sample}/sign-in`);
    await page.getByRole('button', { name: 'Continue' }).click();
    if (!scripts) {
      await page.waitForURL((url) => url.pathname.startsWith('/api/saml/auth'));
      await page.getByRole('button', { name: 'Continue' }).click();
    }
  }
  await page.waitForURL((url) => url.origin === new URL(server.issuer).origin && url.pathname === '/');
  await page.locator('input[autocomplete^=username]').fill(person.email);
  await page.locator('input[autocomplete=current-password]').fill(person.password);
  await page.locator('input[autocomplete=current-password]').press('Enter');
  await page.waitForURL((url) => url.pathname.startsWith('/login/two_factor'));
  await page.locator('input[autocomplete=one-time-code]').fill(person.code());
  await page.locator('input[autocomplete=one-time-code]').press('Enter');
  await page.waitForURL((url) => url.pathname === '/sign_up/completed');
  await page.locator('main form button[type=submit]').first().click();
  return person;
}

describe('the sample SAML app', () => {
  it.each([
    ['redirect, signed, encrypted', 'redirect', 'signed', 'encrypted'],
    ['POST, unsigned, in the clear', 'post', 'unsigned', 'plain'],
    ['POST, signed, encrypted', 'post', 'signed', 'encrypted'],
    ['redirect, unsigned, in the clear', 'redirect', 'unsigned', 'plain'],
  ] as const)('%s: shows the attributes and signs out', async (_, binding, signature, encryption) => {
    await browsing(true, async (page) => {
      const { email } = await signIn(page, { binding, signature, encryption, scripts: true });
      await page.waitForURL(`${sample}/`);
      const shown = await page.locator('main').innerText();
      expect(shown).toContain('You are signed in');
      expect(shown).toContain(email);
      expect(shown).toContain(encryption === 'plain' ? 'in the clear' : 'came encrypted');

      await page.getByRole('button', { name: 'Sign out' }).click();
      // The way ends at the address where it began, so the words tell that it was gone.
      await page.getByText('You signed out here and at the identity provider.').waitFor();
      await page.goto(new URL('account', server.issuer).href);
      expect(new URL(page.url()).pathname).toBe('/');
    });
  });

  it('section 17: asks nobody anything with IsPassive, ForceAuthn or not, and is told who is there', async () => {
    await browsing(true, async (page) => {
      const ask = async (...flags: readonly string[]): Promise<string> => {
        await page.goto(`${sample}/`);
        for (const flag of ['passive', ...flags]) await page.locator(`input[name=${flag}]`).check();
        await page.getByRole('button', { name: 'Sign in' }).first().click();
        await page.locator('h1', { hasText: /^(Welcome|You are signed in)$/ }).waitFor();
        await page.waitForURL(`${sample}/`);
        return page.locator('main').innerText();
      };
      expect(await ask()).toContain('Nobody is signed in there, and nothing was to be asked.');
      await signIn(page, { binding: 'redirect', scripts: true });
      await page.waitForURL(`${sample}/`);
      expect(await ask()).not.toContain('Nobody is signed in there');
      expect(await ask('force')).toContain('Nobody is signed in there');
      await page.goto(new URL('account', server.issuer).href);
      expect(new URL(page.url()).pathname, 'and nobody was signed out').toBe('/account');
    });
  });

  it('P3 without scripts a visible button leads on, each time', async () => {
    await browsing(false, async (page) => {
      const { email } = await signIn(page, { binding: 'post', scripts: false });
      const button = page.getByRole('button', { name: 'Continue' });
      expect(await button.isVisible()).toBe(true);
      expect(await page.locator('h1').innerText()).toBe('One more step');
      await button.click();
      await page.waitForURL(`${sample}/`);
      expect(await page.locator('main').innerText()).toContain(email);
    });
  });

  it('P3 has no accessibility problem on the page between', async () => {
    await browsing(false, async (page, context) => {
      const form = `<form method="post" action="${server.issuer}api/saml/auth${YEAR}"><input name="SAMLRequest" value="eA=="><button>Go</button></form>`;
      await context.route(`${sample}/between`, (route) =>
        route.fulfill({ contentType: 'text/html', body: form }),
      );
      await page.goto(`${sample}/between`);
      await page.getByRole('button').click();
      expect(await page.locator('h1').innerText()).toBe('One more step');
    });
    await browsing(true, async (page) => {
      await page.goto(new URL(`api/saml/auth${YEAR}`, server.issuer).href);
      const found = await new AxeBuilder({ page }).analyze();
      expect(found.violations.map(({ id }) => id)).toEqual([]);
    });
  });
});

describe('the decoder of the sandbox', () => {
  it('reads a message in this browser alone', async () => {
    await browsing(true, async (page) => {
      const sent: string[] = [];
      await page.goto(new URL('sandbox/saml', server.issuer).href);
      page.on('request', (request) => sent.push(request.url()));
      const xml =
        '<p:AuthnRequest xmlns:p="urn:oasis:names:tc:SAML:2.0:protocol" ID="_d1" ForceAuthn="true"><a:Issuer xmlns:a="urn:oasis:names:tc:SAML:2.0:assertion">urn:example:sp</a:Issuer></p:AuthnRequest>';
      const query = new URLSearchParams({
        SAMLRequest: deflateRawSync(xml).toString('base64'),
        RelayState: 'r & s',
      });
      await page.getByLabel('SAML request or response').fill(`https://idp.test/api/saml/auth2026?${query}`);
      await page.getByRole('button', { name: 'Decode' }).click();
      await page.getByText('Decoded.').waitFor();
      const facts = await page.locator('table').innerText();
      for (const fact of ['AuthnRequest', '_d1', 'urn:example:sp', 'r & s', 'true'])
        expect(facts).toContain(fact);
      expect(await page.locator('pre').innerText()).toContain('\n  <a:Issuer');
      expect((await new AxeBuilder({ page }).analyze()).violations.map(({ id }) => id)).toEqual([]);
      await page.getByLabel('SAML request or response').fill('nothing of the kind');
      await page.getByRole('button', { name: 'Decode' }).click();
      await page.getByText('There is no SAML message in this text.').waitFor();
      expect(sent.filter((url) => !new URL(url).pathname.startsWith('/static/'))).toEqual([]);
    });
  });
});
