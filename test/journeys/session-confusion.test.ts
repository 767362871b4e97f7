import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { anApp, RETURN } from '../support/apps.ts';
import { Browser, type Form, type View } from '../support/browser.ts';
import { answerOf, obtainCode, question } from '../support/oidc.ts';
import { aPerson, walk } from '../support/people.ts';
import { placeOf } from '../support/place.ts';
import { startWorker, type TestWorker } from '../support/worker.ts';

const CONSENT = '/sign_up/completed';
const CONTINUE_AS = '/user_authorization_confirmation';

let worker: TestWorker;
beforeAll(async () => {
  worker = await startWorker({ GH_ENV: 'local' });
});
afterAll(() => worker.close());

/** The form of the page in front, as another tab would still hold it. */
function formAt({ view }: Browser, path: string): Form {
  const form = view.forms.find(({ action }) => action.endsWith(path));
  if (form === undefined) throw new Error(`no form for ${path} at ${view.url.pathname}`);
  return form;
}

const submitLater = (
  browser: Browser,
  form: Form,
  more: Readonly<Record<string, string>> = {},
): Promise<View> => browser.post(form.action, { ...Object.fromEntries(form.values), ...more });

describe('CO-1 two tabs, two apps', () => {
  it('agrees to nothing that the page did not show, when its own question was answered elsewhere', async () => {
    const parks = await anApp(worker);
    const rivers = await anApp(worker, { friendly_name: 'Rivers' });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await browser.open(question(parks).url);
    await walk(browser, person, { until: CONSENT });
    const forgotten = formAt(browser, CONSENT);
    await browser.submit();
    expect(answerOf(browser.view).code).not.toBe('');

    await browser.open(question(rivers).url);
    expect(placeOf(browser)).toBe(CONSENT);
    await submitLater(browser, forgotten);
    expect(placeOf(browser), 'the page of the question that waits').toBe(CONSENT);
    expect(browser.view.text).toContain('Rivers');
    await browser.open(question(rivers, { prompt: 'none' }).url);
    expect(answerOf(browser.view).error).toBe('consent_required');
  });

  it('FLO-7 continues to the app whose page was answered', async () => {
    const parks = await anApp(worker);
    const rivers = await anApp(worker, { friendly_name: 'Rivers' });
    const person = await aPerson(worker);
    const known = new Browser(worker);
    await obtainCode(known, person, parks);
    await obtainCode(known, person, rivers);

    const browser = new Browser(worker);
    await browser.open('/');
    await walk(browser, person);
    const first = question(parks);
    await browser.open(first.url);
    expect(placeOf(browser)).toBe(CONTINUE_AS);
    const held = formAt(browser, CONTINUE_AS);
    await browser.open(question(rivers).url);
    expect(placeOf(browser)).toBe(CONTINUE_AS);
    expect(answerOf(await submitLater(browser, held, { choice: 'continue' })).state).toBe(first.state);
    await browser.open(question(rivers).url);
    expect(placeOf(browser), 'the other app is asked about on its own').toBe(CONTINUE_AS);
  });
});

describe('NET-4 a form that leads to the app at the end', () => {
  it('LGO-5 may lead to where the app takes people after signing out', async () => {
    const bye = 'https://bye.test/done';
    const app = await anApp(worker, { redirect_uris: [RETURN], post_logout_redirect_uris: [bye] });
    const person = await aPerson(worker);
    const browser = new Browser(worker);
    await obtainCode(browser, person, app);
    const query = new URLSearchParams({ client_id: app.clientId, post_logout_redirect_uri: bye });
    await browser.open(`/openid_connect/logout?${query}`);
    const policy = browser.view.headers.get('content-security-policy') ?? '';
    expect(/form-action ([^;]*)/.exec(policy)?.[1]).toContain('https://bye.test');
  });
});
