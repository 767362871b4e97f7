import { Crypto } from '@peculiar/webcrypto';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../../src/kernel/bytes.ts';
import { completeJws, jwsSigningInput, readJws } from '../../../src/oidc/wire/jws.ts';

const RSA = {
  name: 'RSASSA-PKCS1-v1_5',
  hash: 'SHA-256',
  modulusLength: 2048,
  publicExponent: new Uint8Array([1, 0, 1]),
};

describe('IDT-1 RS256, by two independent WebCrypto implementations', () => {
  const other = new Crypto();

  it('what one signs the other accepts, both ways, and neither accepts a changed byte', async () => {
    const ours = await crypto.subtle.generateKey(RSA, true, ['sign', 'verify']);
    if (!('privateKey' in ours)) throw new Error('no key pair');
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', ours.privateKey);
    const spki = await crypto.subtle.exportKey('spki', ours.publicKey);
    const theirs = {
      privateKey: await other.subtle.importKey('pkcs8', pkcs8, RSA, false, ['sign']),
      publicKey: await other.subtle.importKey('spki', spki, RSA, false, ['verify']),
    };
    const input = jwsSigningInput('kid-1', { sub: 'somebody', aud: 'an app' });
    const bySelf = new Uint8Array(await crypto.subtle.sign(RSA.name, ours.privateKey, utf8(input)));
    const byOther = new Uint8Array(await other.subtle.sign(RSA.name, theirs.privateKey, utf8(input)));
    expect(Buffer.from(bySelf).equals(Buffer.from(byOther)), 'PKCS#1 v1.5 is deterministic').toBe(true);

    const jws = readJws(completeJws(input, bySelf));
    if (!jws.ok) throw new Error(jws.error.reason);
    expect(await other.subtle.verify(RSA.name, theirs.publicKey, jws.value.signature, jws.value.signed)).toBe(
      true,
    );
    const changed = new Uint8Array(jws.value.signed);
    changed[10] = (changed[10] ?? 0) ^ 1;
    expect(await other.subtle.verify(RSA.name, theirs.publicKey, jws.value.signature, changed)).toBe(false);
    expect(await crypto.subtle.verify(RSA.name, ours.publicKey, byOther, utf8(input))).toBe(true);
  });
});
