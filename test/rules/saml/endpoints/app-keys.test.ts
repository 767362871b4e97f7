import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { recipientOf } from '../../../../src/saml/endpoints/app-keys.ts';
import { fingerprintOf } from '../../../../src/saml/rules/check-signature.ts';
import { vector } from '../../../support/xml.ts';
import { aSamlApp } from '../a-request.ts';

const [FIRST, SECOND] = [vector('test-keys/first.crt.pem'), vector('test-keys/second.crt.pem')];
const fingerprint = (pem: string): string => fingerprintOf(new X509Certificate(pem).raw);
const body = (pem: string): string => pem.replace(/-----[^-]+-----|\s/g, '');

describe('C2 whom an assertion is encrypted to', () => {
  const app = aSamlApp({ certs: [FIRST, SECOND] });

  it('is the certificate that verified the request, else the first', async () => {
    expect((await recipientOf(app, null))?.certificate).toBe(body(FIRST));
    expect((await recipientOf(app, fingerprint(SECOND)))?.certificate).toBe(body(SECOND));
    expect((await recipientOf(app, 'of one that was taken off'))?.certificate).toBe(body(FIRST));
  });

  it('section 17: is the last, whichever signed, for an app whose signing keys do not decrypt', async () => {
    const apart = { ...app, saml_options: { encrypt_to_last_cert: true } };
    expect((await recipientOf(apart, null))?.certificate).toBe(body(SECOND));
    expect((await recipientOf(apart, fingerprint(FIRST)))?.certificate).toBe(body(SECOND));
  });

  it('is nobody where no certificate can be used', async () => {
    expect(await recipientOf(aSamlApp({ certs: ['none'] }), null)).toBeNull();
  });
});
