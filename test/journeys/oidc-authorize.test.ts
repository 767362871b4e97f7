import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, changeApp, FIRST_PAIR, RETURN, type TestApp } from '../support/apps.ts';
import { Browser } from '../support/browser.ts';
import { AAL, AUTH_ONLY, answerOf, type Changes, ISSUER, question } from '../support/oidc.ts';
import { aPerson, walk } from '../support/people.ts';
import type { ServedResponse } from '../support/served.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

let worker: TestWorker;
let app: TestApp;
beforeAll(async () => {
  worker = await startWorker();
  app = await anApp(worker);
});
afterAll(() => worker.close());

const ask = (changes: Changes): Promise<ServedResponse> => worker.fetch(question(app, changes).url);

/** The error page: its status, its headers, and the stable ids on it. */
async function pageOf(answer: ServedResponse) {
  const html = await answer.text();
  const ids = [...html.matchAll(/data-error-id="([^"]+)"/g)].map(([, id]) => id);
  return { status: answer.status, location: answer.headers.get('location'), ids, html };
}

/** The error an app was sent back with. */
function errorOf(answer: ServedResponse) {
  const url = new URL(answer.headers.get('location') ?? 'about:blank');
  return {
    status: answer.status,
    to: `${url.origin}${url.pathname}`,
    parameters: Object.fromEntries(url.searchParams),
    keys: [...url.searchParams.keys()],
  };
}

describe('AUT-4, ERR-1 the client is unknown or missing', () => {
  for (const [what, clientId] of [
    ['unknown', 'urn:test:nobody'],
    ['missing', null],
    ['empty', ''],
    ['blank', '   '],
    ['of fifteen hundred letters', 'x'.repeat(1500)],
  ] as const) {
    it(`shows a page and redirects nobody when it is ${what}`, async () => {
      const page = await pageOf(await ask({ client_id: clientId }));
      expect(page).toMatchObject({ status: 400, location: null });
      expect(page.ids).toContain('bad-client-id');
    });
  }

  it('compares client_id byte for byte', async () => {
    for (const clientId of [
      app.clientId.toUpperCase(),
      ` ${app.clientId}`,
      `${app.clientId}\n`,
      `${app.clientId}/`,
    ]) {
      expect((await pageOf(await ask({ client_id: clientId }))).ids, clientId).toContain('bad-client-id');
    }
  });

  it('is no page of a SAML app', async () => {
    const saml = await anApp(worker, {
      identity_protocol: 'saml',
      redirect_uris: [],
      acs_url: 'https://app.test/acs',
      certs: [FIRST_PAIR.cert],
    });
    expect((await pageOf(await ask({ client_id: saml.clientId }))).ids).toContain('bad-client-id');
  });

  it('ERR-6 sends the person to a page of our own when the app is switched off', async () => {
    const off = await anApp(worker);
    await changeApp(worker, off, { active: false });
    const browser = new Browser(worker);
    await browser.open(question(off).url);
    expect(browser.view).toMatchObject({ status: 403 });
    expect(browser.view.url.pathname).toBe('/app_inactive');
    expect(browser.view.text).not.toContain('Parks');
  });

  it('ERR-6, AUT-14 speaks the language of the request there', async () => {
    const off = await anApp(worker);
    await changeApp(worker, off, { active: false });
    for (const url of [`/es${question(off).url}`, question(off, { locale: 'ES' }).url]) {
      const browser = new Browser(worker);
      await browser.open(url);
      expect(browser.view.url.pathname).toBe('/es/app_inactive');
    }
  });
});

