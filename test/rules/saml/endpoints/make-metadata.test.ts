import { createPrivateKey, randomBytes } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { metadataMaker } from '../../../../src/saml/endpoints/make-metadata.ts';
import { metadataRules } from '../../../../src/saml/xml/limits.ts';
import { certificateOf, documentOf, type TestKey, vector } from '../../../support/xml.ts';
import { NOW } from '../a-request.ts';

const make = metadataMaker(
  'https://idp.test',
  { name: 'Gatehouse', url: 'https://idp.test/' },
  (length) => new Uint8Array(randomBytes(length)),
);
async function metadataOf(key: TestKey, certificate: string): Promise<string> {
  const pkcs8 = createPrivateKey(vector(`test-keys/${key}.key.pem`)).export({ type: 'pkcs8', format: 'der' });
  const algorithm = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' };
  const signing = await crypto.subtle.importKey('pkcs8', pkcs8, algorithm, false, ['sign']);
  return make({ year: 2027, key: signing, certificates: [certificate], notAfter: NOW });
}

describe('Y9 the metadata of a year', () => {
  it('verifies with the certificate it publishes', async () => {
    const { root } = documentOf(await metadataOf('first', certificateOf('first')), metadataRules);
    expect(root.local).toBe('EntityDescriptor');
  });

  it('is not made where the key does not fit the certificate, or that cannot be read', async () => {
    await expect(metadataOf('second', certificateOf('first'))).rejects.toThrow('does not verify');
    await expect(metadataOf('first', 'AAAA')).rejects.toThrow('cannot be read back');
  });
});
