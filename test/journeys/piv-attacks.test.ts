import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cardExtensions, EXTENSIONS } from '../../src/factors/piv/make-certificate.ts';
import { Browser } from '../support/browser.ts';
import { aCardPerson, type CardPerson, pathOf, withPassword } from '../support/card-people.ts';
import { type CardWorld, type Presented, startCardWorld } from '../support/cards.ts';
import { ORIGIN } from '../support/served.ts';

const POLICY = '2.16.840.1.101.3.2.1.3.13';
const DAY = 86_400_000;
const CHALLENGE = '/login/two_factor/piv_cac';

let world: CardWorld;
beforeAll(async () => {
  world = await startCardWorld();
});
afterAll(() => world.close());

/** A browser that was sent to the host for cards. */
async function sentAway(person: CardPerson): Promise<Browser> {
  const browser = await withPassword(world, person);
  await browser.open(CHALLENGE);
  await browser.submit({}, ({ action }) => action.endsWith('/piv_cac'));
  return browser;
}
/** Where the host for cards sends a browser back to. */
async function wayBack(browser: Browser, card: Presented | null, at: CardWorld = world): Promise<string> {
  const { location } = await at.visit(browser.view.url, card);
  const { origin, pathname, search } = new URL(location ?? 'about:blank');
  expect(origin).toBe(ORIGIN);
  return pathname + search;
}

describe('PV-1 what is said about a card that cannot be accepted', () => {
  const now = (): number => world.worker.now();
  const cases: readonly (readonly [string, string, () => Promise<Presented | null>])[] = [
    ['none', 'Your browser did not present a card.', async () => null],
    [
      'expired',
      'The certificate of this card has expired.',
      () => world.authority.issue({ commonName: 'Late', notAfter: now() - DAY }),
    ],
    [
      'for signing mail',
      'This is not the certificate for signing in.',
      () =>
        world.authority.issue({
          commonName: 'Signature',
          extensions: () => [EXTENSIONS.keyUsage(0xc0), EXTENSIONS.policies('2.16.840.1.101.3.2.1.3.7')],
        }),
    ],
    [
      'revoked',
      'This card was revoked.',
      async () => {
        const card = await world.authority.issue({ commonName: 'Lost card' });
        world.authority.revoke(card.der);
        return card;
      },
    ],
    [
      'without any word on revocation',
      'We could not confirm that this card is in force.',
      () =>
        world.authority.issue({
          commonName: 'Silent',
          extensions: (spki, issuerSpki) =>
            cardExtensions({ spki, issuerSpki, policy: POLICY, crlUrl: null, ocspUrl: null }),
        }),
    ],
    [
      'issued by an unknown authority',
      'We could not confirm that this card is in force.',
      async () => {
        const { openCardAuthority } = await import('../../scripts/local/card-authority.ts');
        const foreign = await openCardAuthority(null, {
          url: 'http://127.0.0.1:9',
          host: 'x.test',
          now: Date.now,
        });
        const card = await foreign.issue({ commonName: 'Grace Hopper' });
        return { ...card, chainPem: foreign.issuing.certificatePem };
      },
    ],
  ];

  it.each(cases)('%s', async (_what, words, card) => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await sentAway(person);
    await browser.open(await wayBack(browser, await card()));
    // An authority of the same name that did not sign the card is as good as none for the person.
    expect(pathOf(browser)).toBe(CHALLENGE);
    expect(browser.view.text).toMatch(
      _what === 'issued by an unknown authority' ? /not valid|could not confirm/ : new RegExp(words),
    );
  });

  it('a revoked card of an account', async () => {
    const person = await aCardPerson(world, ['piv']);
    const der = new Uint8Array(
      Buffer.from(person.card.certificatePem.replace(/-----[^-]+-----|\s/g, ''), 'base64'),
    );
    world.authority.revoke(der);
    const browser = await sentAway(person);
    await browser.open(await wayBack(browser, person.card));
    expect(browser.view.text).toContain('This card was revoked.');
  });
});

describe('PV-1 how often a card is looked at', () => {
  it('is five times for one errand; another errand is not touched', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await sentAway(person);
    const statuses: number[] = [];
    for (let i = 0; i < 7; i += 1) statuses.push((await world.visit(browser.view.url, person.card)).status);
    expect(statuses).toEqual([303, 303, 303, 303, 303, 429, 429]);
    const again = await sentAway(person);
    await again.open(await wayBack(again, person.card));
    expect(pathOf(again)).toBe('/account');
  });
});

describe('MT-4 nobody but the edge speaks about certificates', () => {
  const forged = (person: CardPerson): Readonly<Record<string, string>> => {
    const body = person.card.certificatePem.replace(/-----[^-]+-----|\s/g, '');
    const tlsClientAuth = {
      certPresented: '1',
      certVerified: 'SUCCESS',
      certRevoked: '0',
      certRFC9440: `:${body}:`,
      certChainRFC9440: '',
    };
    return {
      'client-cert': `:${body}:`,
      'cf-client-cert-der-base64': body,
      'x-client-cert': body,
      'mf-cf-blob': JSON.stringify({ tlsClientAuth, cardProxy: 'a guess' }),
    };
  };

  it('so headers through the local edge are dropped', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await sentAway(person);
    const { location } = await world.visit(browser.view.url, null, forged(person));
    const { pathname, search } = new URL(location ?? '');
    await browser.open(pathname + search);
    expect(browser.view.text).toContain('Your browser did not present a card.');
  });

  it('and a word without the secret of the local edge counts for nothing', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await sentAway(person);
    const answer = await world.worker.fetch(browser.view.url.href, { headers: forged(person) });
    const { pathname, search } = new URL(answer.headers.get('location') ?? '');
    await browser.open(pathname + search);
    expect(pathOf(browser)).toBe(CHALLENGE);
    expect(browser.view.text).toContain('Your browser did not present a card.');
  });

  it('and the host people sign in on never looks at certificates', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = await sentAway(person);
    const { url } = browser.view;
    const answer = await world.worker.fetch(`${ORIGIN}${url.pathname}${url.search}`);
    expect(answer.status).toBe(404);
  });
});