describe('RED-1 near-misses of a redirect URI', () => {
  const near: readonly (readonly [string, string])[] = [
    ['a longer path', `${RETURN}/more`],
    ['a trailing slash', `${RETURN}/`],
    ['another case in the path', 'https://app.test/Callback'],
    ['another port', 'https://app.test:8443/callback'],
    ['plain http', 'http://app.test/callback'],
    ['a sub-domain', 'https://www.app.test/callback'],
    ['a host that merely begins alike', 'https://app.test.evil.test/callback'],
    ['userinfo', 'https://app.test@evil.test/callback'],
    ['userinfo before the right host', 'https://user@app.test/callback'],
    ['an encoded letter in the path', 'https://app.test/%63allback'],
    ['an encoded slash', 'https://app.test%2fcallback'],
    ['a dot segment', 'https://app.test/x/../callback'],
    ['a query', `${RETURN}?x=1`],
    ['an empty query', `${RETURN}?`],
    ['a fragment', `${RETURN}#x`],
    ['an empty fragment', `${RETURN}#`],
    ['a backslash for a slash', 'https://app.test\\callback'],
    ['a backslash before the host', 'https:/\\app.test/callback'],
    ['a backslash in userinfo', 'https://app.test\\@evil.test/callback'],
    ['white space in front', ` ${RETURN}`],
    ['white space behind', `${RETURN} `],
    ['a tab inside', 'https://app.test/call\tback'],
    ['a line break', `${RETURN}\r\nSet-Cookie: a=b`],
    ['a script', 'javascript:alert(1)//app.test/callback'],
    ['data', 'data:text/html,<script>alert(1)</script>'],
    ['no scheme', '//app.test/callback'],
    ['only a path', '/callback'],
    ['nothing', ''],
    ['a fullwidth look-alike', 'https://app。test/callback'],
  ];
  for (const [what, uri] of near) {
    it(`redirects nobody for ${what}`, async () => {
      const page = await pageOf(await ask({ redirect_uri: uri }));
      expect(page).toMatchObject({ status: 400, location: null });
      expect(page.ids.some((id) => id === 'oidc-redirect-match' || id === 'oidc-invalid-redirect')).toBe(
        true,
      );
    });
  }

  it('takes the same URI written another way', async () => {
    for (const uri of ['https://APP.test/callback', 'HTTPS://app.test:443/callback']) {
      const answer = await ask({ redirect_uri: uri, state: 'short' });
      expect(errorOf(answer), uri).toMatchObject({ status: 302, to: RETURN });
    }
  });

  it('RED-3 refuses an app that has no URI', async () => {
    const none = await anApp(worker, { redirect_uris: [] });
    expect((await pageOf(await worker.fetch(question(none).url))).ids).toContain('oidc-redirect-match');
  });
});

