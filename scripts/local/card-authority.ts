import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  randomBytes,
  sign,
} from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { constructed, primitive, readInside, TAG } from '../../src/factors/piv/der.ts';
import { derOf, oidOf, sequenceOf } from '../../src/factors/piv/der-writer.ts';
import {
  cardExtensions,
  EXTENSIONS,
  type ExtensionWish,
  ecdsaSha256,
  makeCertificate,
  nameOf,
  pemOf,
  type Signer,
  signedOf,
  timeOf,
} from '../../src/factors/piv/make-certificate.ts';

const DAY = 86_400_000;
const YEAR = 365 * DAY;
/** id-fpki-common-authentication, so that the usual settings accept these cards. */
const POLICY = '2.16.840.1.101.3.2.1.3.13';
const SERVER_AUTH = '1.3.6.1.5.5.7.3.1';

/** A certificate with its private key, in the forms other programs take. */
export interface Credential {
  readonly der: Uint8Array<ArrayBuffer>;
  readonly certificatePem: string;
  readonly keyPem: string;
}

export interface CardWish {
  readonly commonName: string;
  /** Milliseconds since 1970; a year around now when left out. */
  readonly notBefore?: number;
  readonly notAfter?: number;
  /** Instead of those of a card. */
  readonly extensions?: (spki: Uint8Array, issuerSpki: Uint8Array) => readonly ExtensionWish[];
}

/** An invented government: a root, an authority below it that issues cards, and what says which cards were revoked. */
export interface CardAuthority {
  readonly root: Credential;
  readonly issuing: Credential;
  /** What names the host on which cards are presented. */
  readonly server: Credential;
  readonly issue: (wish: CardWish) => Promise<Credential>;
  readonly revoke: (certificate: Uint8Array) => void;
  /** Lists of the root and of the authority below it, good for a day. */
  readonly rootList: () => Promise<Uint8Array>;
  readonly list: () => Promise<Uint8Array>;
  /** RFC 6960: the answer to a request about one certificate; null for a request that cannot be read. */
  readonly answer: (request: Uint8Array) => Promise<Uint8Array | null>;
  /** What the Worker has to be told. */
  readonly variables: (host: string, proxySecret: string) => Readonly<Record<string, string>>;
}

const spkiOf = (key: KeyObject): Uint8Array => createPublicKey(key).export({ type: 'spki', format: 'der' });
const signer = (name: Uint8Array, key: KeyObject): Signer => ({
  name,
  algorithm: ecdsaSha256(),
  sign: async (body) => sign('sha256', body, key),
});
const newKey = (): KeyObject => generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
const pemKey = (key: KeyObject): string => key.export({ type: 'pkcs8', format: 'pem' }).toString();
const credential = (der: Uint8Array<ArrayBuffer>, key: KeyObject): Credential => ({
  der,
  certificatePem: pemOf('CERTIFICATE', der),
  keyPem: pemKey(key),
});

const COUNTRY = [
  ['C', 'US'],
  ['O', 'Test Government'],
] as const;
const ROOT_NAME = nameOf(...COUNTRY, ['CN', 'Test Root']);
const ISSUING_NAME = nameOf(...COUNTRY, ['OU', 'Test Agency'], ['CN', 'Test Card Authority']);

/** Names of the host for cards in the certificate that the proxy shows. */
const serverNames = (host: string): ExtensionWish => ({
  oid: '2.5.29.17',
  critical: false,
  value: /^[\d.]+$/.test(host)
    ? sequenceOf(derOf(primitive(7), Uint8Array.from(host.split('.').map(Number))))
    : sequenceOf(...[host, `*.${host}`].map((name) => derOf(primitive(2), Buffer.from(name)))),
});

interface Keys {
  readonly root: KeyObject;
  readonly issuing: KeyObject;
  readonly server: KeyObject;
}
type Name = keyof Keys;
const NAMES: readonly Name[] = ['root', 'issuing', 'server'];

/**
 * Opens the authority kept in a folder, or makes one there (null: only in memory). `url` is where its lists and answers
 * are served; `host` is the host for cards, without its port.
 */
