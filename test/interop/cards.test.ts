import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openCardAuthority } from '../../scripts/local/card-authority.ts';
import { USUAL_POLICIES } from '../../src/factors/piv/card-certificate.ts';
import type { Certificate } from '../../src/factors/piv/certificate.ts';
import { findPath } from '../../src/factors/piv/certification-path.ts';
import { pemOf } from '../../src/factors/piv/make-certificate.ts';
import { ocspRequest, standingInAnswer } from '../../src/factors/piv/ocsp.ts';
import { standingInList } from '../../src/factors/piv/revocation-list.ts';
import { readBundle } from '../../src/factors/piv/trust-store.ts';

const [POLICY = ''] = USUAL_POLICIES;
let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'gatehouse-cards-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const file = (name: string): string => join(folder, name);
const openssl = (...args: readonly string[]): string =>
  execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });

/** What openssl is told to make: an authority with its own ideas of encoding, and cards of two kinds. */
const CONFIG = `
[ca]
default_ca = authority
[authority]
database = index.txt
serial = serial
new_certs_dir = .
certificate = ca.pem
private_key = ca-key.pem
default_md = sha256
default_days = 30
default_crl_days = 7
policy = anything
[anything]
countryName = optional
organizationName = optional
organizationalUnitName = optional
commonName = supplied
[req]
distinguished_name = none
string_mask = default
[none]
[as_authority]
basicConstraints = critical,CA:true,pathlen:1
keyUsage = critical,keyCertSign,cRLSign
subjectKeyIdentifier = hash
[as_card]
basicConstraints = CA:false
keyUsage = critical,digitalSignature
extendedKeyUsage = clientAuth,msSmartcardLogin
certificatePolicies = ${POLICY}
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid,issuer
subjectAltName = otherName:msUPN;UTF8:1234567890@mil,URI:urn:uuid:f81d4fae-7dec-11d0-a765-00a0c91e6bf6
crlDistributionPoints = URI:ldap://lists.test/cn=x,URI:http://lists.test/ca.crl
authorityInfoAccess = OCSP;URI:http://answers.test,caIssuers;URI:http://lists.test/ca.p7c
`;

