import { describe, expect, it } from 'vitest';
import { checkCardCertificate } from '../../../../src/factors/piv/card-certificate.ts';
import { type Certificate, readCertificate } from '../../../../src/factors/piv/certificate.ts';
import { findPath } from '../../../../src/factors/piv/certification-path.ts';
import { derOf } from '../../../../src/factors/piv/der-writer.ts';
import { EXTENSIONS } from '../../../../src/factors/piv/make-certificate.ts';
import {
  ANY_POLICY,
  aCard,
  aKey,
  anAuthority,
  aRoot,
  authorityExtensions,
  cardSays,
  DAY,
  EMAIL_PROTECTION,
  type Holder,
  issue,
  NOW,
  nameConstraints,
  OTHER_POLICY,
  POLICY,
  unknownCritical,
} from '../../../support/card-chain.ts';

const settings = { now: NOW, policies: [POLICY] };

/** What becomes of a card whose authorities are these, the root first; the root is trusted, the others are brought. */
async function judge(card: Certificate, [root, ...between]: readonly Holder[]): Promise<string> {
  const usable = checkCardCertificate(card, settings);
  if (!usable.ok) return usable.error.reason;
  const anchors = root === undefined ? [] : [root.certificate];
  const brought = between.map(({ certificate }) => certificate);
  const path = await findPath(card, brought, { anchors, issuers: [] }, settings);
  return path.ok ? `accepted by ${path.value.length}` : path.error.reason;
}

describe('RFC 5280 section 6 the way from a card to an anchor', () => {
  it('is found over an authority, whoever knew it', async () => {
    const root = await aRoot();
    const authority = await anAuthority(root);
    const card = await aCard(authority);
    expect(await judge(card.certificate, [root, authority])).toBe('accepted by 3');
    const store = { anchors: [root.certificate], issuers: [authority.certificate] };
    const path = await findPath(card.certificate, [], store, settings);
    expect(path.ok).toBe(true);
  });

  it.each([
    ['p384', 'ecdsaSha384'],
    ['rsa2048', 'rsaSha256'],
    ['rsa2048', 'rsaSha384'],
  ] as const)('holds with %s keys and %s', async (kind, signature) => {
    const key = aKey(kind, 'root');
    const root = await aRoot({ key, signature });
    const card = await aCard(root, { signature });
    expect(await judge(card.certificate, [root])).toBe('accepted by 2');
  });

  it('is not found without the anchor, and an anchor that was brought is none', async () => {
    const root = await aRoot();
    const authority = await anAuthority(root);
    const card = await aCard(authority);
    expect(await judge(card.certificate, [])).toBe('certificate.unverified');
    const foreign = await aRoot({ name: [['CN', 'Foreign']] });
    expect(await judge(card.certificate, [foreign, authority, root])).toBe('certificate.unverified');
  });

  it('is not found for a certificate that signed itself', async () => {
    const root = await aRoot();
    const self = await issue({ name: [['CN', 'Myself']], extensions: cardSays() });
    expect(await judge(self.certificate, [root])).toBe('certificate.unverified');
  });

  it('goes by another authority of the same name when one does not fit', async () => {
    const root = await aRoot();
    const authority = await anAuthority(root);
    const stale = await anAuthority(root, { notAfter: NOW - 1 });
    const impostor = await anAuthority(root, { key: aKey('p256', 'impostor') });
    const card = await aCard(authority);
    expect(await judge(card.certificate, [root, impostor, stale, authority])).toBe('accepted by 3');
  });
});

