import { describe, expect, it } from 'vitest';
import { signRedirect } from '../../../../src/saml/xml/sign.ts';
import { type SignedParameter, verifyRedirectSignature } from '../../../../src/saml/xml/verify-redirect.ts';
import { reasonOf, registered, signerOf, unwrap } from '../../../support/xml.ts';

const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
const asForm = (text: string) => new URLSearchParams({ '': text }).toString().slice(1);

/** Parameters as a partner's query spells them. */
const query = (
  values: Readonly<Record<string, string>>,
  spell: (value: string) => string = encodeURIComponent,
) => Object.entries(values).map(([name, value]): SignedParameter => ({ name, value, raw: spell(value) }));
const octets = (parameters: readonly SignedParameter[]) =>
  parameters.map(({ name, raw }) => `${name}=${raw}`).join('&');
const sign = async (text: string) => signRedirect(text, (await signerOf('first')).sign);
const values = { SAMLRequest: 'fZI+a/b=', RelayState: 'a b~c(*)', SigAlg: RSA_SHA256 };

describe('S5 query signature', () => {
  it('verifies the octets as received and returns their values', async () => {
    const parameters = query(values);
    const result = await verifyRedirectSignature({ parameters, signature: await sign(octets(parameters)) }, [
      await registered('second'),
      await registered('first'),
    ]);
    expect(unwrap(result).matched).toBe(1);
    expect(Object.fromEntries(unwrap(result).values)).toEqual(values);
  });
  it('accepts lower-case hex and %20 as received', async () => {
    const lower = query(values, (value) =>
      encodeURIComponent(value).replace(/%../g, (hex) => hex.toLowerCase()),
    );
    const result = await verifyRedirectSignature(
      { parameters: lower, signature: await sign(octets(lower)) },
      [await registered('first')],
    );
    expect(unwrap(result).values.get('RelayState')).toBe('a b~c(*)');
  });
  it('accepts the form encoding when only decoded values are known', async () => {
    const plain = { SAMLRequest: 'fZI+a/b=', RelayState: "a b'~", SigAlg: RSA_SHA256 };
    const signature = await sign(
      `SAMLRequest=fZI%2Ba%2Fb%3D&RelayState=a+b%27~&SigAlg=${asForm(RSA_SHA256)}`,
    );
    const parameters = Object.entries(plain).map(([name, value]) => ({ name, value }));
    expect(
      Object.fromEntries(
        unwrap(await verifyRedirectSignature({ parameters, signature }, [await registered('first')])).values,
      ),
    ).toEqual(plain);
  });
  it('accepts the form encoding when the query was spelled otherwise', async () => {
    const parameters = query(values, encodeURIComponent);
    const signature = await sign(
      `SAMLRequest=fZI%2Ba%2Fb%3D&RelayState=a+b~c%28%2A%29&SigAlg=${asForm(RSA_SHA256)}`,
    );
    expect(
      reasonOf(await verifyRedirectSignature({ parameters, signature }, [await registered('first')])),
    ).toBe('accepted');
  });
  it('includes an empty RelayState that is present', async () => {
    const parameters = query({ ...values, RelayState: '' });
    const key = [await registered('first')];
    expect(
      reasonOf(await verifyRedirectSignature({ parameters, signature: await sign(octets(parameters)) }, key)),
    ).toBe('accepted');
    const without = octets(query({ SAMLRequest: values.SAMLRequest, SigAlg: RSA_SHA256 }));
    expect(reasonOf(await verifyRedirectSignature({ parameters, signature: await sign(without) }, key))).toBe(
      'key_validation_error',
    );
  });
  it('tolerates line breaks in the signature', async () => {
    const parameters = query(values);
    const signature = (await sign(octets(parameters))).replace(/.{60}/g, '$&\r\n');
    expect(
      reasonOf(await verifyRedirectSignature({ parameters, signature }, [await registered('first')])),
    ).toBe('accepted');
  });
  it('refuses another order, another value, another key', async () => {
    const parameters = query(values);
    const signature = await sign(octets(parameters));
    const key = [await registered('first')];
    const swapped = query({
      RelayState: values.RelayState,
      SAMLRequest: values.SAMLRequest,
      SigAlg: RSA_SHA256,
    });
    expect(reasonOf(await verifyRedirectSignature({ parameters: swapped, signature }, key))).toBe(
      'key_validation_error',
    );
    const changed = query({ ...values, RelayState: 'other' });
    expect(reasonOf(await verifyRedirectSignature({ parameters: changed, signature }, key))).toBe(
      'key_validation_error',
    );
    expect(
      reasonOf(await verifyRedirectSignature({ parameters, signature }, [await registered('second')])),
    ).toBe('key_validation_error');
    expect(reasonOf(await verifyRedirectSignature({ parameters, signature }, []))).toBe(
      'no_registered_certs',
    );
  });
});

describe('S8 SigAlg', () => {
  it.each(['http://www.w3.org/2000/09/xmldsig#rsa-sha1', 'rsa-sha256', '', `${RSA_SHA256}#`])(
    'refuses %j',
    async (SigAlg) => {
      const parameters = query({ ...values, SigAlg });
      const result = await verifyRedirectSignature(
        { parameters, signature: await sign(octets(parameters)) },
        [await registered('first')],
      );
      expect(reasonOf(result)).toBe('wrong_sig_algorithm');
    },
  );
});

describe('V16 one parse', () => {
  it('returns what the octets say, whatever the caller decoded', async () => {
    const parameters = query(values).map((parameter) => ({
      ...parameter,
      value: parameter.name === 'RelayState' ? 'forged' : parameter.value,
    }));
    const result = await verifyRedirectSignature({ parameters, signature: await sign(octets(parameters)) }, [
      await registered('first'),
    ]);
    expect(unwrap(result).values.get('RelayState')).toBe(values.RelayState);
  });
  it('refuses raw text that smuggles a second parameter or names one twice', async () => {
    const smuggled = [
      { name: 'SAMLRequest', value: 'a', raw: 'a&RelayState=x' },
      { name: 'RelayState', value: 'b', raw: 'b' },
      { name: 'SigAlg', value: RSA_SHA256, raw: encodeURIComponent(RSA_SHA256) },
    ];
    expect(
      reasonOf(
        await verifyRedirectSignature({ parameters: smuggled, signature: await sign(octets(smuggled)) }, [
          await registered('first'),
        ]),
      ),
    ).not.toBe('accepted');
    const extra = smuggled.filter(({ name }) => name !== 'RelayState');
    expect(
      reasonOf(
        await verifyRedirectSignature({ parameters: extra, signature: await sign(octets(extra)) }, [
          await registered('first'),
        ]),
      ),
    ).not.toBe('accepted');
    const twice = [...query(values), ...query(values)];
    expect(
      reasonOf(
        await verifyRedirectSignature({ parameters: twice, signature: await sign(octets(twice)) }, [
          await registered('first'),
        ]),
      ),
    ).toBe('bad_signature_shape');
  });
  it('refuses broken percent escapes and signatures that are not base64', async () => {
    const broken = [{ name: 'SAMLRequest', value: 'a', raw: '%zz' }, ...query({ SigAlg: RSA_SHA256 })];
    expect(
      reasonOf(
        await verifyRedirectSignature({ parameters: broken, signature: await sign(octets(broken)) }, [
          await registered('first'),
        ]),
      ),
    ).toBe('key_validation_error');
    expect(
      reasonOf(
        await verifyRedirectSignature({ parameters: query(values), signature: '%%%' }, [
          await registered('first'),
        ]),
      ),
    ).toBe('bad_signature_shape');
  });
});
