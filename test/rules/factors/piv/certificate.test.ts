import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { readCertificate } from '../../../../src/factors/piv/certificate.ts';
import { findPath } from '../../../../src/factors/piv/certification-path.ts';
import { readElement, readElements, readOid, readTime } from '../../../../src/factors/piv/der.ts';
import { derOf, oidOf, sequenceOf } from '../../../../src/factors/piv/der-writer.ts';
import { readName } from '../../../../src/factors/piv/distinguished-name.ts';
import { readPresented } from '../../../../src/factors/piv/edge-certificate.ts';
import { readExtensionList } from '../../../../src/factors/piv/extensions.ts';
import { type NamePart, nameOf, pemOf } from '../../../../src/factors/piv/make-certificate.ts';
import { readBundle } from '../../../../src/factors/piv/trust-store.ts';
import { aCard, aRoot, type Holder, NOW, POLICY } from '../../../support/card-chain.ts';

let root: Holder;
let card: Holder;
beforeAll(async () => {
  root = await aRoot();
  card = await aCard(root);
});

describe('X.690 the encoding', () => {
  it.each([
    ['an indefinite length', '3080'],
    ['a length of four bytes', '30840000000100'],
    ['a long form that was not needed', '30810100'],
    ['a long form with a leading zero', '3082007f'],
    ['more than there is', '3003020100ff'.slice(0, 8)],
    ['a tag of several bytes', '3f8101'],
    ['nothing', ''],
  ])('refuses %s', (_what, hex) => {
    expect(readElement(Buffer.from(hex, 'hex'))).toBeNull();
  });

  it('reads back what was written, of any length', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ maxLength: 70_000 }).filter(({ length }) => length < 65_536),
        (bytes) => {
          const element = readElement(derOf(0x04, bytes));
          expect(element?.content.length).toBe(bytes.length);
        },
      ),
    );
  });

  it('reads object identifiers, and refuses padded and unfinished ones', () => {
    for (const oid of [
      '1.2.840.113549.1.1.11',
      '2.5.29.32.0',
      '2.16.840.1.101.3.2.1.3.13',
      '0.9.2342.19200300.100.1.1',
    ])
      expect(readOid(readElements(oidOf(oid))?.[0]?.content ?? new Uint8Array())).toBe(oid);
    for (const hex of ['', '2a80', '2a8001', '80']) expect(readOid(Buffer.from(hex, 'hex'))).toBeNull();
  });

  it('reads times of both kinds, in the one form RFC 5280 allows', () => {
    const time = (tag: number, text: string) =>
      readTime({ tag, content: Buffer.from(text), whole: Buffer.from(text) });
    expect(time(0x17, '261122120000Z')).toBe(Date.UTC(2026, 10, 22, 12));
    expect(time(0x17, '500101000000Z')).toBe(Date.UTC(1950, 0, 1));
    expect(time(0x18, '20500101000000Z')).toBe(Date.UTC(2050, 0, 1));
    for (const text of ['2611221200Z', '261122120000+0100', '261322120000Z', '20261122120000.5Z'])
      expect(time(text.length > 14 ? 0x18 : 0x17, text)).toBeNull();
  });
});

describe('RFC 5280 section 4.2 extensions', () => {
  const listOf = (flag: readonly number[], oid = '1.2.3.4.5') =>
    readExtensionList(
      sequenceOf(
        sequenceOf(oidOf(oid), derOf(0x01, Uint8Array.from(flag)), derOf(0x04, Uint8Array.of(5, 0))),
      ),
    );

  it('are critical or not, and nothing in between that could be overlooked', () => {
    expect(listOf([0xff])?.[0]?.critical).toBe(true);
    expect(listOf([0])?.[0]?.critical).toBe(false);
    for (const flag of [[1], [0x80], [], [0xff, 0xff], [0, 1]]) expect(listOf(flag), `${flag}`).toBeNull();
  });

  it('stand there once', () => {
    const one = sequenceOf(oidOf('2.5.29.19'), derOf(0x04, Uint8Array.of(0x30, 0)));
    expect(readExtensionList(sequenceOf(one))).toHaveLength(1);
    expect(readExtensionList(sequenceOf(one, one))).toBeNull();
  });
});