describe('ERR-2 what is wrong with the rest of the request goes back to the app', () => {
  const wrong: readonly (readonly [string, Changes, string])[] = [
    ['a short state', { state: 'a'.repeat(21) }, 'State is too short (minimum is 22 characters)'],
    [
      'an empty state',
      { state: '' },
      'State Please fill in this field. State is too short (minimum is 22 characters)',
    ],
    [
      'no state',
      { state: null },
      'State Please fill in this field. State is too short (minimum is 22 characters)',
    ],
    ['a short nonce', { nonce: 'a'.repeat(21) }, 'Nonce is too short (minimum is 22 characters)'],
    [
      'no nonce',
      { nonce: null },
      'Nonce Please fill in this field. Nonce is too short (minimum is 22 characters)',
    ],
    ['the implicit flow', { response_type: 'id_token token' }, 'Response type is not included in the list'],
    ['no response_type', { response_type: null }, 'Response type is not included in the list'],
    ['an unknown scope alone', { scope: 'everything' }, 'Scope No valid scope values found.'],
    ['no scope', { scope: null }, 'Scope Please fill in this field.'],
    ['an unknown acr', { acr_values: 'gold' }, 'Acr values No acceptable acr_values found.'],
    ['no acr_values', { acr_values: null }, 'Acr values Please fill in this field.'],
    ['an AAL without a service level', { acr_values: `${AAL}/2` }, 'Acr values Missing a valid IAL level.'],
    [
      'the vector of trust instead',
      { acr_values: null, vtr: '["C1"]' },
      'Acr values Please fill in this field.',
    ],
    [
      'a verified level the app may not ask for',
      { acr_values: 'urn:acr.login.gov:verified' },
      'Acr values The acr_values are not authorized.',
    ],
    [
      'a level hidden behind a permitted one',
      { acr_values: `urn:acr.login.gov:verified ${AUTH_ONLY}` },
      'Acr values The acr_values are not authorized.',
    ],
    [
      'an unknown prompt',
      { prompt: 'consent' },
      'Prompt is not included in the list Prompt No valid prompt values found.',
    ],
    [
      'a list of prompts',
      { prompt: 'none login' },
      'Prompt is not included in the list Prompt No valid prompt values found.',
    ],
    [
      'an empty prompt',
      { prompt: '' },
      'Prompt Please fill in this field. Prompt is not included in the list',
    ],
    ['prompt=login without permission', { prompt: 'login' }, 'Prompt No valid prompt values found.'],
    ['prompt=create without permission', { prompt: 'create' }, 'Prompt No valid prompt values found.'],
    [
      'a plain challenge',
      { code_challenge_method: 'plain' },
      'Code challenge method is not included in the list',
    ],
    [
      'a challenge without a method',
      { code_challenge_method: null },
      'Code challenge method is not included in the list',
    ],
    ['an unreadable max_age', { max_age: 'soon' }, 'Max age must be a whole number of seconds'],
  ];
  for (const [what, changes, sentence] of wrong) {
    it(`refuses ${what}`, async () => {
      const asked = question(app, changes);
      const { status, to, parameters, keys } = errorOf(await worker.fetch(asked.url));
      expect({ status, to }).toEqual({ status: 302, to: RETURN });
      expect(parameters).toMatchObject({
        error: 'invalid_request',
        iss: ISSUER,
        state: asked.query.get('state') ?? '',
      });
      expect(parameters.error_description).toContain(sentence);
      expect(keys, 'ERR-5: in alphabetical order').toEqual(['error', 'error_description', 'iss', 'state']);
    });
  }

  it('collects every message', async () => {
    const { parameters } = errorOf(await ask({ state: 'x', nonce: 'y', scope: 'z', acr_values: 'w' }));
    for (const field of ['State', 'Nonce', 'Scope', 'Acr values'])
      expect(parameters.error_description).toContain(field);
  });

  it('ERR-5 keeps the query of the redirect URI, ours winning on collision', async () => {
    const uri = 'https://app.test/cb?state=theirs&x=1';
    const queried = await anApp(worker, { redirect_uris: [uri] });
    const asked = question(queried, { redirect_uri: uri, nonce: 'short' });
    const location = (await worker.fetch(asked.url)).headers.get('location') ?? '';
    expect(location).toMatch(
      /^https:\/\/app\.test\/cb\?error=invalid_request&error_description=[^&]+&iss=[^&]+&state=[0-9a-f]{32}&x=1$/,
    );
  });

  it('leaves iss out for an app that does not want it', async () => {
    const old = await anApp(worker, { authorization_response_iss: false });
    expect(errorOf(await worker.fetch(question(old, { nonce: 'short' }).url)).keys).toEqual([
      'error',
      'error_description',
      'state',
    ]);
  });
});

describe('AUT-2, AUT-3 what is harmless', () => {
  it('ignores parameters nobody knows', async () => {
    const answer = await ask({
      approval_prompt: 'force',
      attempts_api_session_id: 'x',
      locale: '',
      display: 'page',
      claims: '{',
      request_uri: 'https://evil.test',
    });
    expect(answer.headers.get('location')).toContain('/?request_id=');
  });

  it('AUT-17 takes no request object, no other response mode, no face match by parameter', async () => {
    const answer = await ask({
      request: 'eyJhbGciOiJub25lIn0.e30.',
      response_mode: 'form_post',
      vtr: '["C2"]',
      biometric_comparison_required: 'true',
      nonce: 'short',
    });
    expect(errorOf(answer)).toMatchObject({ to: RETURN, parameters: { error: 'invalid_request' } });
    expect(errorOf(answer).parameters.error_description, 'nothing else is wrong').toBe(
      'Nonce is too short (minimum is 22 characters)',
    );
  });

  it('SCP-3 does without openid in scope, and notes which app leaves it out', async () => {
    const careless = await anApp(worker);
    await worker.fetch(question(careless, { scope: 'email' }).url);
    const line = JSON.stringify({ level: 'info', event: 'oidc_without_openid', app: careless.uuid });
    await expect.poll(() => worker.logs().map((one) => one.trim())).toContain(line);
    await worker.fetch(question(app).url);
    expect(worker.logs().join('\n')).not.toContain(`"oidc_without_openid","app":"${app.uuid}"`);
  });

  it('lets the last of repeated parameters win, in every decision alike', async () => {
    const { url } = question(app);
    const evil = encodeURIComponent('https://evil.test/');
    const page = await pageOf(await worker.fetch(`${url}&redirect_uri=${evil}`));
    expect(page).toMatchObject({ status: 400, location: null });
    const answer = await worker.fetch(`${url.replace('?', `?redirect_uri=${evil}&state=x&`)}`);
    expect(answer.headers.get('location')).toContain('/?request_id=');
  });

  it('counts state[]= as missing', async () => {
    const { url } = question(app, { state: null });
    expect(errorOf(await worker.fetch(`${url}&state[]=${'a'.repeat(40)}`)).parameters).toMatchObject({
      state: '',
    });
  });

  it('takes 4096 characters of state and 1024 of nonce, and echoes the state unchanged', async () => {
    const state = 'ä&=+ %\u{1f600}'.padEnd(4096, '~');
    const browser = new Browser(worker);
    const person = await aPerson(worker);
    await browser.open(question(app, { state, nonce: 'n'.repeat(1024) }).url);
    expect(answerOf(await walk(browser, person)).state).toBe(state);
  });

  it('accepts the same state and nonce again and again', async () => {
    const asked = question(app);
    for (let times = 0; times < 3; times += 1) {
      expect((await worker.fetch(asked.url)).headers.get('location')).toContain('/?request_id=');
    }
  });
});

