import { describe, expect, it } from 'vitest';
import { accountRoutes } from '../../../src/accounts/endpoints/routes.ts';
import { EVENT_KINDS } from '../../../src/accounts/model.ts';
import { factorRoutes } from '../../../src/factors/endpoints/routes.ts';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { anApp, anOidcApp, aWorld, csrfIn, get, NOW, post, type World } from './a-hall.ts';

const APP = '11111111-1111-4111-8111-111111111111';
const CONNECTION = '22222222-2222-4222-8222-222222222222';
const TOTP_2 = '33333333-3333-4333-8333-333333333333';
const DEVICE = '44444444-4444-4444-8444-444444444444';

/** A person with two addresses, two apps on the phone, a connected app and some history, signed in twice. */
function aFullWorld() {
  const world = aWorld();
  world.apps.set(APP, anOidcApp({ uuid: APP, friendly_name: 'Parks & Lakes' }));
  const person = world.person({
    emails: [
      { id: 'e1', address: 'pat@agency.gov', confirmedAt: NOW - 9000, lastSignInAt: NOW - 1000 },
      { id: 'e2', address: 'pat@home.example', confirmedAt: NOW - 8000, lastSignInAt: null },
      { id: 'e3', address: 'new@home.example', confirmedAt: null, lastSignInAt: null },
    ],
    backupCodes: ['A', 'B'],
    connections: [
      {
        app: APP,
        uuid: CONNECTION,
        agreed: ['email', 'given_name'],
        emailId: 'e1',
        consentedAt: NOW - 5000,
        lastUsedAt: NOW - 4000,
        createdAt: NOW - 5000,
        revoked: false,
        subject: 'sub-1',
      },
    ],
    events: Object.values(EVENT_KINDS).map((kind, n) => ({
      id: 100 - n,
      kind,
      at: NOW - n * 1000,
      deviceId: DEVICE,
      browser: 'Firefox 140 on Linux',
      place: 'Helena, US',
      app: kind === EVENT_KINDS.app_sign_in ? APP : null,
      disavowedAt: null,
    })),
    devices: [{ id: DEVICE, browser: 'Firefox 140 on Linux', lastUsedAt: NOW - 1000, place: 'Helena, US' }],
  });
  person.factors = [
    ...person.factors,
    { id: TOTP_2, kind: 'totp', label: 'Old tablet', createdAt: NOW - 7000 },
  ];
  const cookie = world.signIn(person);
  const elsewhere = world.signIn(person);
  const app = anApp(accountRoutes(world.hall).route('/', factorRoutes(world.hall)));
  return { world, person, cookie, elsewhere, app };
}

/** Opens a page, then sends its form with these fields. */
async function submit(
  app: ReturnType<typeof aFullWorld>['app'],
  cookie: string,
  path: string,
  fields: Readonly<Record<string, string>> = {},
  form = path,
): Promise<Response> {
  const page = await (await get(app, form, cookie)).text();
  return post(app, path, cookie, { csrf: csrfIn(page), ...fields });
}

const other = (world: World, cookie: string) => {
  const locator = /__Host-session=([\w-]+)/.exec(cookie)?.[1] ?? '';
  return world.sessions.get(locator);
};

/** What a page says itself, without header, footer and dialog. */
const mainOf = (html: string): string => /<main.*<\/main>/s.exec(html)?.[0] ?? '';

const PAGES = [
  '/account',
  '/account/two_factor_authentication',
  '/account/email_language',
  '/add/email',
  '/add/email/verify_email?id=e3',
  '/manage/email/confirm_delete/e2',
  '/manage/password',
  `/manage/auth_app/${TOTP_2}`,
  `/manage/auth_app/${TOTP_2}/confirm_delete`,
  '/account/connected_services',
  `/account/connected_services/${CONNECTION}/selected_email`,
  `/account/service_providers/${APP}/revoke`,
  '/account/history',
  `/account/devices/${DEVICE}/events`,
  '/account/sessions',
  '/account/sessions/end_others',
  '/account/forget_all_browsers',
  '/account/delete',
  '/account/download',
];

