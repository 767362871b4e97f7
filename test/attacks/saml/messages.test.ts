import { createHmac, sign, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { App } from '../../../src/apps/model.ts';
import { receive } from '../../../src/saml/endpoints/receive.ts';
import type { SamlPorts } from '../../../src/saml/ports.ts';
import { checkLogoutRequest } from '../../../src/saml/rules/check-logout-request.ts';
import { readAuthnRequest } from '../../../src/saml/wire/authn-request.ts';
import { readLogoutRequest } from '../../../src/saml/wire/logout-request.ts';
import { readMessageParameters } from '../../../src/saml/wire/read-parameters.ts';
import { aSamlApp, base64, deflated, NOW } from '../../rules/saml/a-request.ts';
import { certificateOf, keyInfoOf, method, partnerSigned, vector } from '../../support/xml.ts';

/*
 * Attacks on whole messages, through the code that every endpoint receives them with. The attacker holds one genuine
 * signed message of an app and everything public; an attack has failed when it is refused, when it counts as unsigned
 * where that is allowed, or when what is read is the genuine message.
 */

const P = 'urn:oasis:names:tc:SAML:2.0:protocol';
const A = 'urn:oasis:names:tc:SAML:2.0:assertion';
const DS = 'http://www.w3.org/2000/09/xmldsig#';
const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const KEY = vector('test-keys/first.key.pem');
const CERTIFICATE = vector('test-keys/first.crt.pem');
const app = aSamlApp();

const ports: Pick<SamlPorts, 'findAppByIssuer' | 'log'> = {
  findAppByIssuer: (issuer) => Promise.resolve<App | null>(issuer === app.issuer ? app : null),
  log: () => {},
};
// Receiving looks at these two ports alone.
const everything = ports as SamlPorts;

const parametersOf = (query: string, form: string | null = null) => {
  const read = readMessageParameters(query, form);
  return read.ok ? read.value : null;
};
const embedded = (xml: string): string => new URLSearchParams({ SAMLRequest: base64(xml) }).toString();

/** What a logout endpoint would act on: the name in the message, or why it acts on nothing. */
async function logoutOf(query: string, form: string | null = null): Promise<string> {
  const parameters = parametersOf(query, form);
  if (parameters === null) return 'refused';
  const received = await receive(everything, parameters, readLogoutRequest);
  if (!received.ok) return 'refused';
  const { message, signature } = received.value;
  const checked = checkLogoutRequest(app, message, signature, NOW);
  return checked.ok
    ? `acts on ${checked.value.request.nameId?.value} by ${checked.value.request.id}`
    : 'refused';
}

/** How a sign-in endpoint would see a request: what was vouched for, or that nothing was. */
async function authnOf(query: string, form: string | null = null): Promise<string> {
  const parameters = parametersOf(query, form);
  if (parameters === null) return 'refused';
  const received = await receive(everything, parameters, readAuthnRequest);
  if (!received.ok) return 'refused';
  const { message, signature } = received.value;
  return signature.kind === 'verified' ? `vouched ${message.id} ${message.forceAuthn}` : 'not vouched for';
}

const logout = (id: string, name: string, inside = '', attributes = '') =>
  `<samlp:LogoutRequest xmlns:samlp="${P}" ID="${id}" Version="2.0"${attributes}><saml:Issuer xmlns:saml="${A}">${app.issuer}</saml:Issuer>` +
  `${inside}<saml:NameID xmlns:saml="${A}">${name}</saml:NameID></samlp:LogoutRequest>`;
const authn = (id: string, inside = '', attributes = '') =>
  `<samlp:AuthnRequest xmlns:samlp="${P}" ID="${id}" Version="2.0"${attributes}><saml:Issuer xmlns:saml="${A}">${app.issuer}</saml:Issuer>${inside}</samlp:AuthnRequest>`;

const signedLogout = partnerSigned({ text: logout('_r1', 'victim', '%SIGNATURE%') });
const signedAuthn = partnerSigned({ text: authn('_r1', '%SIGNATURE%', ' ForceAuthn="true"') });
const signatureIn = (xml: string): string => /<ds:Signature .*<\/ds:Signature>/s.exec(xml)?.[0] ?? '';

/** The eight permutations of "On Breaking SAML" and their relatives, over any message and a forger of the like. */
function permutations(
  genuine: string,
  evil: (id: string, inside?: string) => string,
): readonly (readonly [string, string])[] {
  const signature = signatureIn(genuine);
  const unsigned = genuine.replace(signature, '');
  const holding = (content: string) => signature.replace('</ds:Signature>', `${content}</ds:Signature>`);
  const object = (content: string) => `<ds:Object>${content}</ds:Object>`;
  const extensions = (content: string) => `<samlp:Extensions>${content}</samlp:Extensions>`;
  const wrapped = (content: string) => `<samlp:Wrapper xmlns:samlp="${P}" ID="_w">${content}</samlp:Wrapper>`;
  return [
    ['XSW1 forged root over the signature that holds the genuine one', evil('_r2', holding(unsigned))],
    ['XSW2 forged root, signature and genuine one detached', evil('_r2', signature + unsigned)],
    ['XSW3 forged sibling first', wrapped(evil('_r2') + genuine)],
    ['XSW4 genuine one inside the forged one', evil('_r2', genuine)],
    ['XSW5 signature stays, genuine one at the end', wrapped(evil('_r2', signature) + unsigned)],
    ['XSW6 genuine one in the signature, in the forged one', wrapped(evil('_r2', holding(unsigned)))],
    ['XSW7 genuine one in Extensions', evil('_r2', extensions(genuine))],
    ['XSW8 genuine one in an Object', evil('_r2', holding(object(unsigned)))],
    ['the same ID on both', evil('_r1', genuine)],
    ['the same ID on both, in Extensions', evil('_r1', signature + extensions(unsigned))],
    [
      'a forgery in Extensions of the genuine one',
      genuine.replace(signature, signature + extensions(evil('_r2'))),
    ],
    ['a forgery in Object', genuine.replace(signature, holding(object(evil('_r2'))))],
    ['a forgery in KeyInfo', genuine.replace(signature, holding(`<ds:KeyInfo>${evil('_r2')}</ds:KeyInfo>`))],
    ['two signatures', genuine.replace(signature, signature + signature)],
    ['two roots', evil('_r2') + genuine],
    ['two SignatureValues', genuine.replace(/(<ds:SignatureValue>.*?<\/ds:SignatureValue>)/s, '$1$1')],
    ['two SignedInfos', genuine.replace(/(<ds:SignedInfo>.*<\/ds:SignedInfo>)/s, '$1$1')],
    ['an empty Reference', genuine.replace('URI="#_r1"', 'URI=""')],
    ['no Reference URI', genuine.replace(' URI="#_r1"', '')],
    ['an XPointer', genuine.replace('URI="#_r1"', `URI="#xpointer(id('_r1'))"`)],
    ['a trailing comment in the issuer', genuine.replace('</saml:Issuer>', '<!-- --></saml:Issuer>')],
    ['a processing instruction', genuine.replace(signature, `<?x y?>${signature}`)],
    ['CDATA', genuine.replace(app.issuer, `<![CDATA[${app.issuer}]]>`)],
    ['a comment in the digest', genuine.replace('<ds:DigestValue>', '<ds:DigestValue><!--x-->')],
    ['a DTD', `<!DOCTYPE a [<!ENTITY x "y">]>${genuine}`],
    [
      'an element in the issuer',
      genuine.replace('</saml:Issuer>', '<x xmlns="urn:x">urn:other</x></saml:Issuer>'),
    ],
  ];
}

describe('V3 to V12 signed documents', () => {
  it('the genuine ones are taken', async () => {
    expect(await logoutOf(embedded(signedLogout))).toBe('acts on victim by _r1');
    expect(await logoutOf(`SAMLRequest=${encodeURIComponent(deflated(signedLogout))}`)).toBe(
      'acts on victim by _r1',
    );
    expect(await authnOf(embedded(signedAuthn))).toBe('vouched _r1 true');
  });

  it.each(permutations(signedLogout, (id, inside) => logout(id, 'attacker', inside)))(
    'LogoutRequest: %s',
    async (_, xml) => {
      expect(['refused', 'acts on victim by _r1']).toContain(await logoutOf(embedded(xml)));
    },
  );

  it.each(permutations(signedAuthn, (id, inside) => authn(id, inside)))(
    'AuthnRequest: %s',
    async (_, xml) => {
      expect(['refused', 'not vouched for', 'vouched _r1 true']).toContain(await authnOf(embedded(xml)));
    },
  );

  it.each(['<!-- -->', '<?x y?>', '<![CDATA[]]>', '<x xmlns="urn:x"/>', '&x;'])(
    'V5 a NameID or a SessionIndex that %s was put into is nobody’s',
    async (inside) => {
      const named = (name: string, index: string): string =>
        logout('_r1', name, '%SIGNATURE%').replace(
          '</samlp:LogoutRequest>',
          `<samlp:SessionIndex>${index}</samlp:SessionIndex></samlp:LogoutRequest>`,
        );
      expect(await logoutOf(embedded(partnerSigned({ text: named('victim', 'index') })))).toContain(
        'acts on',
      );
      for (const [name, index] of [
        [`victim${inside}.attacker`, 'index'],
        ['victim', `index${inside}.attacker`],
      ] as const) {
        const signed = partnerSigned({ text: named('victim', 'index') });
        const changed = signed.replace('>victim<', `>${name}<`).replace('>index<', `>${index}<`);
        expect(await logoutOf(embedded(changed))).toBe('refused');
      }
    },
  );

  it('a message of one kind does not pass for the other', async () => {
    expect(await logoutOf(embedded(signedAuthn))).toBe('refused');
    expect(await authnOf(embedded(signedLogout))).toBe('refused');
  });

  it('no change of a character, anywhere, is acted on with another meaning', async () => {
    const places = fc.integer({ min: 0, max: signedLogout.length - 1 });
    const characters = fc.constantFrom(...'aZ09<>&"\'= /_-:.#\n\té\u0000');
    await fc.assert(
      fc.asyncProperty(places, characters, async (at, character) => {
        const changed = signedLogout.slice(0, at) + character + signedLogout.slice(at + 1);
        expect(['refused', 'acts on victim by _r1']).toContain(await logoutOf(embedded(changed)));
      }),
      { numRuns: 400 },
    );
  });
});

describe('V13, V14 algorithms and keys', () => {
  const resigned = (more: Partial<Parameters<typeof partnerSigned>[0]>) =>
    logoutOf(embedded(partnerSigned({ text: logout('_r1', 'attacker', '%SIGNATURE%'), ...more })));

  it.each([
    ['RSA-SHA1', `${DS}rsa-sha1`],
    ['HMAC-SHA1', `${DS}hmac-sha1`],
    ['HMAC-SHA256', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'],
    ['RSA-SHA512', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha512'],
    ['ECDSA', 'http://www.w3.org/2001/04/xmldsig-more#ecdsa-sha256'],
    ['a look-alike', `${RSA_SHA256}x`],
  ])('%s does not verify', async (_, uri) => {
    expect(await resigned({ signatureMethod: method('SignatureMethod', uri) })).toBe('refused');
  });

  it.each<[string, string | Buffer]>([
    ['the certificate as registered', CERTIFICATE],
    ['its DER', new X509Certificate(CERTIFICATE).raw],
    ['its public key', new X509Certificate(CERTIFICATE).publicKey.export({ type: 'spki', format: 'der' })],
    [
      'its public key as PEM',
      new X509Certificate(CERTIFICATE).publicKey.export({ type: 'spki', format: 'pem' }),
    ],
    ['nothing', ''],
  ])('V14 an HMAC keyed with %s is no signature', async (_, secret) => {
    const hmac = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';
    const octets = `SAMLRequest=${encodeURIComponent(base64(logout('_r1', 'attacker')))}&SigAlg=${encodeURIComponent(hmac)}`;
    const mac = (over: string): string => createHmac('sha256', secret).update(over).digest('base64');
    expect(await logoutOf(`${octets}&Signature=${encodeURIComponent(mac(octets))}`)).toBe('refused');
    const claimed = octets.replace(encodeURIComponent(hmac), encodeURIComponent(RSA_SHA256));
    expect(await logoutOf(`${claimed}&Signature=${encodeURIComponent(mac(claimed))}`)).toBe('refused');
    const embeddedMac = partnerSigned({
      text: logout('_r1', 'attacker', '%SIGNATURE%'),
      signatureMethod: method('SignatureMethod', hmac),
    });
    const info = /<ds:SignedInfo.*<\/ds:SignedInfo>/s.exec(embeddedMac)?.[0] ?? '';
    const forged = embeddedMac.replace(
      /(<ds:SignatureValue>).*?(<)/s,
      `$1${mac(info.replace('<ds:SignedInfo>', `<ds:SignedInfo xmlns:ds="${DS}">`))}$2`,
    );
    expect(forged).not.toBe(embeddedMac);
    expect(await logoutOf(embedded(forged))).toBe('refused');
  });

  it('S9 a SHA-1 digest needs permission', async () => {
    const sha1 = { digestMethod: method('DigestMethod', `${DS}sha1`), digestHash: 'sha1' } as const;
    expect(await resigned(sha1)).toBe('refused');
  });

  it('a certificate in the message makes no key', async () => {
    expect(await resigned({ by: 'second', keyInfo: keyInfoOf(certificateOf('second')) })).toBe('refused');
    expect(await resigned({ by: 'second', keyInfo: keyInfoOf(certificateOf('first')) })).toBe('refused');
    expect(
      await resigned({ by: 'first', keyInfo: keyInfoOf(certificateOf('second')) }),
      'S6: nor is it ignored',
    ).toBe('refused');
    expect(await resigned({ by: 'first', keyInfo: keyInfoOf(certificateOf('first')) })).toBe(
      'acts on attacker by _r1',
    );
  });

  it.each([
    ['XSLT', 'http://www.w3.org/TR/1999/REC-xslt-19991116'],
    ['XPath', 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['base64', `${DS}base64`],
  ])('V10 the %s transform is none of ours', async (_, uri) => {
    const transforms = `${method('Transform', `${DS}enveloped-signature`)}${method('Transform', uri)}`;
    const text = signedLogout.replace(
      /<ds:Transforms>.*<\/ds:Transforms>/s,
      `<ds:Transforms>${transforms}</ds:Transforms>`,
    );
    expect(await logoutOf(embedded(text))).toBe('refused');
  });
});

describe('V16 signed queries', () => {
  const message = base64(logout('_r1', 'victim'));
  const evil = base64(logout('_r2', 'attacker'));
  const signedOver = (octets: string): string =>
    `Signature=${encodeURIComponent(sign('sha256', Buffer.from(octets), KEY).toString('base64'))}`;
  const spelled = (value: string): string => encodeURIComponent(value);
  const octets = `SAMLRequest=${spelled(message)}&RelayState=r&SigAlg=${spelled(RSA_SHA256)}`;
  const genuine = `${octets}&${signedOver(octets)}`;

  it('the genuine one is taken, in any order of its parameters', async () => {
    expect(await logoutOf(genuine)).toBe('acts on victim by _r1');
    expect(await logoutOf(genuine.split('&').reverse().join('&'))).toBe('acts on victim by _r1');
    expect(await logoutOf(`x=1&${genuine}&y=2`)).toBe('acts on victim by _r1');
  });

  it('S5 with lower-case hex, or a space as %20, when it was signed that way', async () => {
    const lower = `SAMLRequest=${spelled(message).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase())}&RelayState=a%20b&SigAlg=${spelled(RSA_SHA256).toLowerCase()}`;
    expect(await logoutOf(`${lower}&${signedOver(lower)}`)).toBe('acts on victim by _r1');
  });

  it('S5 spelled anew on the way, when the form encoding was signed: the values are the same', async () => {
    expect(await logoutOf(genuine.replace('%3D', '=').replace('RelayState=r', 'RelayState=%72'))).toBe(
      'acts on victim by _r1',
    );
  });

  it('S5 by POST, when the form encoding of the values was signed', async () => {
    const form = new URLSearchParams({
      SAMLRequest: message,
      RelayState: 'a b',
      SigAlg: RSA_SHA256,
    }).toString();
    expect(await logoutOf('', `${form}&${signedOver(form)}`)).toBe('acts on victim by _r1');
    expect(
      await logoutOf(
        `SAMLRequest=${spelled(message)}`,
        `${form.replace(/^SAMLRequest=[^&]*&/, '')}&${signedOver(form)}`,
      ),
    ).toBe('acts on victim by _r1');
  });

  it.each([
    ['another message', genuine.replace(spelled(message), spelled(evil))],
    ['another RelayState', genuine.replace('RelayState=r', 'RelayState=s')],
    ['no RelayState', genuine.replace('&RelayState=r', '')],
    [
      'an empty RelayState where none was signed',
      ((own) => `${own}&${signedOver(own)}&RelayState=`)(
        `SAMLRequest=${spelled(message)}&SigAlg=${spelled(RSA_SHA256)}`,
      ),
    ],
    ['a second message', `${genuine}&SAMLRequest=${spelled(evil)}`],
    ['a second message before', `SAMLRequest=${spelled(evil)}&${genuine}`],
    ['a second message under an escaped name', `${genuine}&SAML%52equest=${spelled(evil)}`],
    ['a response beside it', `${genuine}&SAMLResponse=${spelled(evil)}`],
    ['SHA-1 instead', genuine.replace(spelled(RSA_SHA256), spelled(`${DS}rsa-sha1`))],
    [
      'HMAC instead',
      genuine.replace(spelled(RSA_SHA256), spelled('http://www.w3.org/2001/04/xmldsig-more#hmac-sha256')),
    ],
    ['no algorithm', genuine.replace(`&SigAlg=${spelled(RSA_SHA256)}`, '')],
    ['an empty signature', genuine.replace(/Signature=.*$/, 'Signature=')],
    ['half a signature', genuine.replace(/Signature=(.{100}).*$/, 'Signature=$1')],
    [
      'order of the signed octets changed',
      ((own) => `${own}&${signedOver(own)}`)(
        `RelayState=r&SAMLRequest=${spelled(message)}&SigAlg=${spelled(RSA_SHA256)}`,
      ),
    ],
  ])('%s is refused', async (_, query) => {
    expect(await logoutOf(query)).toBe('refused');
  });

  it('a message across query and form is read once', async () => {
    expect(await logoutOf(genuine, `SAMLRequest=${spelled(evil)}`)).toBe('refused');
    expect(await logoutOf(`RelayState=r`, genuine)).toBe('refused');
  });

  it('S4 a bad Signature parameter is not saved by a good signature inside', async () => {
    expect(await logoutOf(`${embedded(signedLogout)}&SigAlg=${spelled(RSA_SHA256)}&Signature=AAAA`)).toBe(
      'refused',
    );
    expect(await logoutOf(`${embedded(signedLogout)}&Signature=`)).toBe('refused');
  });

  it.each([
    ['', keyInfoOf(certificateOf('second'))],
    [', however often KeyInfo stands there', keyInfoOf(certificateOf('second')).repeat(2)],
  ])('S6 a foreign certificate inside disqualifies the key that signed the query%s', async (_, keyInfo) => {
    const inside = `<ds:Signature xmlns:ds="${DS}">${keyInfo}</ds:Signature>`;
    const own = `SAMLRequest=${spelled(base64(logout('_r1', 'victim', inside)))}&SigAlg=${spelled(RSA_SHA256)}`;
    expect(await logoutOf(`${own}&${signedOver(own)}`)).toBe('refused');
  });
});

describe('A1 who speaks', () => {
  it('an app that speaks OpenID Connect is nobody here, whatever its certificate signs', async () => {
    const oidc = aSamlApp({ identity_protocol: 'openid_connect_private_key_jwt' });
    const received = await receive(
      { ...everything, findAppByIssuer: () => Promise.resolve(oidc) },
      parametersOf(embedded(signedLogout)) ?? new Map(),
      readLogoutRequest,
    );
    expect(received).toEqual({ ok: false, error: ['unauthorized_service_provider'] });
  });

  it('the root goes by its ID alone, whatever else is called one', async () => {
    const forged = (attribute: string) =>
      signedLogout.replace('ID="_r1"', attribute).replace('>victim<', '>attacker<');
    for (const attribute of [
      'Id="_r1"',
      'id="_r1"',
      'xml:id="_r1"',
      'xmlns:x="urn:x" x:ID="_r1"',
      'ID="_r2" Id="_r1"',
      'ID="_r2" AssertionID="_r1"',
      'ID="_r2" xmlns:x="urn:x" x:ID="_r1"',
      'ID="_r1" id="_r1"',
      'ID=" _r1"',
    ])
      expect(await logoutOf(embedded(forged(attribute))), attribute).toBe('refused');
  });
});

describe('V18, V24 size and names', () => {
  it('bombs and giants are refused', async () => {
    expect(await authnOf(`SAMLRequest=${spelledBomb()}`)).toBe('refused');
    expect(await authnOf(embedded(authn('_r1', '<a xmlns="urn:a">'.repeat(40) + '</a>'.repeat(40))))).toBe(
      'refused',
    );
    expect(await authnOf(embedded(authn('_r1', '<a xmlns="urn:a"/>'.repeat(2001))))).toBe('refused');
  });

  it('names of the language itself are only names', async () => {
    const odd = '<__proto__ xmlns="urn:a" constructor="x"><toString/></__proto__>';
    expect(await authnOf(embedded(authn('_r1', `<samlp:Extensions>${odd}</samlp:Extensions>`)))).toBe(
      'not vouched for',
    );
  });
});

const spelledBomb = (): string => encodeURIComponent(deflated(authn('_r1', ' '.repeat(8_000_000))));