describe('input without measure', () => {
  for (const [what, changes] of [
    ['state', { state: 's'.repeat(1_000_000) }],
    ['nonce', { nonce: 'n'.repeat(1_000_000) }],
    ['scope', { scope: 'openid '.repeat(100_000) }],
    ['an unknown parameter', { junk: 'j'.repeat(1_000_000) }],
  ] as const) {
    it(`answers a megabyte of ${what} with a page`, async () => {
      const answer = await ask(changes);
      expect([400, 414, 431]).toContain(answer.status);
      expect(answer.headers.get('location')).toBeNull();
      if (answer.status === 400) expect((await pageOf(answer)).ids).toEqual(['parameter-too-long']);
    });
  }

  it('answers a megabyte in a posted form with a page', async () => {
    const form = question(app).query;
    form.set('state', 's'.repeat(1_000_000));
    const page = await pageOf(
      await worker.fetch('/openid_connect/authorize', {
        method: 'POST',
        headers: { 'content-type': 'application/x-www-form-urlencoded' },
        body: form.toString(),
      }),
    );
    expect(page).toMatchObject({ status: 400, location: null, ids: ['parameter-too-long'] });
  });

  it('answers what is no UTF-8 with a page', async () => {
    for (const broken of [
      'state=%ff%fe%fdaaaaaaaaaaaaaaaaaaaaaaaa',
      'client_id=%c3%28',
      'nonce=%',
      'scope=%u0041',
      'state=%00aaaaaaaaaaaaaaaaaaaaaaaaaaaa',
    ]) {
      const page = await pageOf(await worker.fetch(`${question(app).url}&${broken}`));
      expect(page, broken).toMatchObject({ status: 400, location: null, ids: ['parameter-malformed'] });
    }
  });

  it('survives every byte in every place', async () => {
    const names = [
      'client_id',
      'redirect_uri',
      'state',
      'nonce',
      'scope',
      'acr_values',
      'prompt',
      'locale',
      'ui_locales',
      'login_hint',
      'max_age',
      'id_token_hint',
    ];
    const values = [
      '\r\n',
      '\u0000',
      '\u2028',
      '"><script>',
      "';--",
      '%',
      '%25%30',
      '..',
      '{{7*7}}',
      '\ud83d',
      'constructor',
      '__proto__',
    ];
    const statuses = await Promise.all(
      names.flatMap((name) => values.map(async (value) => (await ask({ [name]: value })).status)),
    );
    expect(statuses.filter((status) => status >= 500)).toEqual([]);
  });
});

