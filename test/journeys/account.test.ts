import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { asObject } from '../support/json.ts';
import { linkIn, mailAbout, mailsTo, newestMail } from '../support/mail.ts';
import { answerOf, question, redeem, tokensOf, userinfo } from '../support/oidc.ts';
import { aPerson, type Person, walk } from '../support/people.ts';
import { ADMIN_TOKEN, startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker();
});
afterAll(() => worker.close());

/** Signs somebody in and stops at their account page. */
async function atHome(person: Person): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  await walk(browser, person);
  await browser.open('/account');
  expect(browser.view.url.pathname).toBe('/account');
  return browser;
}

const PAGES = [
  '/account',
  '/account/two_factor_authentication',
  '/account/connected_services',
  '/account/sessions',
  '/account/history',
  '/account/email_language',
  '/account/forget_all_browsers',
  '/account/delete',
  '/account/download',
  '/add/email',
  '/manage/password',
];

describe('UR-6, UR-7 the account pages', () => {
  it('answer in all four languages, with links that lead somewhere', async () => {
    const browser = await atHome(await aPerson(worker));
    const seen = new Set<string>();
    for (const prefix of ['', '/es', '/fr', '/zh']) {
      for (const path of PAGES) {
        const view = await browser.open(`${prefix}${path}`);
        expect(view.status, `${prefix}${path}`).toBe(200);
        expect(view.url.pathname).toBe(`${prefix}${path}`);
        const main = /<main.*<\/main>/s.exec(view.html)?.[0] ?? '';
        for (const [, href = ''] of main.matchAll(/href="(\/[^"#]*)"/g))
          if (prefix === '') seen.add(href.replaceAll('&amp;', '&'));
      }
    }
    expect(seen.size).toBeGreaterThan(8);
    for (const href of seen) expect((await browser.open(href)).status, href).toBe(200);
  });

  it('send a stranger to sign-in', async () => {
    for (const path of PAGES) {
      const browser = new Browser(worker);
      expect((await browser.open(path)).url.pathname, path).toBe('/');
    }
  });

  it('are not there for ids that are not one’s own', async () => {
    const browser = await atHome(await aPerson(worker));
    const id = '00000000-0000-4000-8000-000000000000';
    for (const path of [
      `/manage/auth_app/${id}`,
      `/manage/email/confirm_delete/${id}`,
      `/account/service_providers/${id}/revoke`,
      `/account/connected_services/${id}/selected_email`,
      `/account/devices/${id}/events`,
      '/account/sessions/nobody/end',
    ]) {
      expect((await browser.open(path)).status, path).toBe(404);
    }
  });
});

describe('EM-1 to EM-4 a second address', () => {
  it('is confirmed by a mailed link in another browser, signs in, and is removed again', async () => {
    const person = await aPerson(worker);
    const second = `second-${person.email}`;
    const browser = await atHome(person);
    await browser.open('/add/email');
    await browser.submit({ email: second });
    expect(browser.view.url.pathname).toBe('/add/email/verify_email');
    expect(browser.view.text).toContain(second);

    const elsewhere = new Browser(worker);
    const link = linkIn(await newestMail(worker, second), '/add/email/confirm');
    await elsewhere.open(link);
    expect((await browser.open('/account')).text).toContain('Not confirmed yet');
    await elsewhere.submit();
    expect(elsewhere.view.url.pathname).toMatch(/^(\/en)?\/?$/);
    await mailAbout(worker, person.email, 'An email address was added to your account');
    await elsewhere.open(link);
    expect(elsewhere.view.text).toContain('This link was used before.');

    await browser.open('/account');
    expect(browser.view.text).not.toContain('Not confirmed yet');
    await walk(await fresh(), { ...person, email: second });

    await browser.open('/account');
    const removals = [
      ...browser.view.html.matchAll(
        /href="(\/manage\/email\/confirm_delete\/[^"]+)"[^>]*>[^<]*<span[^>]*>([^<]*)</g,
      ),
    ];
    const path = removals.find((match) => match[2] === second)?.[1] ?? '';
    await browser.open(path);
    await browser.submit({}, (form) => form.action === path);
    expect(browser.view.url.pathname).toBe('/account');
    expect(browser.view.html).not.toContain(second);
    await mailAbout(worker, second, 'An email address was removed from your account');
    expect(browser.view.html, 'the last address offers no removal').not.toContain(
      '/manage/email/confirm_delete/',
    );
  });

  it('tells nobody but its owner that an address is taken', async () => {
    const owner = await aPerson(worker);
    const browser = await atHome(await aPerson(worker));
    await browser.open('/add/email');
    await browser.submit({ email: owner.email });
    expect(browser.view.url.pathname).toBe('/add/email/verify_email');
    await mailAbout(worker, owner.email, 'This email address is already in use');
  });
});

async function fresh(): Promise<Browser> {
  const browser = new Browser(worker);
  await browser.open('/');
  return browser;
}

