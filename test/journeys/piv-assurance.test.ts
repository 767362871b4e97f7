import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { aCardPerson, pathOf, presentCard, withCode, withPassword } from '../support/card-people.ts';
import { type CardWorld, startCardWorld } from '../support/cards.ts';
import { asObject } from '../support/json.ts';
import { AAL, AUTH_ONLY, answerOf, question, redeem, tokensOf, userinfo } from '../support/oidc.ts';
import { answerXml, aSamlApp, attributeValues, authPath, classes, requestXml } from '../support/saml.ts';

let world: CardWorld;
beforeAll(async () => {
  world = await startCardWorld();
});
afterAll(() => world.close());

const SCOPE = { scope: 'openid email x509' };
const HSPD12 = { acr_values: `${AUTH_ONLY} ${AAL}/2?hspd12=true` };
const ISSUER_NAME = 'CN=Test Card Authority,OU=Test Agency,O=Test Government,C=US';

/** Agrees to what is shared if the browser is asked, and gives what the app learns at userinfo. */
async function learned(browser: Browser, asked: ReturnType<typeof question>) {
  if (browser.view.url.hostname === 'idp.test') {
    expect(pathOf(browser)).toBe('/sign_up/completed');
    await browser.submit();
  }
  const { code } = answerOf(browser.view);
  const { accessToken, claims } = await tokensOf(
    await redeem(world.worker, { code, verifier: asked.verifier }),
  );
  const answer = await userinfo(world.worker, accessToken);
  return { ...asObject(JSON.parse(await answer.text())), aal: claims.acr };
}

describe('PV-5, SCP-e, UIN-20 and 21 what apps learn of a card', () => {
  it('is subject, issuer and that it was presented, when it was used in this session', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['piv', 'totp']);
    const asked = question(app, SCOPE);
    const browser = await withPassword(world, person, asked.url);
    await presentCard(world, browser, person.card);
    expect(await learned(browser, asked)).toMatchObject({
      x509_subject: `CN=${person.email},OU=${person.uuid},O=Test Government,C=US`,
      x509_issuer: ISSUER_NAME,
      x509_presented: true,
    });
  });

  it('is the same after a card alone, and one claim for one scope', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['piv']);
    const asked = question(app, { scope: 'openid x509:issuer' });
    const browser = new Browser(world.worker);
    await browser.open(asked.url);
    await browser.open(browser.link(/government ID card/));
    await presentCard(world, browser, person.card);
    const claims = await learned(browser, asked);
    expect(claims).toMatchObject({ x509_issuer: ISSUER_NAME });
    expect(claims).not.toHaveProperty('x509_subject');
    expect(claims).not.toHaveProperty('x509_presented');
  });

  it('is nothing when another method was used', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['piv', 'totp']);
    const asked = question(app, SCOPE);
    const browser = await withCode(world, person, asked.url);
    expect(await learned(browser, asked)).toMatchObject({
      x509_subject: null,
      x509_issuer: null,
      x509_presented: false,
    });
  });

  it('goes into SAML attributes when x509_presented is asked for (AT-5)', async () => {
    const app = await aSamlApp(world.worker);
    const person = await aCardPerson(world, ['piv']);
    const names = 'http://idmanagement.gov/ns/requested_attributes?ReqAttr=x509_presented';
    const xml = requestXml(app, { content: classes(`${AAL}/2?hspd12=true`, names) });
    const browser = await withPassword(world, person, authPath(xml));
    await presentCard(world, browser, person.card);
    if (pathOf(browser) === '/sign_up/completed') await browser.submit();
    const answer = answerXml(browser.view);
    expect(attributeValues(answer, 'x509_subject')).toEqual([
      `CN=${person.email},OU=${person.uuid},O=Test Government,C=US`,
    ]);
    expect(attributeValues(answer, 'x509_issuer')).toEqual([ISSUER_NAME]);
    expect(attributeValues(answer, 'x509_presented')).toEqual(['true']);
  });
});

describe('AL-3, AL-4, ACR-4d apps that accept a card only', () => {
  it('ask for it although another method was used already', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = await withCode(world, person);
    const asked = question(app, HSPD12);
    await browser.open(asked.url);
    expect(pathOf(browser)).toBe('/login/two_factor/piv_cac');
    expect(browser.view.html, 'nothing else would do').not.toContain('/login/two_factor/options');
    await presentCard(world, browser, person.card);
    expect((await learned(browser, asked)).aal).toBe(AUTH_ONLY);
  });

  it('have somebody without one add it on the way, after showing who they are', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['totp']);
    const asked = question(app, HSPD12);
    const browser = await withPassword(world, person, asked.url);
    expect(pathOf(browser)).toBe('/login/two_factor/authenticator');
    await browser.submit({ 'one-time-code': person.code() });
    expect(pathOf(browser)).toBe('/authentication_methods_setup');
    expect(browser.view.html).not.toContain('value="totp"');
    await browser.submit({ selection: 'piv' });
    await browser.submit({ name: 'Badge' });
    await world.present(browser, await world.authority.issue({ commonName: 'On The Way' }));
    expect(await learned(browser, asked)).toHaveProperty('email', person.email);
  });

  it('are not content with a phishing-resistant key, while a card is content for both', async () => {
    const app = await anApp(world.worker);
    const person = await aCardPerson(world, ['security_key', 'piv']);
    const browser = await withPassword(world, person, question(app, HSPD12).url);
    expect(pathOf(browser)).toBe('/login/two_factor/piv_cac');
    expect(browser.view.html).not.toContain('/login/two_factor/options');
    const asked = question(app, { acr_values: `${AUTH_ONLY} ${AAL}/2?phishing_resistant=true` });
    const other = await withPassword(world, person, asked.url);
    await presentCard(world, other, person.card);
    expect(await learned(other, asked)).toHaveProperty('email', person.email);
  });
});
