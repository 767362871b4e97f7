import { type KeyObject, randomBytes, sign, X509Certificate } from 'node:crypto';
import { deflateRawSync } from 'node:zlib';
import { utf8 } from '../../src/kernel/bytes.ts';
import { SAML, SAMLP } from '../../src/saml/wire/names.ts';
import { DSIG, RSA_SHA256, XENC } from '../../src/saml/xml/algorithms.ts';
import { decryptElement } from '../../src/saml/xml/decrypt.ts';
import { verificationKey } from '../../src/saml/xml/keys.ts';
import { messageRules } from '../../src/saml/xml/limits.ts';
import { readXml, type XmlDocument } from '../../src/saml/xml/read.ts';
import { childrenNamed, descendantsNamed, onlyChild, textOf } from '../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import type { AppDocument } from '../local/sample-apps.ts';
import type { HttpClient } from './http-client.ts';
import type { StepTimes, WarmFlow } from './warm.ts';

const ACS = 'https://sp.bench.test/acs';
const PLAIN = 'urn:gatehouse:bench:saml';
const ENCRYPTED = 'urn:gatehouse:bench:saml-encrypted';

/** Which of the two service providers of the bench: what it is told is signed, or signed and encrypted. */
export type Wanted = 'signed' | 'encrypted';
const issuerOf = (wanted: Wanted): string => (wanted === 'signed' ? PLAIN : ENCRYPTED);

/** Registrations of both service providers. */
export const samlApps = (cert: string): readonly AppDocument[] =>
  (['signed', 'encrypted'] as const).map((wanted) => ({
    issuer: issuerOf(wanted),
    friendly_name: `Bench SAML, ${wanted}`,
    identity_protocol: 'saml',
    ial: 1,
    acs_url: ACS,
    block_encryption: wanted === 'signed' ? 'none' : 'aes256-gcm',
    signed_request_required: true,
    attribute_bundle: ['email'],
    certs: [cert],
  }));

/** One AuthnRequest by redirect, signed. */
export interface PreparedSaml {
  readonly path: string;
  readonly id: string;
  readonly relayState: string;
}

/** The newest year whose endpoints serve. */
export async function servingYear(client: HttpClient, now: Date): Promise<number> {
  for (const year of [now.getUTCFullYear(), now.getUTCFullYear() - 1])
    if ((await client.ask({ path: `/api/saml/metadata${year}` })).status === 200) return year;
  throw new Error('no SAML year serves');
}

/** Prepares a sign-in: a signed AuthnRequest in the redirect binding, with a RelayState. */
export function prepareSaml(base: string, year: number, wanted: Wanted, key: KeyObject): PreparedSaml {
  const id = `_${randomBytes(16).toString('hex')}`;
  const relayState = randomBytes(12).toString('base64url');
  const path = `/api/saml/auth${year}`;
  const at = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const xml =
    `<samlp:AuthnRequest xmlns:samlp="${SAMLP}" xmlns:saml="${SAML}" ID="${id}" Version="2.0" IssueInstant="${at}"` +
    ` Destination="${base}${path}" AssertionConsumerServiceURL="${ACS}"><saml:Issuer>${issuerOf(wanted)}</saml:Issuer>` +
    '<samlp:NameIDPolicy Format="urn:oasis:names:tc:SAML:2.0:nameid-format:persistent" AllowCreate="true"/>' +
    '</samlp:AuthnRequest>';
  const signed = new URLSearchParams([
    ['SAMLRequest', deflateRawSync(xml).toString('base64')],
    ['RelayState', relayState],
    ['SigAlg', RSA_SHA256],
  ]).toString();
  const signature = sign('sha256', Buffer.from(signed), key).toString('base64');
  return { path: `${path}?${signed}&Signature=${encodeURIComponent(signature)}`, id, relayState };
}

const fieldOf = (page: string, name: string): string | undefined =>
  new RegExp(`<input[^>]* name="${name}"[^>]* value="([^"]*)"`).exec(page)?.[1];

/** Whether a page posts a Response to the bench's service provider. */
export const isSamlAnswer = (page: string): boolean =>
  page.includes(`action="${ACS}"`) && fieldOf(page, 'SAMLResponse') !== undefined;

