import { createPrivateKey } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromUtf8, utf8 } from '../../src/kernel/bytes.ts';
import { CANONICALISATIONS } from '../../src/saml/xml/algorithms.ts';
import { canonicalBytes, canonicalText, EXCLUSIVE } from '../../src/saml/xml/canonicalise.ts';
import { decryptElement } from '../../src/saml/xml/decrypt.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import { signEnveloped } from '../../src/saml/xml/sign.ts';
import { isElement, type XmlElement } from '../../src/saml/xml/tree.ts';
import { verifyEnvelopedSignature } from '../../src/saml/xml/verify.ts';
import { type ElementToWrite, signatureHere, writeXml, type XmlContent } from '../../src/saml/xml/write.ts';
import { documentOf, laxRules, partnerSigned, registered, signerOf, unwrap, vector } from '../support/xml.ts';
import { documents, messages } from '../support/xml-documents.ts';

const methods = [...CANONICALISATIONS.values()].map((method) => ({
  ...method,
  prefixes: new Set(['', 'a']),
}));
const method = fc.constantFrom(...methods, EXCLUSIVE);

describe('canonical form', () => {
  it('is its own canonical form', () => {
    fc.assert(
      fc.property(documents, method, (document, how) => {
        const once = canonicalText(documentOf(document, laxRules).root, how);
        expect(canonicalText(documentOf(once, laxRules).root, how)).toBe(once);
      }),
      { numRuns: 300 },
    );
  });
  it('of a subtree is the same in its document and on its own', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const [child] = documentOf(document, laxRules).root.children.filter(isElement);
        fc.pre(child !== undefined);
        const bytes = canonicalBytes(child, EXCLUSIVE);
        const alone = unwrap(readXml(bytes, laxRules)).root;
        expect(canonicalText(alone, EXCLUSIVE)).toBe(fromUtf8(bytes));
      }),
      { numRuns: 200 },
    );
  });
});

/** An element as something to write; null where the writer, on purpose, cannot. */
function toWrite(element: XmlElement): ElementToWrite | null {
  if (element.namespace === '') return null;
  const name = (node: { prefix: string; local: string }) =>
    node.prefix === '' ? node.local : `${node.prefix}:${node.local}`;
  const children: XmlContent[] = [];
  for (const child of element.children) {
    if (typeof child === 'string') children.push(child);
    else if (isElement(child)) {
      const inner = toWrite(child);
      if (inner === null) return null;
      children.push(inner);
    }
  }
  return {
    name: name(element),
    namespaces: Object.fromEntries(element.declarations.map(({ prefix, uri }) => [prefix, uri])),
    attributes: Object.fromEntries(element.attributes.map((attribute) => [name(attribute), attribute.value])),
    children,
  };
}

describe('P4 the writer', () => {
  it('writes what the canonicaliser would', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const wrapped = `<m:r xmlns:m="urn:m" xmlns="urn:d">${document.replaceAll(/ xmlns=(""|'')/g, '').replaceAll(/\sxmlns\s*=\s*(""|'')/g, '')}</m:r>`;
        const { root } = documentOf(wrapped, laxRules);
        const spec = toWrite(root);
        fc.pre(spec !== null);
        expect(unwrap(writeXml(spec)).text).toBe(canonicalText(root, EXCLUSIVE));
      }),
      { numRuns: 200 },
    );
  });
  it('signs so that it verifies', async () => {
    const signer = await signerOf('first');
    const key = await registered('first');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'grapheme' }),
        async (value, text) => {
          const spec: ElementToWrite = {
            name: 'm:a',
            namespaces: { m: 'urn:m' },
            attributes: { ID: '_1', v: value },
            children: [signatureHere, text],
          };
          const written = writeXml(spec);
          fc.pre(written.ok);
          const signed = await signEnveloped(written.value, '_1', signer);
          const verified = unwrap(await verifyEnvelopedSignature(documentOf(signed.text, laxRules), [key]));
          expect(verified.root.attributes.find(({ local }) => local === 'v')?.value).toBe(value);
          expect(verified.root.children.join('')).toBe(text);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe("a partner's signature", () => {
  it('verifies over any document, and what comes back is what was signed', async () => {
    const key = await registered('first');
    await fc.assert(
      fc.asyncProperty(messages, async (text) => {
        const signed = documentOf(partnerSigned({ text }), laxRules);
        const { root } = unwrap(await verifyEnvelopedSignature(signed, [key]));
        const unsigned = documentOf(text.replace('%SIGNATURE%', ''), laxRules).root;
        expect(canonicalText(root, EXCLUSIVE)).toBe(canonicalText(unsigned, EXCLUSIVE));
      }),
      { numRuns: 60 },
    );
  });

  it('fails, or still says the same, after any change of one byte', async () => {
    const key = await registered('first');
    await fc.assert(
      fc.asyncProperty(messages, fc.nat(), fc.integer({ min: 1, max: 255 }), async (text, place, change) => {
        const bytes = utf8(partnerSigned({ text }));
        const at = place % bytes.length;
        bytes[at] = (bytes[at] ?? 0) ^ change;
        const document = readXml(bytes, laxRules);
        if (!document.ok) return;
        const verified = await verifyEnvelopedSignature(document.value, [key]);
        // A quote for a quote, a space for a line end inside a tag: other spellings of the same signed document.
        if (!verified.ok) return;
        const original = documentOf(text.replace('%SIGNATURE%', ''), laxRules).root;
        expect(canonicalText(verified.value.root, EXCLUSIVE)).toBe(canonicalText(original, EXCLUSIVE));
      }),
      { numRuns: 400 },
    );
  });

  it('fails after any change of one byte of a document in canonical form', async () => {
    const key = await registered('first');
    const spec: ElementToWrite = {
      name: 'm:a',
      namespaces: { m: 'urn:m' },
      attributes: { ID: '_1' },
      children: ['some text', signatureHere],
    };
    const { text } = await signEnveloped(unwrap(writeXml(spec)), '_1', await signerOf('first'));
    const keyInfo = text.indexOf('<ds:KeyInfo>');
    await fc.assert(
      fc.asyncProperty(fc.nat(keyInfo - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
        const bytes = utf8(text);
        const before = bytes[at] ?? 0;
        bytes[at] = before ^ change;
        // White space for white space inside a tag is the one change that changes nothing.
        fc.pre(!(before === 0x20 && [0x09, 0x0a, 0x0d].includes(before ^ change)));
        const document = readXml(bytes, laxRules);
        const verified = document.ok && (await verifyEnvelopedSignature(document.value, [key])).ok;
        expect(verified).toBe(false);
      }),
      { numRuns: 600 },
    );
  });
});

describe('V17 decryption', () => {
  it('never throws on generated documents', async () => {
    const pkcs8 = createPrivateKey(vector('test-keys/first.key.pem')).export({
      type: 'pkcs8',
      format: 'der',
    });
    const oaep = { name: 'RSA-OAEP', hash: 'SHA-1' };
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, oaep, false, ['decrypt']);
    await fc.assert(
      fc.asyncProperty(documents, async (document) => {
        const opened = await decryptElement(documentOf(document, laxRules).root, {
          key,
          transport: 'rsa-oaep-mgf1p',
        });
        expect(opened.ok).toBe(false);
      }),
      { numRuns: 50 },
    );
  });
});