describe('attacks on the way', () => {
  const cases: readonly (readonly [
    string,
    (root: Holder) => Promise<readonly [Certificate, ...Holder[]]>,
  ])[] = [
    [
      'an authority whose time is over',
      async (root) => {
        const authority = await anAuthority(root, { notAfter: NOW - 1 });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'an authority whose time has not come',
      async (root) => {
        const authority = await anAuthority(root, { notBefore: NOW + 1000 });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'an issuer that is no authority (CA:false)',
      async (root) => {
        const holder = await anAuthority(root, { extensions: cardSays() });
        return [(await aCard(holder)).certificate, root, holder];
      },
    ],
    [
      'an issuer that may sign certificates and does not say that it is an authority',
      async (root) => {
        const holder = await anAuthority(root, { extensions: authorityExtensions().slice(1) });
        return [(await aCard(holder)).certificate, root, holder];
      },
    ],
    [
      'an authority that may sign lists only',
      async (root) => {
        const authority = await anAuthority(root, { extensions: authorityExtensions({ usage: 0x02 }) });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'an authority for mail only',
      async (root) => {
        const extensions = [...authorityExtensions(), EXTENSIONS.extendedKeyUsage(EMAIL_PROTECTION)];
        const authority = await anAuthority(root, { extensions });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'an authority below one that allows none (pathLen 0)',
      async (root) => {
        const upper = await anAuthority(root, { extensions: authorityExtensions({ pathLength: 0 }) });
        const lower = await anAuthority(upper, { name: [['CN', 'Lower']] });
        return [(await aCard(lower)).certificate, root, upper, lower];
      },
    ],
    [
      'something critical that nobody here understands, in an authority',
      async (root) => {
        const authority = await anAuthority(root, {
          extensions: [...authorityExtensions(), unknownCritical],
        });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'a card signed by somebody else in the name of an authority',
      async (root) => {
        const authority = await anAuthority(root);
        const impostor = { ...authority, key: aKey('p256', 'impostor') };
        return [(await aCard(impostor)).certificate, root, authority];
      },
    ],
    [
      'a signature over another certificate',
      async (root) => {
        const [one, other] = [await aCard(root), await aCard(root, { name: [['CN', 'Other']] })];
        const { signed } = one.certificate;
        const swapped = readCertificate(
          derOf(
            0x30,
            signed.body,
            signed.algorithm,
            derOf(0x03, Uint8Array.of(0), other.certificate.signed.signature),
          ),
        );
        if (swapped === null) throw new Error('it should still read');
        return [swapped, root];
      },
    ],
    [
      'a policy that an authority on the way does not have',
      async (root) => {
        const authority = await anAuthority(root, {
          extensions: authorityExtensions({ policies: [OTHER_POLICY] }),
        });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'any policy, from an authority below one that forbids it',
      async (root) => {
        const inhibit = { oid: '2.5.29.54', critical: true, value: Uint8Array.of(2, 1, 0) };
        const upper = await anAuthority(root, { extensions: [...authorityExtensions(), inhibit] });
        const lower = await anAuthority(upper, {
          name: [['CN', 'Lower']],
          extensions: authorityExtensions({ policies: [ANY_POLICY] }),
        });
        return [(await aCard(lower)).certificate, root, upper, lower];
      },
    ],
    [
      'a name outside the permitted ones',
      async (root) => {
        const limits = nameConstraints({
          permitted: [
            [
              ['C', 'US'],
              ['O', 'Other Agency'],
            ],
          ],
        });
        const authority = await anAuthority(root, { extensions: [...authorityExtensions(), limits] });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'a name among the excluded ones, written otherwise',
      async (root) => {
        const limits = nameConstraints({
          excluded: [
            [
              ['C', 'us'],
              ['O', 'AGENCY'],
            ],
          ],
        });
        const authority = await anAuthority(root, { extensions: [...authorityExtensions(), limits] });
        return [(await aCard(authority)).certificate, root, authority];
      },
    ],
    [
      'a constrained kind of name that these rules cannot weigh',
      async (root) => {
        const limits = nameConstraints({ mail: 'agency.gov' });
        const authority = await anAuthority(root, { extensions: [...authorityExtensions(), limits] });
        const mail = {
          oid: '2.5.29.17',
          critical: false,
          value: derOf(0x30, derOf(0x81, Buffer.from('a@evil.test'))),
        };
        const card = await aCard(authority, { extensions: [...cardSays(), mail] });
        return [card.certificate, root, authority];
      },
    ],
    [
      'a signature with SHA-1',
      async () => {
        const root = await aRoot({ key: aKey('rsa2048', 'root'), signature: 'rsaSha256' });
        return [(await aCard(root, { signature: 'rsaSha1' })).certificate, root];
      },
    ],
    [
      'an authority with a key that is too short',
      async () => {
        const root = await aRoot({ key: aKey('rsa1024', 'root'), signature: 'rsaSha256' });
        return [(await aCard(root, { signature: 'rsaSha256' })).certificate, root];
      },
    ],
    [
      'an anchor whose time is over',
      async () => {
        const root = await aRoot({ notAfter: NOW - 1 });
        return [(await aCard(root)).certificate, root];
      },
    ],
  ];

  it.each(cases)('refuses %s', async (_what, make) => {
    const [card, ...authorities] = await make(await aRoot());
    expect(await judge(card, authorities)).toBe('certificate.invalid');
  });

  it('lets the allowed kin of each of them pass', async () => {
    const root = await aRoot();
    const limits = nameConstraints({
      permitted: [
        [
          ['C', 'US'],
          ['O', 'Agency'],
        ],
      ],
      mail: 'agency.gov',
    });
    const extensions = [...authorityExtensions({ pathLength: 1, policies: [ANY_POLICY] }), limits];
    const upper = await anAuthority(root, { extensions });
    const lower = await anAuthority(upper, {
      name: [
        ['C', 'US'],
        ['O', 'Agency'],
        ['CN', 'Lower'],
      ],
      extensions: authorityExtensions({ pathLength: 0 }),
    });
    const card = await aCard(lower);
    expect(await judge(card.certificate, [root, lower, upper])).toBe('accepted by 4');
  });

  it('gives up in time when a crowd of authorities of one name is brought along', async () => {
    const root = await aRoot();
    const authority = await anAuthority(root);
    const crowd = await Promise.all(
      Array.from({ length: 40 }, (_, i) => anAuthority(root, { key: aKey('p256', `crowd ${i % 4}`) })),
    );
    const card = await aCard(authority);
    expect(await judge(card.certificate, [root, ...crowd, authority])).toBe('certificate.invalid');
  });

  it('does not walk in circles', async () => {
    const [a, b] = [await aRoot({ name: [['CN', 'A']] }), await aRoot({ name: [['CN', 'B']] })];
    const [ab, ba] = [
      await anAuthority(a, { name: [['CN', 'B']], key: b.key }),
      await anAuthority(b, { name: [['CN', 'A']], key: a.key }),
    ];
    const card = await aCard(b);
    expect(await judge(card.certificate, [await aRoot(), ab, ba])).toBe('certificate.unverified');
  });
});

describe('PV-1 the certificate of the card itself', () => {
  it.each([
    ['certificate.expired', 'is over', { notAfter: NOW - 1 }],
    ['certificate.invalid', 'is not in force yet', { notBefore: NOW + DAY }],
    [
      'certificate.not_auth_cert',
      'is for signing mail',
      { extensions: cardSays({ purposes: [EMAIL_PROTECTION] }) },
    ],
    ['certificate.not_auth_cert', 'is for decryption', { extensions: cardSays({ usage: 0x20 }) }],
    [
      'certificate.not_auth_cert',
      'has another policy',
      { extensions: cardSays({ policies: [OTHER_POLICY] }) },
    ],
    [
      'certificate.not_auth_cert',
      'has any policy only',
      { extensions: cardSays({ policies: [ANY_POLICY] }) },
    ],
    ['certificate.not_auth_cert', 'has no policy', { extensions: cardSays({ policies: [] }) }],
    [
      'certificate.not_auth_cert',
      'is an authority',
      { extensions: [...authorityExtensions({ usage: 0x86 })] },
    ],
    ['certificate.invalid', 'insists on something unknown', { extensions: [...cardSays(), unknownCritical] }],
    ['certificate.invalid', 'has a key that is too short', { key: aKey('rsa1024', 'card') }],
  ] as const)('is %s when it %s', async (reason, _what, more) => {
    const root = await aRoot();
    const card = await aCard(root, more);
    expect(await judge(card.certificate, [root])).toBe(reason);
  });

  it('may leave its purposes open', async () => {
    const root = await aRoot();
    const card = await aCard(root, { extensions: cardSays({ purposes: [] }) });
    expect(await judge(card.certificate, [root])).toBe('accepted by 2');
  });
});