describe('RFC 4514 names', () => {
  it('are written last part first, with what has a meaning of its own escaped', () => {
    const name = readName(nameOf(['C', 'US'], ['O', 'Harbours, Inc.'], ['CN', ' Grace "Amazing" Hopper ']));
    expect(name?.text).toBe('CN=\\ Grace \\"Amazing\\" Hopper\\ ,O=Harbours\\, Inc.,C=US');
  });

  it('are the same person in another spelling, and another person in another order', () => {
    const key = (...parts: readonly NamePart[]) => readName(nameOf(...parts))?.key;
    expect(key(['O', 'Agency'], ['CN', 'Grace  Hopper'])).toBe(key(['O', 'AGENCY'], ['CN', 'grace hopper ']));
    expect(key(['O', 'Agency'], ['CN', 'Grace'])).not.toBe(key(['CN', 'Grace'], ['O', 'Agency']));
    expect(key(['O', 'a'], ['CN', 'b,c'])).not.toBe(key(['O', 'a,b'], ['CN', 'c']));
  });
});

describe('PV-1 certificates that were tampered with', () => {
  it('are unreadable or lead nowhere, whichever byte was changed', async () => {
    const trust = { anchors: [root.certificate], issuers: [] };
    const { der } = card.certificate;
    for (let at = 0; at < der.length; at += 1) {
      const changed = Uint8Array.from(der);
      changed[at] = (changed[at] ?? 0) ^ 0x01;
      const read = readCertificate(changed);
      if (read === null) continue;
      const path = await findPath(read, [], trust, { now: NOW, policies: [POLICY] });
      expect(path.ok, `byte ${at}`).toBe(false);
    }
  });

  it('are refused when the algorithm inside is another than the one outside (section 4.1.1.2)', () => {
    const { body, signature } = card.certificate.signed;
    const other = sequenceOf(oidOf('1.2.840.10045.4.3.3'));
    expect(readCertificate(sequenceOf(body, other, derOf(0x03, Uint8Array.of(0), signature)))).toBeNull();
  });

  it('are refused when cut short or continued, and never break the reader', () => {
    const { der } = card.certificate;
    for (let length = 0; length < der.length; length += 1)
      expect(readCertificate(der.subarray(0, length)), `${length} bytes`).toBeNull();
    expect(readCertificate(Buffer.concat([der, Uint8Array.of(0)]))).toBeNull();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => readCertificate(sequenceOf(bytes)) === null),
    );
  });
});

describe('MT-2 what the edge says', () => {
  const field = (der: Uint8Array): string => `:${Buffer.from(der).toString('base64')}:`;
  const facts = (more: object = {}) => ({
    certPresented: '1',
    certVerified: 'SUCCESS',
    certRevoked: '0',
    certRFC9440: field(card.certificate.der),
    certChainRFC9440: '',
    ...more,
  });

  it('is nothing without its own word', () => {
    for (const said of [undefined, null, 'x', {}, facts({ certPresented: '0' }), facts({ certPresented: 1 })])
      expect(readPresented(said).kind).toBe('none');
  });

  it('is bad when the certificate is missing, too large or spoilt', () => {
    for (const certRFC9440 of ['', 'MIIB', '::', ':AAAA:', `:${'A'.repeat(40_000)}:`])
      expect(readPresented(facts({ certRFC9440 })).kind).toBe('bad');
  });

  it('is the certificate, its authorities, and whether the edge agrees (MT-3)', () => {
    const chain = `${field(root.certificate.der)}, :AAAA:`;
    const said = readPresented(facts({ certChainRFC9440: chain }));
    expect(said).toMatchObject({ kind: 'certificate', verified: true, revoked: false });
    expect(said.kind === 'certificate' && said.brought).toHaveLength(1);
    const failed = facts({ certVerified: 'FAILED:unable to get local issuer certificate', certRevoked: '1' });
    expect(readPresented(failed)).toMatchObject({ verified: false, revoked: true });
  });
});

describe('bundles of authorities', () => {
  it('are PEM, or base64 with commas; one that is cut short is noticed', () => {
    const pem = pemOf('CERTIFICATE', root.certificate.der);
    const bare = Buffer.from(root.certificate.der).toString('base64');
    expect(readBundle(`# Root\n${pem}\n${pem}`)).toHaveLength(2);
    expect(readBundle(`${bare},${bare}`)).toHaveLength(2);
    expect(readBundle('')).toEqual([]);
    for (const text of [pem.slice(0, -40), bare.slice(0, -8), 'not a certificate'])
      expect(readBundle(text)).toBeNull();
  });
});
