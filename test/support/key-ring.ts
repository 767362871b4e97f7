import type { FactorKind } from '../../src/factors/model.ts';
import { Browser } from './browser.ts';
import type { CardWorld, Presented } from './cards.ts';
import { asObject, textOf } from './json.ts';
import { authenticatorOf, usePasskey } from './passkey-pages.ts';
import { aPerson, type Person } from './people.ts';
import { ORIGIN } from './served.ts';
import type { SoftwareAuthenticator } from './software-authenticator.ts';
import { newestText } from './texts.ts';

/** Somebody with an account, and everything they have to prove who they are. */
export interface KeyRing {
  readonly person: Person;
  readonly held: readonly FactorKind[];
  readonly authenticators: ReadonlyMap<string, SoftwareAuthenticator>;
  readonly phone: string;
  readonly card: Presented | null;
}

/** Makes a test account with these factors through the sandbox interface. */
export async function aKeyRing({ worker }: CardWorld, held: readonly FactorKind[]): Promise<KeyRing> {
  const person = await aPerson(worker, { factors: held });
  const { credentials, phones, piv } = person.made ?? {};
  const list: readonly unknown[] = Array.isArray(credentials) ? credentials : [];
  const authenticators = new Map(
    list.map((told) => [textOf(asObject(told), 'kind'), authenticatorOf(told)] as const),
  );
  const card = typeof piv === 'object' && piv !== null ? asObject(piv) : null;
  const numbers: readonly unknown[] = Array.isArray(phones) ? phones : [];
  return {
    person,
    held,
    authenticators,
    phone: typeof numbers[0] === 'string' ? numbers[0] : '',
    card:
      card === null
        ? null
        : {
            certificatePem: textOf(card, 'certificate'),
            chainPem: textOf(card, 'chain'),
            keyPem: textOf(card, 'private_key'),
          },
  };
}

/** The kind of factor a page asks for; null for any other page. */
export function askedFor({ url, html }: Browser['view']): FactorKind | null {
  if (url.origin !== ORIGIN) return null;
  switch (url.pathname) {
    case '/login/two_factor/authenticator':
      return 'totp';
    case '/login/two_factor/backup_code':
      return 'backup_codes';
    case '/login/two_factor/sms':
    case '/login/two_factor/voice':
      return 'phone';
    case '/login/two_factor/webauthn':
      return url.searchParams.get('platform') === 'true' || html.includes('name="platform" value="true"')
        ? 'platform_passkey'
        : 'security_key';
    case '/login/two_factor/piv_cac':
      return 'piv';
    default:
      return null;
  }
}

/** Answers the page a browser stands at, which asks for a second factor; the browser is remembered if so told. */
export async function prove(
  world: CardWorld,
  browser: Browser,
  ring: KeyRing,
  remember = false,
): Promise<void> {
  const box = { remember_device: remember ? '1' : null };
  const kind = askedFor(browser.view);
  switch (kind) {
    case 'totp':
      await browser.submit({ 'one-time-code': ring.person.nextCode(), ...box });
      return;
    case 'backup_codes':
      await browser.submit({ code: ring.person.backupCode(), ...box });
      return;
    case 'phone':
      await browser.submit({ 'one-time-code': (await newestText(world.worker, ring.phone)).code, ...box });
      return;
    case 'security_key':
    case 'platform_passkey': {
      const authenticator = ring.authenticators.get(kind);
      if (authenticator === undefined) throw new Error(`asked for a ${kind} that nobody holds`);
      await usePasskey(browser, authenticator);
      return;
    }
    case 'piv':
      await browser.submit({}, ({ action }) => action.includes('piv_cac'));
      await world.present(browser, ring.card);
      return;
    default:
      throw new Error(
        `no factor is asked for at ${browser.view.url.pathname}: ${browser.view.text.slice(0, 200)}`,
      );
  }
}

let network = 0;
/** A browser in a network nobody used before, so that no limit of another test counts. */
export function aNewBrowser({ worker }: CardWorld): Browser {
  network += 1;
  return new Browser(worker, { 'cf-connecting-ip': `198.18.${network >> 8}.${network & 255}` });
}
