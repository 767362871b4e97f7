import { beforeAll, describe, expect, it } from 'vitest';
import { cardIdentity } from '../../../../src/factors/piv/card-identity.ts';
import { checkCard } from '../../../../src/factors/piv/check-card.ts';
import type { RevocationSources } from '../../../../src/factors/piv/check-revocation.ts';
import { EXTENSIONS } from '../../../../src/factors/piv/make-certificate.ts';
import {
  aCard,
  aKey,
  anAuthority,
  aRoot,
  cardSays,
  type Holder,
  NOW,
  POLICY,
} from '../../../support/card-chain.ts';

let root: Holder;
let authority: Holder;
let card: Holder;
beforeAll(async () => {
  root = await aRoot();
  authority = await anAuthority(root);
  card = await aCard(authority);
});

const NOBODY: RevocationSources = {
  list: async () => null,
  keep: async () => {},
  ask: async () => null,
  unanswered: () => {},
};
const field = ({ certificate }: Holder): string => `:${Buffer.from(certificate.der).toString('base64')}:`;
const facts = (holder: Holder, more: object = {}) => ({
  certPresented: '1',
  certVerified: 'SUCCESS',
  certRevoked: '0',
  certRFC9440: field(holder),
  certChainRFC9440: field(authority),
  ...more,
});
const check = (said: unknown, sources = NOBODY, revocation: 'hard' | 'off' = 'off') =>
  checkCard(
    said,
    { anchors: [root.certificate], issuers: [] },
    { policies: [POLICY], revocation },
    sources,
    NOW,
  );
const reasonOf = async (checking: ReturnType<typeof check>): Promise<string> => {
  const checked = await checking;
  return checked.ok ? 'accepted' : checked.error.reason;
};

describe('MT-3, PV-1 whose card it is', () => {
  it('is said by the certificate once the edge and every rule agree', async () => {
    expect(await check(facts(card))).toEqual({
      ok: true,
      value: {
        identity: cardIdentity(card.certificate.subject, root.certificate),
        subject: 'CN=Grace Hopper,O=Agency,C=US',
        issuer: 'CN=Authority,C=US',
        keyId: '',
      },
    });
  });

  it('is said by one authority only: another one that is trusted too names other people', async () => {
    const otherRoot = await aRoot({ name: [['CN', 'Other root']] });
    const other = await anAuthority(otherRoot, { name: [['CN', 'Other authority']] });
    const namesake = await aCard(other);
    expect(namesake.certificate.subject.key).toBe(card.certificate.subject.key);
    const identityOf = async (holder: Holder, by: Holder): Promise<string> => {
      const checked = await checkCard(
        facts(holder, { certChainRFC9440: field(by) }),
        { anchors: [root.certificate, otherRoot.certificate], issuers: [] },
        { policies: [POLICY], revocation: 'off' },
        NOBODY,
        NOW,
      );
      return checked.ok ? checked.value.identity : checked.error.reason;
    };
    const own = await identityOf(card, authority);
    expect(await identityOf(namesake, other)).not.toBe(own);
    const renewed = await anAuthority(root, { name: [['CN', 'Authority of next year']] });
    expect(await identityOf(await aCard(renewed), renewed), 'a renewed card is the same').toBe(own);
    const rekeyed = await aRoot({ key: aKey('p384') });
    const below = await anAuthority(rekeyed, { signature: 'ecdsaSha384' });
    const checked = await checkCard(
      facts(await aCard(below), { certChainRFC9440: field(below) }),
      { anchors: [rekeyed.certificate], issuers: [] },
      { policies: [POLICY], revocation: 'off' },
      NOBODY,
      NOW,
    );
    expect(checked.ok && checked.value.identity, 'and so is one below a new key of the same root').toBe(own);
  });

  it('is not said when the edge objects, whatever our own rules find', async () => {
    for (const certVerified of ['FAILED:self signed certificate', 'NONE', '', 'success', true])
      expect(await reasonOf(check(facts(card, { certVerified })))).toBe('certificate.unverified');
    for (const certRevoked of ['1', '', undefined])
      expect(await reasonOf(check(facts(card, { certRevoked })))).toBe('certificate.revoked');
  });

  it('is told by the nearest reason: what the owner can see comes before what the edge thinks', async () => {
    const expired = await aCard(authority, { notAfter: NOW - 1 });
    const failed = { certVerified: 'FAILED:certificate has expired' };
    expect(await reasonOf(check(facts(expired, failed)))).toBe('certificate.expired');
  });

  it('is nobody when the certificate names nobody', async () => {
    const nameless = await aCard(authority, { name: [] });
    expect(await reasonOf(check(facts(nameless)))).toBe('certificate.invalid');
  });

  it('asks no address in a certificate before an anchor vouches for it', async () => {
    const asked: string[] = [];
    const curious: RevocationSources = {
      list: async (url) => {
        asked.push(url);
        return null;
      },
      keep: async () => {},
      ask: async (url) => {
        asked.push(url);
        return null;
      },
      unanswered: () => {},
    };
    const foreign = await aRoot({ name: [['CN', 'Foreign']] });
    const lure = await aCard(foreign, {
      extensions: [
        ...cardSays(),
        EXTENSIONS.ocsp('http://169.254.169.254/'),
        EXTENSIONS.crl('http://10.0.0.1/'),
      ],
    });
    expect(await reasonOf(check(facts(lure), curious, 'hard'))).toBe('certificate.unverified');
    expect(asked).toEqual([]);
  });
});