/** One warm sign-in: the request with the session cookie, the form with the Response. Every answer is checked. */
async function signInWarmSaml(
  client: HttpClient,
  cookie: string,
  { path, id, relayState }: PreparedSaml,
  wanted: Wanted,
): Promise<StepTimes & { readonly xml: string }> {
  const start = performance.now();
  const { status, text } = await client.ask({ path, headers: { cookie } });
  const flow = performance.now() - start;
  const answer = fieldOf(text, 'SAMLResponse');
  if (status !== 200 || answer === undefined || !isSamlAnswer(text))
    throw new Error(`SAML: answered ${status} ${text.slice(0, 200)}`);
  const xml = Buffer.from(answer, 'base64').toString();
  if (!xml.includes(`InResponseTo="${id}"`) || fieldOf(text, 'RelayState') !== relayState)
    throw new Error('SAML: an answer to another request');
  if (xml.includes('<EncryptedAssertion') !== (wanted === 'encrypted'))
    throw new Error(`SAML: not ${wanted} as registered`);
  return { flow, xml };
}

/** The warm SAML sign-in as the bench times it. */
export const samlFlow = (base: string, year: number, wanted: Wanted, key: KeyObject): WarmFlow => ({
  name: `saml ${wanted}`,
  prepare() {
    const prepared = prepareSaml(base, year, wanted, key);
    return async (client, cookie) => {
      const { flow } = await signInWarmSaml(client, cookie, prepared, wanted);
      return { flow };
    };
  },
});

/** Signs in once and checks the answer for real: opens the assertion and verifies it with the published certificate. */
export async function checkSaml(
  client: HttpClient,
  cookie: string,
  year: number,
  wanted: Wanted,
  key: KeyObject,
): Promise<void> {
  const prepared = prepareSaml(client.base, year, wanted, key);
  const { xml } = await signInWarmSaml(client, cookie, prepared, wanted);
  const metadata = read(utf8((await client.ask({ path: `/api/saml/metadata${year}` })).text), 'lang');
  const [shown] = descendantsNamed(metadata.root, DSIG, 'X509Certificate');
  const certificate = new X509Certificate(
    Buffer.from(shown === undefined ? '' : (textOf(shown) ?? ''), 'base64'),
  );
  const published = await verificationKey(certificate.toString());
  if (!published.ok) throw new Error('SAML: the published certificate cannot be used');
  const assertion = await assertionIn(xml, wanted, key);
  const verified = await verifyEnvelopedSignature(assertion, [published.value]);
  if (!verified.ok) throw new Error(`SAML: the assertion does not verify: ${verified.error.reason}`);
}

const read = (bytes: Uint8Array, xmlAttributes: 'refuse' | 'lang' = 'refuse'): XmlDocument => {
  const document = readXml(bytes, { ...messageRules, xmlAttributes });
  if (!document.ok) throw new Error(`SAML: unreadable: ${document.error.reason}`);
  return document.value;
};

async function assertionIn(xml: string, wanted: Wanted, key: KeyObject): Promise<XmlDocument> {
  const { root } = read(utf8(xml));
  if (wanted === 'signed') {
    const [assertion] = childrenNamed(root, SAML, 'Assertion');
    if (assertion === undefined) throw new Error('SAML: no assertion');
    // Written in canonical form, it is the same bytes alone as inside the Response.
    return read(utf8(/<Assertion .*<\/Assertion>/s.exec(xml)?.[0] ?? ''));
  }
  const outer = onlyChild(root, SAML, 'EncryptedAssertion');
  const data = outer === undefined ? undefined : onlyChild(outer, XENC, 'EncryptedData');
  if (data === undefined) throw new Error('SAML: nothing encrypted');
  const pkcs8 = key.export({ type: 'pkcs8', format: 'der' });
  const opener = await crypto.subtle.importKey('pkcs8', pkcs8, { name: 'RSA-OAEP', hash: 'SHA-1' }, false, [
    'decrypt',
  ]);
  const opened = await decryptElement(data, { key: opener, transport: 'rsa-oaep-mgf1p' });
  if (!opened.ok) throw new Error(`SAML: cannot be decrypted: ${opened.error.reason}`);
  return read(opened.value);
}