describe.each([
  ['RSA', ['-newkey', 'rsa:2048']],
  ['ECDSA P-384', ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384']],
] as const)('what openssl makes with %s', (_kind, newKey) => {
  let authority: Certificate;
  let cards: readonly Certificate[];
  let now = 0;

  beforeAll(() => {
    writeFileSync(file('ca.cnf'), CONFIG);
    writeFileSync(file('index.txt'), '');
    writeFileSync(file('serial'), '1000\n');
    const common = ['-config', 'ca.cnf', '-nodes'] as const;
    openssl(
      'req',
      '-x509',
      ...newKey,
      ...common,
      '-keyout',
      'ca-key.pem',
      '-out',
      'ca.pem',
      '-days',
      '60',
      '-subj',
      '/C=US/O=Other Government/CN=Other Authority',
      '-extensions',
      'as_authority',
    );
    for (const name of ['good', 'lost']) {
      openssl(
        'req',
        '-new',
        ...newKey,
        ...common,
        '-keyout',
        `${name}-key.pem`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/C=US/O=Other Government/OU=Fleet/CN=HOPPER.GRACE.${name}`,
      );
      openssl(
        'ca',
        '-config',
        'ca.cnf',
        '-batch',
        '-notext',
        '-extensions',
        'as_card',
        '-in',
        `${name}.csr`,
        '-out',
        `${name}.pem`,
      );
    }
    openssl('ca', '-config', 'ca.cnf', '-revoke', 'lost.pem');
    openssl('ca', '-config', 'ca.cnf', '-gencrl', '-out', 'ca.crl.pem');
    openssl('crl', '-in', 'ca.crl.pem', '-outform', 'DER', '-out', 'ca.crl');
    const read = (name: string): Certificate => {
      const [certificate] = readBundle(readFileSync(file(name), 'utf8')) ?? [];
      if (certificate === undefined) throw new Error(`${name} cannot be read`);
      return certificate;
    };
    authority = read('ca.pem');
    cards = [read('good.pem'), read('lost.pem')];
    now = Date.now();
  });

  it('is read and leads to its anchor', async () => {
    for (const card of cards) {
      const trust = { anchors: [authority], issuers: [] };
      expect((await findPath(card, [], trust, { now, policies: USUAL_POLICIES })).ok).toBe(true);
      expect(card.extensions).toMatchObject({
        ocspUrls: ['http://answers.test'],
        crlUrls: ['http://lists.test/ca.crl'],
        unknownCritical: false,
      });
    }
    expect(cards[0]?.subject.text).toBe('CN=HOPPER.GRACE.good,OU=Fleet,O=Other Government,C=US');
    const shown = openssl('x509', '-in', 'good.pem', '-noout', '-subject', '-nameopt', 'RFC2253').trim();
    expect(shown).toBe(`subject=${cards[0]?.subject.text}`);
  });

  it('says in its list which card was revoked', async () => {
    const list = new Uint8Array(readFileSync(file('ca.crl')));
    const kinds = await Promise.all(cards.map((card) => standingInList(list, card, authority, now)));
    expect(kinds.map(({ kind }) => kind)).toEqual(['good', 'revoked']);
  });

  it('understands our question, and we its answer', async () => {
    const kinds: string[] = [];
    for (const card of cards) {
      writeFileSync(file('question.der'), ocspRequest(card, authority) ?? new Uint8Array());
      openssl(
        'ocsp',
        '-index',
        'index.txt',
        '-CA',
        'ca.pem',
        '-rsigner',
        'ca.pem',
        '-rkey',
        'ca-key.pem',
        '-reqin',
        'question.der',
        '-respout',
        'answer.der',
        '-ndays',
        '1',
      );
      const answer = new Uint8Array(readFileSync(file('answer.der')));
      kinds.push((await standingInAnswer(answer, card, authority, now)).kind);
    }
    expect(kinds).toEqual(['good', 'revoked']);
  });
});

describe('what the local card authority makes', () => {
  it('is accepted by openssl: chain, purpose, lists and answers', async () => {
    const authority = await openCardAuthority(null, {
      url: 'http://127.0.0.1:9',
      host: 'card.test',
      now: Date.now,
    });
    const [card, lost] = [
      await authority.issue({ commonName: 'Grace Hopper' }),
      await authority.issue({ commonName: 'Lost' }),
    ];
    authority.revoke(lost.der);
    writeFileSync(file('root.pem'), authority.root.certificatePem);
    writeFileSync(file('issuing.pem'), authority.issuing.certificatePem);
    writeFileSync(file('card.pem'), card.certificatePem);
    writeFileSync(file('lost.pem'), lost.certificatePem);
    writeFileSync(
      file('lists.pem'),
      pemOf('X509 CRL', await authority.rootList()) + pemOf('X509 CRL', await authority.list()),
    );
    const verify = (name: string): string =>
      openssl(
        'verify',
        '-x509_strict',
        '-purpose',
        'sslclient',
        '-crl_check_all',
        '-policy_check',
        '-explicit_policy',
        '-policy',
        POLICY,
        '-CAfile',
        'root.pem',
        '-CRLfile',
        'lists.pem',
        '-untrusted',
        'issuing.pem',
        name,
      );
    expect(verify('card.pem').trim()).toMatch(/card\.pem: OK$/m);
    expect(() => verify('lost.pem')).toThrow(/certificate revoked/);
    for (const [name, word] of [
      ['card', 'good'],
      ['lost', 'revoked'],
    ] as const) {
      openssl(
        'ocsp',
        '-issuer',
        'issuing.pem',
        '-cert',
        `${name}.pem`,
        '-reqout',
        'request.der',
        '-no_nonce',
      );
      const answer = await authority.answer(new Uint8Array(readFileSync(file('request.der'))));
      writeFileSync(file('response.der'), answer ?? new Uint8Array());
      const said = openssl(
        'ocsp',
        '-issuer',
        'issuing.pem',
        '-cert',
        `${name}.pem`,
        '-respin',
        'response.der',
        '-CAfile',
        'root.pem',
        '-verify_other',
        'issuing.pem',
        '-no_nonce',
      );
      expect(said).toContain(`${name}.pem: ${word}`);
    }
  });
});