describe.each(PAGES)('UX-2 %s', (path) => {
  it.each(LOCALES)('is a whole page in %s and changes nothing', async (locale) => {
    const { world, cookie, app } = aFullWorld();
    const before = JSON.stringify([...world.accounts.values()]);
    const response = await get(app, `${path}${path.includes('?') ? '&' : '?'}locale=${locale}`, cookie);
    const html = await response.text();
    expect(response.status).toBe(200);
    expect(response.headers.get('content-security-policy')).toContain("script-src 'nonce-");
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html.match(/<h1/g)).toHaveLength(1);
    expect(mainOf(html)).not.toMatch(/accounts\.[a-z_]+\.[a-z_]+|\{\w+\}|undefined|\[object/);
    const ids = [...html.matchAll(/\sid="([^"]+)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    expect(mainOf(html).match(/class="usa-button gh-button"/g)?.length ?? 0).toBeLessThanOrEqual(1);
    expect(JSON.stringify([...world.accounts.values()])).toBe(before);
    expect(world.sent).toEqual([]);
  });

  it('sends whoever is not signed in to sign-in', async () => {
    const { app } = aFullWorld();
    const response = await get(app, path);
    expect(response.status).toBe(303);
    expect(response.headers.get('location')).toBe('/');
  });
});

describe('RA-1 a recent second factor', () => {
  const guarded = [
    '/add/email',
    '/manage/email/confirm_delete/e2',
    '/manage/password',
    `/manage/auth_app/${TOTP_2}`,
    `/manage/auth_app/${TOTP_2}/confirm_delete`,
    '/account/delete',
    '/account/download',
  ];
  it.each(guarded)('is needed for %s, to look and to act', async (path) => {
    const { world, person, app } = aFullWorld();
    const stale = [
      { method: 'password', at: NOW - 1000 },
      { method: 'totp', at: NOW - 21 * 60_000 },
      { method: 'remember_device', at: NOW - 1000 },
    ] as const;
    const cookie = world.signIn(person, { events: stale });
    const before = JSON.stringify([...world.accounts.values()]);
    const seen = await get(app, path, cookie);
    expect(seen.status).toBe(303);
    const location = seen.headers.get('location') ?? '';
    expect(location.startsWith(`/account/reauthentication?return=${encodeURIComponent(path)}&tag=`)).toBe(
      true,
    );
    const home = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
    expect(home).not.toBe('');
    const acted = await post(app, path, cookie, {
      csrf: home,
      password: 'correct horse battery staple',
      email: 'x@y.gov',
      name: 'N',
    });
    expect(acted.status).toBe(303);
    expect(acted.headers.get('location')).toContain('/account/reauthentication');
    expect(JSON.stringify([...world.accounts.values()])).toBe(before);
  });
});

describe('HD-2 forms', () => {
  const forms: readonly [string, Record<string, string>][] = [
    ['/account/email_language', { email_language: 'fr' }],
    ['/add/email', { email: 'more@home.example' }],
    ['/manage/email/confirm_delete/e2', {}],
    [
      '/manage/password',
      { password: 'violet-mountain-staple-91', password_confirmation: 'violet-mountain-staple-91' },
    ],
    [`/manage/auth_app/${TOTP_2}`, { name: 'Other' }],
    [`/manage/auth_app/${TOTP_2}/confirm_delete`, {}],
    [`/account/connected_services/${CONNECTION}/selected_email`, { selected_email_id: 'e2' }],
    [`/account/service_providers/${APP}/revoke`, {}],
    ['/account/sessions/end_others', {}],
    ['/account/forget_all_browsers', {}],
    ['/account/delete', { password: 'correct horse battery staple' }],
    ['/account/download', {}],
  ];
  it.each(forms)('%s is refused without its token', async (path, fields) => {
    const { world, cookie, app } = aFullWorld();
    const before = JSON.stringify([...world.accounts.values()]);
    const response = await post(app, path, cookie, { ...fields, csrf: 'x'.repeat(43) });
    expect(response.status).toBe(403);
    expect(JSON.stringify([...world.accounts.values()])).toBe(before);
    expect(world.sessions.size).toBe(2);
  });
});

