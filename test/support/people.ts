import { fromBase32 } from '../../src/factors/totp/base32.ts';
import { totpAt, totpStep } from '../../src/factors/totp/totp.ts';
import type { Browser, View } from './browser.ts';
import { asObject, type JsonObject, textOf } from './json.ts';
import { ORIGIN, type Served } from './served.ts';

/** Somebody with an account, an authentication app and backup codes. */
export interface Person {
  readonly uuid: string;
  readonly email: string;
  readonly password: string;
  /** A code of the authentication app that was not used yet; null until time moves on. */
  readonly nextCode: () => string | null;
  /** Six digits that their authentication app shows neither now nor in the minutes around; others for another `which`. */
  readonly wrongCode: (which?: number) => string;
  /** The next unused backup code. */
  readonly backupCode: () => string;
  /** Everything the interface told about the account. */
  readonly made?: JsonObject;
}

/** A code is good for a step or two; the rest is for slow machines. */
const STEPS_AROUND = Array.from({ length: 21 }, (_, at) => at - 10);

/** Makes an account through the sandbox interface. */
export async function aPerson(worker: Served, wish: Readonly<Record<string, unknown>> = {}): Promise<Person> {
  const answer = await worker.api('POST', '/api/sandbox/v1/accounts', {
    factors: ['totp', 'backup_codes'],
    ...wish,
  });
  if (answer.status !== 201) throw new Error(`no account: ${answer.status} ${await answer.text()}`);
  const made = asObject(await answer.json());
  const secret = typeof made.totp_secret === 'string' ? fromBase32(made.totp_secret) : null;
  const codes = Array.isArray(made.backup_codes) ? [...made.backup_codes] : [];
  let lastStep = 0;
  return {
    uuid: textOf(made, 'uuid'),
    email: textOf(made, 'email'),
    password: textOf(made, 'password'),
    made,
    nextCode: () => {
      const now = totpStep(worker.now());
      // Codes of the neighbouring steps are good too, but the next one only until the clock could overtake it.
      const step = Math.max(now, lastStep + 1);
      if (secret === null || step > now + 1) return null;
      lastStep = step;
      return totpAt(secret, step);
    },
    wrongCode: (which = 0) => {
      const now = totpStep(worker.now());
      const shown = secret === null ? [] : STEPS_AROUND.map((steps) => totpAt(secret, now + steps));
      const guesses = Array.from({ length: which + shown.length + 1 }, (_, n) => String(n).padStart(6, '0'));
      return guesses.filter((code) => !shown.includes(code))[which] ?? '';
    },
    backupCode: () => {
      const code: unknown = codes.shift();
      if (typeof code !== 'string') throw new Error('no backup code is left');
      return code;
    },
  };
}

/** Signs out as a person does: the page, then its button. */
export async function signOut(browser: Browser): Promise<View> {
  const page = await browser.open('/sign_out');
  const form = page.forms.find(({ action, buttons }) => action.endsWith('/sign_out') && buttons.length > 0);
  if (form === undefined) throw new Error(`no way to sign out at ${page.url.pathname}`);
  return browser.post(form.action, Object.fromEntries(form.values));
}

export interface Walk {
  /** Stop when this page is reached, before anything is done there. */
  readonly until?: string;
  /** Tick or untick the box that remembers the browser; unticked when left out. */
  readonly remember?: boolean;
}

/**
 * Walks through whatever pages a sign-in asks for (password, second factor, consent, continue-as) and stops where an
 * app, or a page that is none of these, is reached.
 */
export async function walk(
  browser: Browser,
  person: Person,
  { until, remember = false }: Walk = {},
): Promise<View> {
  for (let step = 0; step < 10; step += 1) {
    const { url } = browser.view;
    if (url.origin !== ORIGIN || url.pathname === until) return browser.view;
    switch (url.pathname) {
      case '/':
        await browser.submit({ username: person.email, 'current-password': person.password });
        if (browser.view.url.pathname === '/') throw new Error(`sign-in refused: ${browser.view.text}`);
        break;
      case '/login/two_factor/authenticator': {
        const code = person.nextCode();
        if (code === null) await browser.open('/login/two_factor/backup_code');
        else await browser.submit({ 'one-time-code': code, remember_device: remember ? '1' : null });
        break;
      }
      case '/login/two_factor/backup_code':
        await browser.submit({ code: person.backupCode(), remember_device: remember ? '1' : null });
        break;
      case '/sign_up/completed':
        await browser.submit();
        break;
      case '/user_authorization_confirmation':
        await browser.submit({ choice: 'continue' });
        break;
      case '/second_mfa_reminder':
      case '/backup_code_reminder':
        await browser.submit({}, ({ action }) => action.endsWith('_reminder'));
        break;
      default:
        return browser.view;
    }
  }
  throw new Error(
    `the sign-in does not end: ${browser.view.url.pathname} ${browser.view.text.slice(0, 300)}`,
  );
}