describe('PW-5 a changed password', () => {
  it('replaces the old one, ends other sessions and is told to the address', async () => {
    const person = await aPerson(worker);
    const other = await atHome(person);
    const browser = await atHome(person);
    const password = 'violet-mountain-staple-91';
    await browser.open('/manage/password');
    await browser.submit({ password, password_confirmation: 'something-else-entirely' });
    expect(browser.view.status).toBe(422);
    await browser.submit({ password, password_confirmation: password });
    expect(browser.view.url.pathname).toBe('/account');
    expect(browser.view.text).toContain('Your password was changed.');
    expect((await other.open('/account')).url.pathname).toBe('/');

    const told = await mailAbout(worker, person.email, 'Your password was changed');
    expect(linkIn(told, '/events/disavow')).toContain('disavowal_token=');

    const old = await fresh();
    await expect(walk(old, person)).rejects.toThrow('sign-in refused');
    const fine = await fresh();
    await walk(fine, { ...person, password });
    expect(fine.view.url.pathname).toBe('/account');
  });
});

describe('CA-2, CNS-5 a disconnected app', () => {
  it('loses its token at once, asks for consent again, and keeps the subject', async () => {
    const app = await anApp(worker);
    const person = await aPerson(worker);
    const asked = question(app);
    const browser = new Browser(worker);
    await browser.open(asked.url);
    const tokens = await tokensOf(
      await redeem(worker, { ...asked, ...answerOf(await walk(browser, person)) }),
    );
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(200);

    await browser.open('/account/connected_services');
    expect(browser.view.text).toContain('Parks');
    expect(browser.view.text, 'CA-1 what it receives, and since when').toMatch(/Receives.*You agreed on/s);
    const path = /href="(\/account\/service_providers\/[^"]+\/revoke)"/.exec(browser.view.html)?.[1] ?? '';
    await browser.open(path);
    await browser.submit({}, (form) => form.action === path);
    expect(browser.view.url.pathname).toBe('/account/connected_services');
    expect(browser.view.text).toContain('You have not connected any apps yet.');
    expect((await userinfo(worker, tokens.accessToken)).status).toBe(401);

    const again = question(app);
    await browser.open(again.url);
    expect(browser.view.url.pathname).toBe('/sign_up/completed');
    const renewed = await tokensOf(
      await redeem(worker, { ...again, ...answerOf(await walk(browser, person)) }),
    );
    expect(renewed.claims.sub).toBe(tokens.claims.sub);
    const told = async () =>
      (await mailsTo(worker, person.email)).flatMap(
        ({ subject }) => /\b(?:dis)?connected\b/.exec(subject)?.[0] ?? [],
      );
    await expect
      .poll(told, { message: 'CO-3 a connection that was taken back is a first one again' })
      .toEqual(['connected', 'disconnected', 'connected']);
    expect((await browser.open('/account/history')).text).toContain('Disconnected');
  });
});

describe('BT-9 other sessions', () => {
  it('are listed and can be ended one by one', async () => {
    const person = await aPerson(worker);
    const other = await atHome(person);
    const browser = await atHome(person);
    await browser.open('/account/sessions');
    const path = /href="(\/account\/sessions\/[\w-]{22}\/end)"/.exec(browser.view.html)?.[1] ?? '';
    await browser.open(path);
    await browser.submit({}, (form) => form.action === path);
    expect(browser.view.text).toContain('You are not signed in anywhere else.');
    expect((await other.open('/account')).url.pathname).toBe('/');
    expect((await browser.open('/account')).url.pathname).toBe('/account');
  });
});

describe('MM-1 to MM-3 an authentication app', () => {
  it('is renamed and removed; backup codes then sign in', async () => {
    const person = await aPerson(worker);
    const browser = await atHome(person);
    const path = /href="(\/manage\/auth_app\/[^"/]+)"/.exec(browser.view.html)?.[1] ?? '';
    await browser.open(path);
    await browser.submit({ name: 'Blue phone' });
    expect(browser.view.text).toContain('Blue phone');
    await browser.open(`${path}/confirm_delete`);
    await browser.submit({}, (form) => form.action === `${path}/confirm_delete`);
    expect(browser.view.text).not.toContain('Blue phone');
    await mailAbout(worker, person.email, 'An authentication method was removed from your account');
    expect((await browser.open(path)).status).toBe(404);
    const next = await fresh();
    await next.submit({ username: person.email, 'current-password': person.password });
    expect(next.view.url.pathname).toBe('/login/two_factor/backup_code');
  });
});