describe('injection', () => {
  const SCRIPT = '"><script>alert(1)</script><img src=x onerror=alert(1)>';

  it('puts no script of the request on the error page', async () => {
    for (const name of [
      'client_id',
      'redirect_uri',
      'state',
      'nonce',
      'scope',
      'acr_values',
      'prompt',
      'login_hint',
      'ui_locales',
      'locale',
    ]) {
      const page = await pageOf(await ask({ client_id: 'urn:nobody', [name]: SCRIPT }));
      expect(page.html, name).not.toContain('<script>alert');
      expect(page.html, name).not.toContain('<img src=x');
    }
  });

  it('puts no script on the sign-in page: app name, login_hint, request id', async () => {
    const named = await anApp(worker, { friendly_name: 'Parks <script>alert(1)</script>' });
    const browser = new Browser(worker);
    await browser.open(question(named, { login_hint: SCRIPT }).url);
    expect(browser.view.status).toBe(200);
    expect(browser.view.html).not.toContain('<script>alert');
    expect(browser.view.html).not.toContain('<img src=x');
    await browser.open(`/?request_id=${encodeURIComponent(SCRIPT)}`);
    expect(browser.view.html).not.toContain('<script>alert');
    await browser.open(`/?timeout=${encodeURIComponent(SCRIPT)}&again=${encodeURIComponent(SCRIPT)}`);
    expect(browser.view.html).not.toContain('<script>alert');
  });

  it('splits no header by line breaks in state', async () => {
    const state = `${'a'.repeat(30)}\r\nSet-Cookie: stolen=1\r\n\r\n<script>`;
    const answer = await ask({ state, nonce: 'short' });
    expect(answer.headers.getSetCookie().join()).not.toContain('stolen');
    expect(answer.headers.get('location')).not.toMatch(/[\r\n]/);
    expect(errorOf(answer).parameters.state).toBe(state);
  });

  it('answers a strange request id from outside harmlessly', async () => {
    const answer = await worker.fetch(question(app, { client_id: 'urn:nobody' }).url, {
      headers: { 'cf-ray': SCRIPT },
    });
    expect(await answer.text()).not.toContain('<script>alert');
  });
});