export async function openCardAuthority(
  folder: string | null,
  { url, host, now }: { readonly url: string; readonly host: string; readonly now: () => number },
): Promise<CardAuthority> {
  const file = (name: string): string | null => (folder === null ? null : join(folder, name));
  const read = (name: string): string | null => {
    const path = file(name);
    return path !== null && existsSync(path) ? readFileSync(path, 'utf8') : null;
  };
  const write = (name: string, text: string): void => {
    const path = file(name);
    if (path !== null) writeFileSync(path, text, { mode: 0o600 });
  };
  if (folder !== null) mkdirSync(folder, { recursive: true });
  const stored = NAMES.every((name) => read(`${name}-key.pem`) !== null && read(`${name}.pem`) !== null);
  const keyOf = (name: Name): KeyObject => {
    const pem = stored ? read(`${name}-key.pem`) : null;
    return pem === null ? newKey() : createPrivateKey(pem);
  };
  const keys: Keys = { root: keyOf('root'), issuing: keyOf('issuing'), server: keyOf('server') };
  const rootSigner = signer(ROOT_NAME, keys.root);
  const issuingSigner = signer(ISSUING_NAME, keys.issuing);
  const life = { notBefore: now() - DAY, notAfter: now() + 10 * YEAR };
  const made = async (
    name: Name,
    subject: Uint8Array,
    extensions: readonly ExtensionWish[],
  ): Promise<Credential> => {
    const pem = stored ? read(`${name}.pem`) : null;
    const der =
      pem === null
        ? await makeCertificate(
            { serial: randomBytes(16), subject, ...life, spki: spkiOf(keys[name]), extensions },
            rootSigner,
          )
        : new Uint8Array(Buffer.from(pem.replace(/-----[^-]+-----|\s/g, ''), 'base64'));
    const kept = credential(der, keys[name]);
    if (pem === null) {
      write(`${name}.pem`, kept.certificatePem);
      write(`${name}-key.pem`, kept.keyPem);
    }
    return kept;
  };
  const authorityExtensions = (name: Name, pathLength: number | null): readonly ExtensionWish[] => [
    EXTENSIONS.subjectKeyId(spkiOf(keys[name])),
    EXTENSIONS.authorityKeyId(spkiOf(keys.root)),
    EXTENSIONS.authority(pathLength),
    EXTENSIONS.keyUsage(0x06),
  ];
  const root = await made('root', ROOT_NAME, authorityExtensions('root', null));
  const issuing = await made('issuing', ISSUING_NAME, [
    ...authorityExtensions('issuing', 0),
    EXTENSIONS.policies(POLICY),
    EXTENSIONS.crl(`${url}/root.crl`),
  ]);
  const server = await made('server', nameOf(['CN', host]), [
    serverNames(host),
    EXTENSIONS.keyUsage(0x80),
    EXTENSIONS.extendedKeyUsage(SERVER_AUTH),
  ]);

  const revoked = new Set(read('revoked.txt')?.split('\n').filter(Boolean));
  // Another process may revoke too: the file is the truth, where there is one.
  const isRevoked = (serial: Uint8Array): boolean => {
    const text = Buffer.from(serial).toString('hex');
    return revoked.has(text) || (read('revoked.txt') ?? '').split('\n').includes(text);
  };
  const listOf = (by: Signer, serials: readonly string[]): Promise<Uint8Array> => {
    const entries = serials.map((hex) =>
      sequenceOf(derOf(TAG.integer, Buffer.from(hex, 'hex')), timeOf(now() - DAY)),
    );
    const body = sequenceOf(
      derOf(TAG.integer, Uint8Array.of(1)),
      by.algorithm,
      by.name,
      timeOf(now() - 60_000),
      timeOf(now() + DAY),
      ...(entries.length === 0 ? [] : [sequenceOf(...entries)]),
    );
    return signedOf(body, by);
  };

  return {
    root,
    issuing,
    server,
    async issue({ commonName, notBefore = now() - DAY, notAfter = now() + YEAR, extensions }) {
      const key = newKey();
      const spki = spkiOf(key);
      const issuerSpki = spkiOf(keys.issuing);
      const der = await makeCertificate(
        {
          serial: randomBytes(16),
          subject: nameOf(...COUNTRY, ['OU', 'Test Agency'], ['CN', commonName]),
          notBefore,
          notAfter,
          spki,
          extensions:
            extensions?.(spki, issuerSpki) ??
            cardExtensions({
              spki,
              issuerSpki,
              policy: POLICY,
              crlUrl: `${url}/cards.crl`,
              ocspUrl: `${url}/ocsp`,
            }),
        },
        issuingSigner,
      );
      return credential(der, key);
    },
    revoke(certificate) {
      revoked.add(serialIn(certificate));
      write('revoked.txt', [...revoked].join('\n'));
    },
    rootList: () => listOf(rootSigner, []),
    list: () => listOf(issuingSigner, [...revoked]),
    async answer(request) {
      const id = askedId(request);
      if (id === null) return null;
      const serial = readInside(id, TAG.sequence, 4)?.[3]?.content ?? new Uint8Array();
      const status = isRevoked(serial)
        ? derOf(constructed(1), generalized(now() - DAY))
        : derOf(primitive(0));
      const single = sequenceOf(
        id,
        status,
        generalized(now() - 60_000),
        derOf(constructed(0), generalized(now() + DAY / 24)),
      );
      const responder = derOf(constructed(2), derOf(TAG.octetString, sha1(keyBits(spkiOf(keys.issuing)))));
      const data = sequenceOf(responder, generalized(now()), sequenceOf(single));
      const basic = await signedOf(data, issuingSigner);
      return sequenceOf(
        derOf(TAG.enumerated, Uint8Array.of(0)),
        derOf(constructed(0), sequenceOf(oidOf('1.3.6.1.5.5.7.48.1.1'), derOf(TAG.octetString, basic))),
      );
    },
    variables: (cardHost, proxySecret) => ({
      PIV_HOST: cardHost,
      PIV_ANCHOR_1: Buffer.from(root.der).toString('base64'),
      PIV_PROXY_SECRET: proxySecret,
      PIV_TEST_AUTHORITY: Buffer.from(
        JSON.stringify({
          certificate: Buffer.from(issuing.der).toString('base64'),
          key: keys.issuing.export({ type: 'pkcs8', format: 'der' }).toString('base64'),
          crl: `${url}/cards.crl`,
          ocsp: `${url}/ocsp`,
        }),
      ).toString('base64url'),
    }),
  };
}

