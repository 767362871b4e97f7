import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { Browser } from '../support/browser.ts';
import { asObject, textOf } from '../support/json.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

describe('PV-5 where no host for cards is set up', () => {
  it('cards are offered to nobody, and their pages lead on', async () => {
    const browser = new Browser(worker);
    await browser.open('/');
    expect(browser.view.html).not.toContain('piv_cac');
    await browser.open('/login/piv_cac');
    expect(browser.view.url.pathname).toBe('/');
    const wish = { email: 'clerk@agency.gov', factors: ['backup_codes'] };
    const answer = await worker.api('POST', '/api/sandbox/v1/accounts', wish);
    const made = asObject(await answer.json());
    const [code] = Array.isArray(made.backup_codes) ? made.backup_codes : [];
    await browser.submit({ username: 'clerk@agency.gov', 'current-password': textOf(made, 'password') });
    await browser.submit({ code: String(code) });
    expect(browser.view.url.pathname, 'no card is recommended').toBe('/account');
    await browser.open('/authentication_methods_setup');
    expect(browser.view.html).not.toContain('value="piv"');
    for (const path of ['/piv_cac', '/login/add_piv_cac/prompt', '/login/piv_cac_recommended']) {
      await browser.open(path);
      expect(browser.view.url.pathname, path).toBe('/account');
    }
  });

  it('no account is born with one', async () => {
    const answer = await worker.api('POST', '/api/sandbox/v1/accounts', { factors: ['piv'] });
    expect(answer.status).toBe(422);
    expect(await answer.text()).toContain('factors.unavailable');
  });

  it('a word about certificates changes nothing on the host people sign in on', async () => {
    const blob = JSON.stringify({
      tlsClientAuth: { certPresented: '1', certVerified: 'SUCCESS', certRevoked: '0' },
    });
    const answer = await worker.fetch('/check?ticket=x', { headers: { 'mf-cf-blob': blob } });
    expect(answer.status).toBe(404);
    expect((await worker.fetch('https://card.idp.test/check')).status, 'misdirected').toBe(421);
  });
});
