import { createPrivateKey } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { countSignIns } from '../../../../src/count-sign-ins.ts';
import { directContext } from '../../../../src/direct.ts';
import { samlDoor, writeSlip } from '../../../../src/saml/endpoints/door.ts';
import type { SamlPorts } from '../../../../src/saml/ports.ts';
import { checkAuthnRequest } from '../../../../src/saml/rules/check-authn-request.ts';
import { toSignInRequest } from '../../../../src/saml/rules/to-sign-in-request.ts';
import type { HandOff, SessionProfile } from '../../../../src/sessions/model.ts';
import { certificateOf, unwrap, vector } from '../../../support/xml.ts';
import { aWorld } from '../../pages/a-hall.ts';
import { aRequest, aSamlApp, EMAIL, NOW, REQ_ATTR, rootOf } from '../a-request.ts';

const unexpected = async (): Promise<never> => {
  throw new Error('not expected here');
};
const HAND_OFF: HandOff = {
  account: 'account',
  emailId: 'work',
  locale: 'en',
  wrappedKey: '',
  sealed: '',
  stale: false,
  sharedEmailId: 'home',
  verifiedAt: null,
  legacyNameId: null,
  cardUsed: true,
};
const PROFILE: SessionProfile = {
  emails: [
    { id: 'first', address: 'pat@first.example', lastSignInAt: null },
    { id: 'home', address: 'pat@home.example', lastSignInAt: 100 },
    { id: 'work', address: 'pat@agency.gov', lastSignInAt: 200 },
  ],
  x509: { subject: 'CN=Pat', issuer: 'CN=CA' },
};

/** The answer to somebody who signed in with these data, and what was counted on the way. */
async function answer(
  profile: SessionProfile = PROFILE,
  handOff: HandOff = HAND_OFF,
): Promise<{
  readonly xml: string;
  readonly counted: readonly string[];
  readonly logged: readonly unknown[];
}> {
  const counted: string[] = [];
  const logged: unknown[] = [];
  const { hall } = aWorld();
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const pkcs8 = createPrivateKey(vector('test-keys/first.key.pem')).export({ type: 'pkcs8', format: 'der' });
  const key = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  const year = {
    year: 2027,
    state: 'live',
    key,
    certificates: [certificateOf('first')],
    notAfter: NOW,
  } as const;
  const ports: SamlPorts = {
    hall: {
      ...hall,
      sessions: { ...hall.sessions, profile: async () => profile },
      log: (level, event, facts) => logged.push({ level, event, ...facts }),
    },
    findAppByIssuer: unexpected,
    years: { serving: async () => year, all: unexpected, metadata: unexpected },
    remember: unexpected,
    findPerson: unexpected,
    noteYear: unexpected,
    issued: () => counted.push('assertion'),
    operator: { name: 'Gatehouse', url: 'https://idp.test/' },
    docsUrl: 'https://docs.test',
    log: () => {},
  };
  const app = aSamlApp({ block_encryption: 'none', email_nameid_format_allowed: true });
  const request = aRequest({ nameIdFormat: EMAIL, classRefs: [`${REQ_ATTR}email,x509_presented`] });
  const signature = { kind: 'unsigned', root: rootOf('<a/>') } as const;
  const valid = unwrap(checkAuthnRequest(app, request, { now: NOW, endpoints: [], signature }));
  const variables = {
    requestId: 'r',
    now: NOW,
    path: '/',
    localeInPath: undefined,
    locale: 'en',
    nonce: 'A'.repeat(22),
  } as const;
  const url = 'https://idp.test/';
  const response = await countSignIns(samlDoor(ports), () => counted.push('sign-in')).encode({
    c: directContext(new Request(url), url, variables, () => new Response(null, { status: 404 })),
    stored: {
      door: 'saml',
      request: toSignInRequest(valid, { locale: null, wantsCreate: false }),
      slip: writeSlip(valid, { year: 2027, relayState: null, plain: false }),
      fingerprint: '',
      arrivedAt: NOW,
    },
    app,
    locale: 'en',
    now: NOW,
    nonce: 'A'.repeat(22),
    answer: {
      kind: 'granted',
      granted: {
        handle: { locator: 'session', secret: new Uint8Array(32) },
        account: 'account',
        facts: { subject: 'subject', authenticatedAt: NOW, sessionEndsAt: NOW, identityHeld: 'none' },
        handOff,
        code: null,
      },
    },
  });
  const [, message = ''] =
    /name="SAMLResponse"[^>]*value="([^"]*)"/.exec((await response?.text()) ?? '') ?? [];
  return { xml: Buffer.from(message, 'base64').toString('utf8'), counted, logged };
}

const nameId = (xml: string): string | undefined => /<NameID [^>]*>([^<]*)</.exec(xml)?.[1];
const attribute = (xml: string, name: string): string | undefined =>
  new RegExp(` Name="${name}"[^>]*><AttributeValue>([^<]*)<`).exec(xml)?.[1];

describe('P9, CNS-4 addresses', () => {
  it('NameID is the one that signed in, the attribute the one shared with the app', async () => {
    const { xml } = await answer();
    expect([nameId(xml), attribute(xml, 'email')]).toEqual(['pat@agency.gov', 'pat@home.example']);
  });

  it('both are the one last used to sign in when those are gone', async () => {
    const { xml } = await answer(PROFILE, { ...HAND_OFF, emailId: 'gone', sharedEmailId: null });
    expect([nameId(xml), attribute(xml, 'email')]).toEqual(['pat@agency.gov', 'pat@agency.gov']);
  });
});

describe('V21 a value that XML cannot hold', () => {
  it('is left out with its attribute, and an error in the log says which', async () => {
    const { xml, logged } = await answer({ ...PROFILE, x509: { subject: 'CN=Pat\u0001', issuer: 'CN=CA' } });
    expect(attribute(xml, 'x509_subject')).toBeUndefined();
    expect([attribute(xml, 'x509_issuer'), attribute(xml, 'x509_presented')]).toEqual(['CN=CA', 'true']);
    expect(logged).toMatchObject([
      { level: 'error', event: 'saml_attribute_left_out', attribute: 'x509_subject' },
    ]);
  });
});

describe('V23 the counts', () => {
  it('have the assertion, and then the sign-in it was for', async () => {
    expect((await answer()).counted).toEqual(['assertion', 'sign-in']);
  });
});