describe('ids in addresses', () => {
  it.each([
    '/add/email/verify_email?id=e1',
    '/add/email/verify_email?id=zzz',
    '/manage/email/confirm_delete/zzz',
    '/manage/auth_app/zzz',
    '/manage/auth_app/zzz/confirm_delete',
    '/account/connected_services/zzz/selected_email',
    '/account/service_providers/zzz/revoke',
    '/account/devices/zzz/events',
    '/account/sessions/zzz/end',
  ])('%s is not there when it is not the person’s own', async (path) => {
    const { cookie, app } = aFullWorld();
    expect((await get(app, path, cookie)).status).toBe(404);
  });

  it('do not reach the things of others', async () => {
    const { world, app } = aFullWorld();
    const stranger = world.person({
      emails: [{ id: 'x1', address: 's@agency.gov', confirmedAt: NOW, lastSignInAt: null }],
    });
    const cookie = world.signIn(stranger);
    const csrf = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
    for (const path of [
      '/manage/email/confirm_delete/e2',
      `/manage/auth_app/${TOTP_2}`,
      `/manage/auth_app/${TOTP_2}/confirm_delete`,
      `/account/service_providers/${APP}/revoke`,
      `/account/connected_services/${CONNECTION}/selected_email`,
    ]) {
      expect((await post(app, path, cookie, { csrf, name: 'N', selected_email_id: 'x1' })).status).toBe(404);
    }
  });
});

