import { sign } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { checkSignature } from '../../../../src/saml/rules/check-signature.ts';
import { readMessageParameters } from '../../../../src/saml/wire/read-parameters.ts';
import { DSIG, RSA_SHA256 } from '../../../../src/saml/xml/algorithms.ts';
import { descendantsNamed } from '../../../../src/saml/xml/tree.ts';
import { documentOf, partnerSigned, registered, unwrap, vector } from '../../../support/xml.ts';
import { base64, logoutRequest } from '../a-request.ts';

const OPTIONS = { allowSha1Digest: false };
const text = partnerSigned({ text: logoutRequest('%SIGNATURE%'), uri: '#_77aa' });
const judge = async (document: ReturnType<typeof documentOf>, query: string) =>
  checkSignature(document, unwrap(readMessageParameters(query, null)), [await registered('first')], OPTIONS);

describe('S16, V4 what a verdict lets be read', () => {
  it('is the tree of the signed bytes, never the one that came in', async () => {
    const document = documentOf(text);
    const verdict = await judge(document, `SAMLRequest=${encodeURIComponent(base64(text))}`);
    expect(verdict.kind).toBe('verified');
    expect(verdict.root).not.toBe(document.root);
    expect(descendantsNamed(verdict.root, DSIG, 'Signature')).toEqual([]);
  });

  it('S4 is the whole message under a signature over the query, RelayState with it', async () => {
    const octets = `${new URLSearchParams({ SAMLRequest: base64(text), RelayState: 'r', SigAlg: RSA_SHA256 })}`;
    const value = sign('sha256', Buffer.from(octets), vector('test-keys/first.key.pem')).toString('base64');
    const query = `${octets}&${new URLSearchParams({ Signature: value })}`;
    const document = documentOf(text);
    const verdict = await judge(document, query);
    expect([verdict.kind, verdict.root]).toEqual(['verified', document.root]);
    expect((await judge(document, query.replace('RelayState=r', 'RelayState=s'))).kind).toBe('failed');
  });

  it('is what came in where nothing vouches for it', async () => {
    for (const [spoiled, kind] of [
      [text.replace('ID="_77aa"', 'ID="_77ab"'), 'failed'],
      [text.replace(/<ds:Signature .*<\/ds:Signature>/s, ''), 'unsigned'],
    ] as const) {
      const document = documentOf(spoiled);
      const verdict = await judge(document, '');
      expect([verdict.kind, verdict.root]).toEqual([kind, document.root]);
    }
  });
});