describe('PV-1 the token', () => {
  it('is good once', async () => {
    const person = await aCardPerson(world, ['piv']);
    const browser = new Browser(world.worker);
    await browser.open('/login/piv_cac');
    await browser.submit({}, ({ action }) => action.endsWith('/piv_cac'));
    const back = await wayBack(browser, person.card);
    const cookies = [...browser.cookies];
    await browser.open(back);
    expect(pathOf(browser)).toBe('/account');
    // The same browser as it was before, cookies and all.
    browser.cookies.clear();
    for (const [name, value] of cookies) browser.cookies.set(name, value);
    await browser.open(back);
    expect(pathOf(browser)).toBe('/login/piv_cac');
    expect(browser.view.text).toContain('That took too long, or was interrupted.');
  });

  it('is good in the browser that asked: a stolen answer, and somebody else’s card, open nothing', async () => {
    const [victim, attacker] = [await aCardPerson(world, ['piv']), await aCardPerson(world, ['piv'])];
    // The attacker takes the victim's answer to their own session.
    const stolen = await wayBack(await sentAway(victim), victim.card);
    const thief = await sentAway(attacker);
    await thief.open(stolen);
    expect(pathOf(thief)).toBe(CHALLENGE);
    expect(thief.view.text).toContain('That took too long, or was interrupted.');
    // The attacker lures the victim, card in the reader, with their own errand.
    const lure = await sentAway(victim);
    const { location } = await world.visit(lure.view.url, victim.card);
    const innocent = new Browser(world.worker);
    const { pathname, search } = new URL(location ?? '');
    await innocent.open(pathname + search);
    expect(pathOf(innocent), 'nobody is signed in').toBe('/');
  });

  it('is good for one errand: a card shown to sign in adds none, and the other way round', async () => {
    const person = await aCardPerson(world, ['piv', 'totp']);
    const browser = await sentAway(person);
    const back = new URL(await wayBack(browser, person.card), ORIGIN);
    for (const path of ['/piv_cac', '/login/piv_cac']) {
      await browser.open(path + back.search);
      expect(pathOf(browser)).not.toBe('/account');
    }
  });

  it('is good for ten minutes there and two back', async () => {
    const local = await startCardWorld({ GH_ENV: 'local' });
    try {
      const person = await aCardPerson(local, ['piv']);
      const browser = await withPassword(local, person);
      await browser.submit({}, ({ action }) => action.endsWith('/piv_cac'));
      const back = await wayBack(browser, person.card, local);
      await local.worker.advance(121);
      await browser.open(back);
      expect(browser.view.text).toContain('That took too long, or was interrupted.');
      await browser.submit({}, ({ action }) => action.endsWith('/piv_cac'));
      const { url } = browser.view;
      await local.worker.advance(601);
      expect((await local.visit(url, person.card)).location).toBe(`${ORIGIN}/`);
    } finally {
      await local.close();
    }
  });

  it('cannot be made up, left out or changed', async () => {
    const person = await aCardPerson(world, ['piv']);
    const ends = (token: string): string => (token.endsWith('AA') ? 'BB' : 'AA');
    for (const change of [() => '', () => 'x', (token: string) => token.slice(0, -2) + ends(token)]) {
      const browser = await sentAway(person);
      const back = new URL(await wayBack(browser, person.card), ORIGIN);
      const token = change(back.searchParams.get('token') ?? '');
      await browser.open(`${CHALLENGE}?token=${encodeURIComponent(token)}`);
      expect(browser.view.text).toContain('That took too long, or was interrupted.');
    }
  });
});

describe('the host for cards', () => {
  it('has one page, reads no cookie and sets none, and does not say where others may go', async () => {
    const at = (path: string) => world.visit(new URL(`https://abc.card.idp.test${path}`), null);
    for (const path of [
      '/',
      '/account',
      '/login/piv_cac',
      '/api/health',
      '/.well-known/openid-configuration',
    ])
      expect((await at(path)).status, path).toBe(404);
    for (const ticket of ['', 'x', 'a'.repeat(3000)]) {
      const answer = await at(`/check?ticket=${ticket}`);
      expect([answer.status, answer.location]).toEqual([303, `${ORIGIN}/`]);
      expect(answer.cookies).toEqual([]);
    }
  });
});

describe('when the authority is out of reach', () => {
  const attempt = async (policy: string, words: RegExp): Promise<void> => {
    const cut = await startCardWorld({ PIV_REVOCATION: policy });
    try {
      const person = await aCardPerson(cut, ['piv']);
      await cut.silence();
      const browser = await withPassword(cut, person);
      await browser.submit({}, ({ action }) => action.endsWith('/piv_cac'));
      await cut.present(browser, person.card);
      expect(browser.view.text).toMatch(words);
    } finally {
      await cut.close();
    }
  };
  it('a card is refused under `hard`', () => attempt('hard', /could not confirm that this card is in force/));
  it('and passes under `soft`', () => attempt('soft', /Your account/));
});