describe('ERR-4 the error page', () => {
  it('is a 400 in HTML with a request id, a way out, and the headers of every page', async () => {
    const answer = await ask({ client_id: 'urn:nobody' });
    const requestId = answer.headers.get('x-request-id') ?? '-';
    expect(answer.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(answer.headers.get('x-frame-options')).toBe('DENY');
    expect(answer.headers.get('strict-transport-security')).toContain('max-age=31536000');
    const policy = answer.headers.get('content-security-policy') ?? '';
    expect(policy).toContain("form-action 'self'");
    expect(policy).toContain("object-src 'none'");
    const { html, status } = await pageOf(answer);
    expect(status).toBe(400);
    expect(html).toContain(requestId);
    expect(html).toContain('href="/"');
    expect(html).not.toMatch(/\bat \w+ \(|\.ts:\d/);
  });

  it('keeps the language of the path, and its sentences in English', async () => {
    const { html } = await pageOf(await worker.fetch(`/es${question(app, { client_id: 'urn:nobody' }).url}`));
    expect(html).toContain('lang="es"');
    expect(html).toContain('Client Bad client_id.');
  });
});

describe('AUT-1 POST', () => {
  const post = (
    body: string,
    type = 'application/x-www-form-urlencoded',
    path = '/openid_connect/authorize',
  ) =>
    worker.fetch(path, {
      method: 'POST',
      headers: { 'content-type': type, origin: 'https://app.test' },
      body,
    });

  it('becomes a GET of our own with the same parameters', async () => {
    const { query } = question(app);
    const answer = await post(query.toString());
    expect(answer.status).toBe(303);
    const location = answer.headers.get('location') ?? '';
    expect(location.startsWith('/openid_connect/authorize?')).toBe(true);
    expect((await worker.fetch(location)).headers.get('location')).toContain('/?request_id=');
  });

  it('changes no value on the way, and lets the last of repeated ones win', async () => {
    const state = `a+b c/ü’&=%\u{1f511}${'x'.repeat(22)}`;
    const { query } = question(app, { state });
    const answer = await post(`state=${'y'.repeat(24)}&unknown=%ff&${query.toString()}`);
    const location = new URL(answer.headers.get('location') ?? '', 'https://idp.test');
    expect(Object.fromEntries(location.searchParams)).toEqual(Object.fromEntries(query));
  });

  it('refuses what is no UTF-8 instead of repairing it', async () => {
    const { query } = question(app);
    expect(await pageOf(await post(`${query.toString()}&state=%ff${'x'.repeat(30)}`))).toMatchObject({
      status: 400,
      location: null,
      ids: ['parameter-malformed'],
    });
  });

  it('keeps the language of the path', async () => {
    expect(
      (await post(question(app).query.toString(), undefined, '/fr/openid_connect/authorize')).headers.get(
        'location',
      ),
    ).toMatch(/^\/fr\/openid_connect\/authorize\?/);
  });

  it('answers another content type with a page', async () => {
    expect(await pageOf(await post('{}', 'application/json'))).toMatchObject({ status: 400, location: null });
  });
});

describe('NET-7 methods', () => {
  it('answers other methods with 404 or 405, never with an error of ours', async () => {
    for (const path of [
      '/openid_connect/authorize',
      '/openid_connect/logout',
      '/api/openid_connect/token',
      '/api/openid_connect/userinfo',
      '/api/openid_connect/certs',
      '/.well-known/openid-configuration',
    ]) {
      for (const method of ['PUT', 'DELETE', 'PATCH', 'PROPFIND']) {
        expect([404, 405], `${method} ${path}`).toContain((await worker.fetch(path, { method })).status);
      }
    }
    expect([404, 405]).toContain((await worker.fetch('/api/openid_connect/token')).status);
    expect([404, 405]).toContain(
      (await worker.fetch('/api/openid_connect/certs', { method: 'POST' })).status,
    );
  });
});

describe('one browser, several questions', () => {
  it('FLO-1 answers the question that was asked last, not the one before it', async () => {
    const other = await anApp(worker, { friendly_name: 'Rivers', redirect_uris: ['https://rivers.test/cb'] });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    const second = question(other, { redirect_uri: 'https://rivers.test/cb' });
    await browser.open(second.url);
    expect(browser.view.text).toContain('Rivers');
    const { url, state } = answerOf(await walk(browser, person));
    expect(url.origin).toBe('https://rivers.test');
    expect(state).toBe(second.state);
  });

  it('AUT-3 answers a repeated attempt with the state of the repetition', async () => {
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(app).url);
    const second = question(app);
    await browser.open(second.url);
    expect(answerOf(await walk(browser, person)).state).toBe(second.state);
  });

  it('finishes the question of the tab that signs in', async () => {
    const other = await anApp(worker, { friendly_name: 'Rivers', redirect_uris: ['https://rivers.test/cb'] });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const first = question(app);
    await browser.open(first.url);
    const tab = browser.view;
    await browser.open(question(other, { redirect_uri: 'https://rivers.test/cb' }).url);
    await browser.open(`${tab.url.pathname}${tab.url.search}`);
    expect(browser.view.text).toContain('Parks');
    const { url, state } = answerOf(await walk(browser, person));
    expect(url.origin).toBe('https://app.test');
    expect(state).toBe(first.state);
  });

  it('AP-1 goes on with the question of the page whose form is sent', async () => {
    const other = await anApp(worker, { friendly_name: 'Rivers', redirect_uris: ['https://rivers.test/cb'] });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    const first = question(app);
    await browser.open(first.url);
    await walk(browser, person, { until: '/login/two_factor/authenticator' });
    const form = browser.view.forms.find(({ byAutocomplete }) => byAutocomplete.has('one-time-code'));
    await browser.open(question(other, { redirect_uri: 'https://rivers.test/cb' }).url);
    expect(browser.view.url.pathname, 'another tab').toBe('/login/two_factor/authenticator');
    const send = (code: string) =>
      browser.post(form?.action ?? '', { ...Object.fromEntries(form?.values ?? []), code });
    await send('000000');
    expect(browser.view.status, 'and stays with it where the form comes back').toBe(422);
    expect(browser.view.text).toContain('Parks');
    const returned = browser.view.forms.find(({ byAutocomplete }) => byAutocomplete.has('one-time-code'));
    expect(returned?.values.get('request_id')).toBe(form?.values.get('request_id'));
    await send(person.nextCode() ?? '');
    expect(browser.view.text).toContain('Parks');
    expect(answerOf(await walk(browser, person)).state).toBe(first.state);
  });
});