describe('AC-1 home', () => {
  it('shows addresses, language, methods, codes and apps', async () => {
    const { cookie, app } = aFullWorld();
    const html = await (await get(app, '/account', cookie)).text();
    for (const text of [
      'pat@agency.gov',
      'pat@home.example',
      'Not confirmed yet',
      'English',
      'Old tablet',
      '2 codes left',
      'One app',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('leads back to the app that sent the person', async () => {
    const { world, cookie, app } = aFullWorld();
    const tag = world.hall.cookies.tag('gh_request', `r1.${APP}`);
    const html = await (await get(app, '/account', `${cookie}; __Host-gh_request=r1.${APP}.${tag}`)).text();
    expect(html).toContain('<a href="/continue">Return to Parks &amp; Lakes</a>');
  });

  it('offers no removal of the only confirmed address', async () => {
    const { world, app } = aFullWorld();
    const single = world.person({
      emails: [{ id: 'x1', address: 's@agency.gov', confirmedAt: NOW, lastSignInAt: null }],
    });
    const html = await (await get(app, '/account', world.signIn(single))).text();
    expect(html).not.toContain('/manage/email/confirm_delete/');
  });
});

describe('EM-1 adding an address', () => {
  it('mails a link that works once, without a session, and only by the button', async () => {
    const { world, person, cookie, elsewhere, app } = aFullWorld();
    const sent = await submit(app, cookie, '/add/email', { email: ' Second@Home.example ' });
    expect(sent.status).toBe(303);
    const path = sent.headers.get('location') ?? '';
    expect(path).toMatch(/^\/add\/email\/verify_email\?id=/);
    expect(await (await get(app, path, cookie)).text()).toContain('second@home.example');
    await Promise.resolve();
    const notice = world.sent[0]?.notice;
    expect(world.sent[0]?.to).toEqual(['second@home.example']);
    if (notice?.kind !== 'confirm-added-email') throw new Error('no link was mailed');
    const link = new URL(notice.url).pathname.replace(/^\/en/, '') + new URL(notice.url).search;

    const opened = await (await get(app, link)).text();
    expect(person.emails.find(({ address }) => address === 'second@home.example')?.confirmedAt).toBeNull();
    const token = /name="confirmation_token" value="([^"]+)"/.exec(opened)?.[1] ?? '';
    const visitor = `__Host-gh_visit=${'A'.repeat(43)}`;
    const csrf = csrfIn(await (await get(app, link, visitor)).text());
    const confirmed = await post(app, '/add/email/confirm', visitor, { csrf, confirmation_token: token });
    expect(confirmed.headers.get('location')).toBe('/');
    expect(person.emails.find(({ address }) => address === 'second@home.example')?.confirmedAt).toBe(NOW);
    expect(world.sent.at(-1)?.notice.kind).toBe('email-added');
    expect(world.sent.at(-1)?.to).toContain('second@home.example');
    expect(world.sent.at(-1)?.to).toContain('pat@agency.gov');
    expect(other(world, elsewhere)?.state.stale).toBe(true);

    const again = await post(app, '/add/email/confirm', visitor, { csrf, confirmation_token: token });
    expect(again.headers.get('location')).toBe('/');
    expect(world.sent).toHaveLength(2);
    expect((await get(app, link, visitor)).status).toBe(303);
  });

  it('puts the new address into this session at once', async () => {
    const { world, cookie, app } = aFullWorld();
    await submit(app, cookie, '/add/email/resend', { id: 'e3' }, '/add/email/verify_email?id=e3');
    await new Promise((resolve) => setTimeout(resolve, 0));
    const notice = world.sent[0]?.notice;
    if (notice?.kind !== 'confirm-added-email') throw new Error('no link was mailed');
    const token = new URL(notice.url).searchParams.get('confirmation_token') ?? '';
    const csrf = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
    const done = await post(app, '/add/email/confirm', cookie, { csrf, confirmation_token: token });
    expect(done.headers.get('location')).toBe('/account');
    const profile = other(world, cookie)?.profile.emails.map(({ address }) => address);
    expect(profile).toContain('new@home.example');
  });

  it('shows the same page for an address of somebody else and tells only its owner', async () => {
    const { world, cookie, app } = aFullWorld();
    world.person({ emails: [{ id: 'x1', address: 's@agency.gov', confirmedAt: NOW, lastSignInAt: null }] });
    const sent = await submit(app, cookie, '/add/email', { email: 's@agency.gov' });
    expect(sent.headers.get('location')).toMatch(/^\/add\/email\/verify_email\?id=/);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(world.sent.map(({ to, notice }) => [to, notice.kind])).toEqual([
      [['s@agency.gov'], 'added-email-taken'],
    ]);
    expect(world.links.size).toBe(0);
  });

  it('fails when the address was confirmed elsewhere meanwhile', async () => {
    const { world, person, cookie, app } = aFullWorld();
    const tokenFor = await world.hall.accounts.createLink({
      kind: 'add-email',
      account: person.uuid,
      emailId: 'e3',
      now: NOW,
      lifetimeMs: 1000,
    });
    world.person({
      emails: [{ id: 'x1', address: 'new@home.example', confirmedAt: NOW, lastSignInAt: null }],
    });
    const csrf = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
    const response = await post(app, '/add/email/confirm', cookie, {
      csrf,
      confirmation_token: tokenFor('e3'),
    });
    expect(response.headers.get('location')).toBe('/account');
    expect(person.emails.find(({ id }) => id === 'e3')?.confirmedAt).toBeNull();
  });

  it.each([
    ['', 'Enter your email address.'],
    ['pat', 'Enter an email address such as'],
    ['a@mailinator.com', 'temporary'],
    ['a@nowhere.example', 'cannot be delivered'],
    ['pat@agency.gov', 'already on your account'],
  ])('refuses "%s" beside the field', async (email, words) => {
    const { world, cookie, app } = aFullWorld();
    const response = await submit(app, cookie, '/add/email', { email });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(words);
    expect(html).toContain('aria-invalid="true"');
    expect(world.sent).toEqual([]);
  });

  it('stops at the limit of links and of addresses', async () => {
    const { world, person, cookie, app } = aFullWorld();
    world.refuseAt.add('register-email');
    expect((await submit(app, cookie, '/add/email', { email: 'q@home.example' })).status).toBe(429);
    world.refuseAt.clear();
    person.emails = [
      ...person.emails,
      ...Array.from({ length: 9 }, (_, n) => ({
        id: `m${n}`,
        address: `m${n}@home.example`,
        confirmedAt: null,
        lastSignInAt: null,
      })),
    ];
    const full = await submit(app, cookie, '/add/email', { email: 'q@home.example' });
    expect(await full.text()).toContain('already has 12 email addresses');
  });
});

describe('EM-3 removing an address', () => {
  it('tells the remaining and the removed address, and refreshes every session', async () => {
    const { world, person, cookie, elsewhere, app } = aFullWorld();
    const response = await submit(app, cookie, '/manage/email/confirm_delete/e2');
    expect(response.headers.get('location')).toBe('/account');
    expect(person.emails.map(({ id }) => id)).toEqual(['e1', 'e3']);
    expect(new Set(world.sent[0]?.to)).toEqual(new Set(['pat@agency.gov', 'pat@home.example']));
    expect(world.sent[0]?.notice.kind).toBe('email-deleted');
    expect(other(world, cookie)?.profile.emails.map(({ id }) => id)).toEqual(['e1']);
    expect(other(world, elsewhere)?.state.stale).toBe(true);
  });

  it('mails nobody about an address that was never confirmed', async () => {
    const { world, cookie, app } = aFullWorld();
    await submit(app, cookie, '/manage/email/confirm_delete/e3');
    expect(world.sent).toEqual([]);
  });

  it('keeps the last confirmed one', async () => {
    const { person, cookie, app } = aFullWorld();
    await submit(app, cookie, '/manage/email/confirm_delete/e2');
    const kept = await get(app, '/manage/email/confirm_delete/e1', cookie);
    expect(kept.status).toBe(303);
    expect(person.emails.some(({ id }) => id === 'e1')).toBe(true);
  });
});

describe('EM-6 the language of messages', () => {
  it('is stored and reaches every session', async () => {
    const { world, person, cookie, elsewhere, app } = aFullWorld();
    await submit(app, cookie, '/account/email_language', { email_language: 'zh' });
    expect(person.facts.emailLocale).toBe('zh');
    expect(other(world, cookie)?.state.facts.emailLocale).toBe('zh');
    expect(other(world, elsewhere)?.state.facts.emailLocale).toBe('zh');
  });

  it('is one of four', async () => {
    const { person, cookie, app } = aFullWorld();
    expect((await submit(app, cookie, '/account/email_language', { email_language: 'de' })).status).toBe(422);
    expect(person.facts.emailLocale).toBe('en');
  });
});

describe('PW-5 changing the password', () => {
  const good = 'violet-mountain-staple-91';
  it('stores it, ends other sessions, forgets remembered browsers and tells every address', async () => {
    const { world, person, cookie, elsewhere, app } = aFullWorld();
    const response = await submit(app, cookie, '/manage/password', {
      password: good,
      password_confirmation: good,
    });
    expect(response.headers.get('location')).toBe('/account');
    expect(person.password).toBe(`record:${good}`);
    expect(person.rememberRevokedAt).toBe(NOW);
    expect(other(world, elsewhere)).toBeUndefined();
    expect(other(world, cookie)).toBeDefined();
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(world.sent.map(({ to }) => to)).toEqual([['pat@agency.gov'], ['pat@home.example']]);
    const notice = world.sent[0]?.notice;
    expect(notice?.kind === 'password-changed' && notice.disavowUrl).toContain(
      '/events/disavow?disavowal_token=',
    );
  });

  it.each([
    ['short', 'short', 'at least 12 characters'],
    [good, 'different-one-entirely', 'not the same'],
    ['gatehousegatehouse', 'gatehousegatehouse', 'too easy to guess'],
    ['', '', 'Enter a password.'],
  ])('SU-7 refuses "%s" and keeps the old one', async (password, password_confirmation, words) => {
    const { person, cookie, app } = aFullWorld();
    const response = await submit(app, cookie, '/manage/password', { password, password_confirmation });
    const html = await response.text();
    expect(response.status).toBe(422);
    expect(html).toContain(words);
    if (password !== '') expect(html).not.toContain(`value="${password}"`);
    expect(person.password).toBe('record:correct horse battery staple');
  });

  it('PW-6 a forced change has no way around and leads on', async () => {
    const { world, person, app } = aFullWorld();
    person.facts = { ...person.facts, passwordChangeRequired: true };
    const cookie = world.signIn(person, { facts: person.facts });
    expect((await get(app, '/account', cookie)).headers.get('location')).toBe('/manage/password?forced=1');
    const html = await (await get(app, '/manage/password?forced=1', cookie)).text();
    expect(html).toContain('Choose a new one to continue.');
    const done = await post(app, '/manage/password', cookie, {
      csrf: csrfIn(html),
      password: good,
      password_confirmation: good,
    });
    expect(done.headers.get('location')).toBe('/continue');
    expect((await get(app, '/account', cookie)).status).toBe(200);
  });
});

describe('MM-1 to MM-3 an authentication app', () => {
  it('takes another name', async () => {
    const { person, cookie, app } = aFullWorld();
    await submit(app, cookie, `/manage/auth_app/${TOTP_2}`, { name: '  Blue\tphone ' });
    expect(person.factors.find(({ id }) => id === TOTP_2)?.label).toBe('Blue phone');
  });

  it.each([
    ['', 'Give this method a name.'],
    ['my PHONE', 'already have a method with this name'],
    ['n'.repeat(81), 'at most 80 characters'],
  ])('refuses the name "%s"', async (name, words) => {
    const { cookie, app } = aFullWorld();
    const response = await submit(app, cookie, `/manage/auth_app/${TOTP_2}`, { name });
    expect(response.status).toBe(422);
    expect(await response.text()).toContain(words);
  });

  it('is removed everywhere and every address hears of it', async () => {
    const { world, person, cookie, app } = aFullWorld();
    await submit(app, cookie, `/manage/auth_app/${TOTP_2}/confirm_delete`);
    expect(person.factors).toHaveLength(1);
    await new Promise((resolve) => setTimeout(resolve, 0));
    expect(world.sent[0]?.notice).toMatchObject({
      kind: 'factor-removed',
      factor: 'Authentication app (Old tablet)',
    });
    expect(world.sent).toHaveLength(2);
  });

  it('MM-2 stays when it is the last method, unless backup codes are left', async () => {
    const { world, app } = aFullWorld();
    const single = world.person({
      emails: [{ id: 'x1', address: 's@agency.gov', confirmedAt: NOW, lastSignInAt: null }],
    });
    const cookie = world.signIn(single);
    const path = `/manage/auth_app/${single.factors[0]?.id ?? ''}/confirm_delete`;
    const refused = await get(app, path, cookie);
    expect(refused.status).toBe(409);
    expect(await refused.text()).toContain('only authentication method');
    const csrf = csrfIn(await (await get(app, '/account/forget_all_browsers', cookie)).text());
    expect((await post(app, path, cookie, { csrf })).status).toBe(409);
    expect(single.factors).toHaveLength(1);
    single.backupCodes = ['A'];
    expect((await post(app, path, cookie, { csrf })).status).toBe(303);
    expect(single.factors).toHaveLength(0);
    expect(other(world, cookie)?.state.facts.methods).toEqual(['backup_codes']);
  });
});

describe('CA-1, CA-2 connected apps', () => {
  const link = {
    subject: 'sub-1',
    agreed: ['email'],
    consentedAt: NOW - 5000,
    revoked: false,
    emailId: 'e1',
  } as const;

  it('names the app, what it receives and the shared address', async () => {
    const { cookie, app } = aFullWorld();
    const html = await (await get(app, '/account/connected_services', cookie)).text();
    for (const text of [
      'Parks &amp; Lakes',
      'email address and first name',
      'pat@agency.gov',
      'href="https://parks.example"',
    ]) {
      expect(html).toContain(text);
    }
  });

  it('CNS-5 disconnecting reaches every session and mails', async () => {
    const { world, person, app } = aFullWorld();
    const apps = { [APP]: { link, visitedAt: NOW, continuedAt: null } };
    const cookie = world.signIn(person, { apps });
    const elsewhere = world.signIn(person, { apps });
    await submit(app, cookie, `/account/service_providers/${APP}/revoke`);
    expect(person.connections[0]).toMatchObject({ revoked: true, agreed: [], subject: 'sub-1' });
    expect(other(world, cookie)?.state.apps).toEqual({});
    expect(other(world, elsewhere)?.state.apps).toEqual({});
    expect(world.sent[0]?.notice).toMatchObject({ kind: 'app-disconnected', app: 'Parks & Lakes' });
    expect((await get(app, `/account/service_providers/${APP}/revoke`, cookie)).status).toBe(404);
  });

  it('EM-5 the shared address can be another confirmed one', async () => {
    const { world, person, cookie, app } = aFullWorld();
    const path = `/account/connected_services/${CONNECTION}/selected_email`;
    await submit(app, cookie, path, { selected_email_id: 'e2' });
    expect(person.connections[0]?.emailId).toBe('e2');
    expect(other(world, cookie)?.state.apps[APP]?.link.emailId).toBe('e2');
  });

  it('EM-5 an app that receives all addresses leaves no choice', async () => {
    const { person, cookie, app } = aFullWorld();
    person.connections = person.connections.map((one) => ({ ...one, agreed: ['email', 'all_emails'] }));
    expect((await get(app, `/account/connected_services/${CONNECTION}/selected_email`, cookie)).status).toBe(
      404,
    );
  });
});

describe('HI-1 history', () => {
  it('pages through everything once', async () => {
    const { cookie, app } = aFullWorld();
    const first = await (await get(app, '/account/history', cookie)).text();
    const older = /href="(\/account\/history\?before=\d+)"/.exec(first)?.[1] ?? '';
    const second = await (await get(app, older, cookie)).text();
    expect(first).toContain('Account created');
    expect(first).toContain('UTC');
    expect(second).toContain('Signed in to Parks &amp; Lakes');
    expect(mainOf(second)).not.toContain('before=');
  });
});

describe('BT-9 sessions', () => {
  it('lists the others and ends one of them', async () => {
    const { world, person, cookie, elsewhere, app } = aFullWorld();
    const html = await (await get(app, '/account/sessions', cookie)).text();
    const path = /href="(\/account\/sessions\/[\w-]{22}\/end)"/.exec(html)?.[1] ?? '';
    expect(html).not.toContain(other(world, elsewhere)?.locator);
    const response = await submit(app, cookie, path);
    expect(response.headers.get('location')).toBe('/account/sessions');
    expect(other(world, elsewhere)).toBeUndefined();
    expect(other(world, cookie)).toBeDefined();
    expect(person.events[0]?.kind).toBe(EVENT_KINDS.session_ended_remotely);
  });

  it('ends all others', async () => {
    const { world, person, cookie, app } = aFullWorld();
    world.signIn(person);
    await submit(app, cookie, '/account/sessions/end_others');
    expect(world.sessions.size).toBe(1);
    expect(other(world, cookie)).toBeDefined();
  });
});

describe('FB-1 forgetting all browsers', () => {
  it('revokes and tells', async () => {
    const { world, person, cookie, app } = aFullWorld();
    await submit(app, cookie, '/account/forget_all_browsers');
    expect(person.rememberRevokedAt).toBe(NOW);
    expect(world.sent[0]?.notice.kind).toBe('browsers-forgotten');
  });
});

describe('DL-1 deleting the account', () => {
  it('needs the password', async () => {
    const { world, cookie, app } = aFullWorld();
    for (const [password, words] of [
      ['', 'Enter your password.'],
      ['wrong', 'not your password'],
    ] as const) {
      const response = await submit(app, cookie, '/account/delete', { password });
      expect(response.status).toBe(422);
      expect(await response.text()).toContain(words);
    }
    expect(world.accounts.size).toBe(1);
  });

  it('limits guesses', async () => {
    const { world, cookie, app } = aFullWorld();
    world.refuseAt.add('reauthenticate-password');
    const response = await submit(app, cookie, '/account/delete', {
      password: 'correct horse battery staple',
    });
    expect(response.status).toBe(429);
    expect(world.accounts.size).toBe(1);
  });

  it('tells every confirmed address, ends every session and erases', async () => {
    const { world, cookie, app } = aFullWorld();
    const response = await submit(app, cookie, '/account/delete', {
      password: 'correct horse battery staple',
    });
    expect(response.headers.get('location')).toBe('/');
    expect(response.headers.getSetCookie().some((line) => line.startsWith('__Host-session=;'))).toBe(true);
    expect(world.sent[0]).toMatchObject({
      to: ['pat@agency.gov', 'pat@home.example'],
      notice: { kind: 'account-deleted' },
    });
    expect(world.accounts.size).toBe(0);
    expect(world.sessions.size).toBe(0);
  });

  it('ends a session, too, that begins while the account goes', async () => {
    const { world, cookie, app } = aFullWorld();
    const { accounts } = world.hall;
    const [own] = world.sessions.values();
    if (own === undefined) throw new Error('nobody is signed in');
    Object.assign(world.hall, {
      accounts: {
        ...accounts,
        erase: async (id: string, now: number) => {
          world.sessions.set('late', { ...own, locator: 'late' });
          return accounts.erase(id, now);
        },
      },
    });
    await submit(app, cookie, '/account/delete', { password: 'correct horse battery staple' });
    expect([...world.sessions.keys()]).toEqual([]);
  });
});

describe('BT-16 downloading one’s data', () => {
  it('holds everything but secrets', async () => {
    const { cookie, app } = aFullWorld();
    const response = await submit(app, cookie, '/account/download');
    expect(response.headers.get('content-disposition')).toContain('attachment');
    const text = await response.text();
    const data = JSON.parse(text);
    expect(data.emails).toHaveLength(3);
    expect(data.connected_apps[0]).toMatchObject({
      app: 'Parks & Lakes',
      known_there_as: 'sub-1',
      shared_email: 'pat@agency.gov',
    });
    expect(data.authentication_methods).toHaveLength(2);
    expect(data.history.length).toBe(Object.keys(EVENT_KINDS).length);
    expect(text).not.toContain('record:');
  });
});