const sha1 = (bytes: Uint8Array): Uint8Array => createHash('sha1').update(bytes).digest();
const keyBits = (spki: Uint8Array): Uint8Array =>
  readInside(spki, TAG.sequence, 2)?.[1]?.content.subarray(1) ?? spki;
const generalized = (at: number): Uint8Array<ArrayBuffer> =>
  derOf(
    TAG.generalizedTime,
    Buffer.from(`${new Date(at).toISOString().replace(/[-:T]/g, '').slice(0, 14)}Z`),
  );

/** The serial number of a certificate, hexadecimal. */
function serialIn(certificate: Uint8Array): string {
  const body = readInside(certificate, TAG.sequence, 3)?.[0];
  const serial = body === undefined ? undefined : readInside(body.whole, TAG.sequence, 10)?.[1];
  if (serial === undefined) throw new Error('not a certificate');
  return Buffer.from(serial.content).toString('hex');
}

/** The name of the one certificate an OCSP request asks about. */
function askedId(request: Uint8Array): Uint8Array | null {
  const body = readInside(request, TAG.sequence, 2)?.[0];
  const list =
    body === undefined
      ? undefined
      : readInside(body.whole, TAG.sequence, 4)?.find(({ tag }) => tag === TAG.sequence);
  const single = list === undefined ? undefined : readInside(list.whole, TAG.sequence, 4)?.[0];
  return (single && readInside(single.whole, TAG.sequence, 2)?.[0]?.whole) ?? null;
}
