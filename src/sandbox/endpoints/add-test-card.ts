import * as v from 'valibot';
import { USUAL_POLICIES } from '../../factors/piv/card-certificate.ts';
import { cardIdentity } from '../../factors/piv/card-identity.ts';
import { readCertificate } from '../../factors/piv/certificate.ts';
import {
  cardExtensions,
  ecdsaSha256,
  makeCertificate,
  nameOf,
  pemOf,
  rawSignatureToDer,
} from '../../factors/piv/make-certificate.ts';
import { fromBase64Url, fromUtf8 } from '../../kernel/bytes.ts';
import { DAY, type EpochMs, YEAR } from '../../kernel/time.ts';
import type { HallPorts } from '../../signin/ports.ts';
import type { TestCard } from '../test-account.ts';

const Authority = v.object({ certificate: v.string(), key: v.string(), crl: v.string(), ocsp: v.string() });
const CARD_NAME = 'Test card';
const ECDSA = { name: 'ECDSA', namedCurve: 'P-256' } as const;

const base64 = (text: string): Uint8Array<ArrayBuffer> => new Uint8Array(Buffer.from(text, 'base64'));

/** The authority as `npm run dev` hands it over: JSON in base64url. Throws when it is anything else: a set-up mistake. */
function readAuthority(text: string) {
  const json = fromBase64Url(text);
  const { certificate, key, crl, ocsp } = v.parse(Authority, JSON.parse((json && fromUtf8(json)) ?? ''));
  const own = readCertificate(base64(certificate));
  if (own === null) throw new Error('PIV_TEST_AUTHORITY holds no certificate');
  return { own, key: base64(key), crl, ocsp };
}

async function newKeys() {
  const pair = await crypto.subtle.generateKey(ECDSA, true, ['sign', 'verify']);
  if (!('privateKey' in pair)) throw new Error('a key pair was expected');
  const [spki, pkcs8] = await Promise.all([
    crypto.subtle.exportKey('spki', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ]);
  if (!(spki instanceof ArrayBuffer) || !(pkcs8 instanceof ArrayBuffer))
    throw new Error('bytes were expected');
  return { spki: new Uint8Array(spki), pkcs8: new Uint8Array(pkcs8) };
}

/** Gives a test account a card whose private key is told, so that a script or a browser can present it. */
export async function addTestCard(
  hall: HallPorts,
  account: string,
  email: string,
  now: EpochMs,
): Promise<TestCard> {
  const text = hall.cards?.testAuthority ?? null;
  if (text === null) throw new Error('no authority for test cards is set up');
  const { own, key, crl, ocsp } = readAuthority(text);
  const signingKey = await crypto.subtle.importKey('pkcs8', key, ECDSA, false, ['sign']);
  const { spki, pkcs8 } = await newKeys();
  const der = await makeCertificate(
    {
      serial: hall.random(16),
      // The account's id keeps two cards for one address apart.
      subject: nameOf(['C', 'US'], ['O', 'Test Government'], ['OU', account], ['CN', email.slice(0, 64)]),
      notBefore: now - DAY,
      notAfter: now + YEAR,
      spki,
      extensions: cardExtensions({
        spki,
        issuerSpki: own.spki,
        policy: USUAL_POLICIES[0] ?? '',
        crlUrl: crl,
        ocspUrl: ocsp,
      }),
    },
    {
      name: own.subject.der,
      algorithm: ecdsaSha256(),
      sign: async (body) =>
        rawSignatureToDer(
          new Uint8Array(await crypto.subtle.sign({ name: 'ECDSA', hash: 'SHA-256' }, signingKey, body)),
        ),
    },
  );
  const read = readCertificate(der);
  if (read === null) throw new Error('a test card cannot be read');
  const { subject, issuer, extensions } = read;
  const added = await hall.factors.addCard({
    account,
    name: CARD_NAME,
    card: {
      identity: cardIdentity(subject, own),
      subject: subject.text,
      issuer: issuer.text,
      keyId: extensions.subjectKeyId ?? '',
    },
    replaces: null,
    event: { kind: 'piv_cac_enabled', at: now, browser: null },
  });
  if (!added.ok) throw new Error(`a fresh account took no card: ${added.error.reason}`);
  return {
    certificate: pemOf('CERTIFICATE', der),
    chain: pemOf('CERTIFICATE', own.der),
    privateKey: pemOf('PRIVATE KEY', pkcs8),
  };
}
