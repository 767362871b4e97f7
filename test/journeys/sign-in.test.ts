import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { answerOf, ISSUER, question, redeem, tokensOf, userinfo } from '../support/oidc.ts';
import { aPerson } from '../support/people.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

describe('FLO-4 from an app to an app', () => {
  it('signs in with password and code, asks for consent, and hands a code that redeems once', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const asked = question(app);
    const browser = new Browser(worker);
    await browser.open(asked.url);
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Parks');
    await browser.submit({ username: person.email, 'current-password': person.password });
    expect(browser.view.url.pathname).toBe('/login/two_factor/authenticator');
    await browser.submit({ 'one-time-code': person.nextCode() });
    expect(browser.view.url.pathname).toBe('/sign_up/completed');
    expect(browser.view.text).toContain(person.email);
    const { url, code, state } = answerOf(await browser.submit());
    expect(url.origin).toBe('https://app.test');
    expect(state).toBe(asked.state);
    expect(url.searchParams.get('iss')).toBe(ISSUER);
    expect(code.length).toBeLessThanOrEqual(128);

    const tokens = await tokensOf(await redeem(worker, { ...asked, code }));
    expect(tokens.expiresIn).toBeGreaterThan(800);
    expect(tokens.claims).toMatchObject({
      iss: ISSUER,
      aud: app.clientId,
      nonce: asked.nonce,
      email: person.email,
    });
    expect(tokens.claims.acr).toBe('urn:acr.login.gov:auth-only');
    const info = await userinfo(worker, tokens.accessToken);
    expect(await info.json()).toMatchObject({
      sub: tokens.claims.sub,
      email: person.email,
      email_verified: true,
    });

    const replay = await redeem(worker, { ...asked, code });
    expect(replay.status).toBe(400);
    const dead = await userinfo(worker, tokens.accessToken);
    expect(dead.status, 'COD-4: a replay revokes what was issued').toBe(401);

    await browser.open(asked.url);
    expect(
      browser.view.url.origin,
      'SI-8: a live session with standing consent passes straight through',
    ).toBe('https://app.test');
  });
});