describe('BT-16 and DL-1 taking one’s data and leaving', () => {
  it('downloads, deletes with the password, and frees the address', async () => {
    const person = await aPerson(worker);
    const browser = await atHome(person);
    await browser.open('/account/download');
    await browser.submit({}, (form) => form.action === '/account/download');
    const data = asObject(JSON.parse(browser.view.html));
    expect(data.uuid).toBe(person.uuid);
    expect(JSON.stringify(data)).toContain(person.email);
    const listIn = (name: string): readonly unknown[] => {
      const list = data[name];
      return Array.isArray(list) ? list : [];
    };
    const methods = listIn('authentication_methods').map((method) => asObject(method).kind);
    expect(methods).toContain('totp');
    const sessions = listIn('sessions').map(asObject);
    expect(sessions.map((session) => session.this_one)).toEqual([true]);
    expect(sessions[0]?.started_at).toMatch(/^2\d{3}-/);
    const events = listIn('history').map((entry) => asObject(entry).event);
    expect(events).toContain('sign_in_after_2fa');
    expect(asObject(listIn('browsers')[0]).browser, 'HI-1').toContain('Firefox');

    expect(data.legacy_name_id).toBeNull();
    expect(data.closed_apps).toEqual([]);

    await browser.open('/account/delete');
    await browser.submit({ 'current-password': 'not my password' });
    expect(browser.view.status).toBe(422);
    await browser.submit({ 'current-password': person.password });
    expect(browser.view.url.pathname).toBe('/');
    expect(browser.view.text).toContain('Your account was deleted.');
    await mailAbout(worker, person.email, 'Your account was deleted');
    await expect(walk(await fresh(), person)).rejects.toThrow('sign-in refused');
    const again = await aPerson(worker, { email: person.email });
    expect(again.uuid).not.toBe(person.uuid);
  });
});

describe('BT-16 what the file holds of apps', () => {
  it('is whom they know, also those that were disconnected or closed, and the number from elsewhere', async () => {
    const person = await aPerson(worker, { legacy_name_id: 4711 });
    const app = await anApp(worker, { friendly_name: 'Forests' });
    const browser = new Browser(worker);
    const asked = question(app);
    await browser.open(asked.url);
    await walk(browser, person);
    const { claims } = await tokensOf(await redeem(worker, { ...asked, ...answerOf(browser.view) }));
    await browser.open(`/account/service_providers/${app.uuid}/revoke`);
    await browser.submit({}, (form) => form.action.endsWith('/revoke'));
    const reason = 'ticket 4711';
    const banned = await worker.api('POST', `/api/admin/v1/users/${person.uuid}/ban`, {
      app: app.uuid,
      reason,
    });
    expect(banned.status).toBe(200);
    await browser.open('/account/download');
    await browser.submit({}, (form) => form.action === '/account/download');
    const data = asObject(JSON.parse(browser.view.html));
    expect(data.legacy_name_id).toBe(4711);
    expect(data.closed_apps).toEqual(['Forests']);
    expect(data.connected_apps).toMatchObject([
      {
        app: 'Forests',
        known_there_as: claims.sub,
        receives: [],
        disconnected_at: expect.stringMatching(/^2\d{3}-/),
      },
    ]);
    expect(browser.view.html, 'why an operator closed it is not told').not.toContain(reason);
  });
});

describe('the sandbox', () => {
  it('makes an account by hand that signs in', async () => {
    const browser = new Browser(worker);
    await browser.open('/sandbox');
    await browser.open('/sandbox/accounts');
    await browser.submit(
      { email: 'by.hand@mailbox.test', password: 'violet-mountain-staple-91' },
      (form) => form.action === '/sandbox/accounts',
    );
    expect(browser.view.status).toBe(200);
    expect(browser.view.text).toContain('by.hand@mailbox.test');
    await browser.open('/');
    await browser.submit({
      username: 'by.hand@mailbox.test',
      'current-password': 'violet-mountain-staple-91',
    });
    expect(browser.view.url.pathname).toMatch(/^\/login\/two_factor\//);
  });

  it('shows in the inbox what was sent', async () => {
    const person = await aPerson(worker);
    await atHome(person);
    const mail = await newestMail(worker, person.email);
    const browser = new Browser(worker);
    await browser.open(`/sandbox/inbox?to=${encodeURIComponent(person.email)}`);
    await browser.open(browser.link(mail.subject));
    expect(browser.view.text).toContain(mail.subject);
    for (const link of mail.links) expect(browser.view.text).toContain(link);
  });

  it('shows and deletes accounts over the interface, and empties the inbox', async () => {
    const person = await aPerson(worker);
    const browser = await atHome(person);
    const path = `/api/sandbox/v1/accounts/${person.uuid}`;
    const shown = await worker.api('GET', path);
    expect(asObject(await shown.json())).toMatchObject({ uuid: person.uuid, backup_codes_left: 10 });
    expect((await worker.api('DELETE', path)).status).toBe(204);
    expect((await worker.api('GET', path)).status).toBe(404);
    expect((await browser.open('/account')).url.pathname).toBe('/');
    expect((await worker.api('DELETE', '/api/sandbox/v1/messages')).status).toBe(204);
    expect(await mailsTo(worker, person.email)).toEqual([]);
  });

  it('keeps its interface behind the token', async () => {
    for (const token of [undefined, `${ADMIN_TOKEN}x`]) {
      const answer = await worker.fetch('/api/sandbox/v1/messages', {
        headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('content-type')).toContain('application/problem+json');
      await answer.text();
    }
  });
});
