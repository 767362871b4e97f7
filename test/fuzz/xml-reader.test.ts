import fc from 'fast-check';
import { SaxesParser } from 'saxes';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import type { XmlReason } from '../../src/saml/xml/refusal.ts';
import type { XmlNode } from '../../src/saml/xml/tree.ts';
import { laxRules } from '../support/xml.ts';
import { documents, mutations } from '../support/xml-documents.ts';

/** What a document means, in one line: elements, attributes by expanded name, text and comments. */
function meaning(node: XmlNode): string {
  if (typeof node === 'string') return JSON.stringify(node);
  if (!('children' in node)) return `<!--${node.comment}-->`;
  const attributes = node.attributes.map(
    ({ namespace, local, value }) => `{${namespace}}${local}=${JSON.stringify(value)}`,
  );
  return `({${node.namespace}}${node.local} ${attributes.sort().join(' ')} ${node.children.map(meaning).join('')})`;
}

/** The same by an independent strict parser; null when it refuses. Text around dropped boundaries is joined as ours is. */
function meaningBySaxes(document: string): string | null {
  const parser = new SaxesParser({ xmlns: true });
  let failed = false;
  const open: { head: string; parts: string[]; text: string }[] = [];
  let whole = '';
  const flush = () => {
    const top = open.at(-1);
    if (top === undefined || top.text === '') return;
    top.parts.push(JSON.stringify(top.text));
    top.text = '';
  };
  const text = (more: string) => {
    const top = open.at(-1);
    if (top !== undefined) top.text += more;
  };
  parser.on('error', () => {
    failed = true;
  });
  parser.on('text', text);
  parser.on('cdata', text);
  parser.on('comment', (comment) => {
    flush();
    open.at(-1)?.parts.push(`<!--${comment}-->`);
  });
  parser.on('opentag', (tag) => {
    flush();
    const attributes = Object.values(tag.attributes)
      .filter(({ prefix, name }) => prefix !== 'xmlns' && name !== 'xmlns')
      .map(({ uri, local, value }) => `{${uri}}${local}=${JSON.stringify(value)}`);
    open.push({ head: `({${tag.uri}}${tag.local} ${attributes.sort().join(' ')} `, parts: [], text: '' });
  });
  parser.on('closetag', () => {
    flush();
    const top = open.pop();
    if (top === undefined) return;
    const closed = `${top.head}${top.parts.join('')})`;
    const outer = open.at(-1);
    if (outer === undefined) whole = closed;
    else outer.parts.push(closed);
  });
  parser.write(document).close();
  return failed ? null : whole;
}

const changedDocuments = fc
  .tuple(documents, mutations)
  .map(([document, mutate]) => mutate(document).toWellFormed());

/** What we refuse although it is well-formed, on purpose. */
const STRICTER: readonly XmlReason[] = [
  'doctype',
  'processing_instruction',
  'bad_xml_declaration',
  'bad_namespace',
  'xml_attribute',
  'duplicate_id',
  'bad_character_reference',
  'illegal_character',
  // A local part that starts with a digit, a dot or a hyphen, which Namespaces in XML forbids and the other lets pass.
  'bad_name',
];

describe('V2 the reader beside another strict parser', () => {
  it('reads what well-formed documents mean', () => {
    fc.assert(
      fc.property(documents, (document) => {
        const ours = readXml(utf8(document), laxRules);
        expect(ours.ok ? meaning(ours.value.root) : ours.error).toBe(meaningBySaxes(document));
      }),
      { numRuns: 400 },
    );
  });

  it('accepts nothing the other refuses, and means the same', () => {
    let accepted = 0;
    fc.assert(
      fc.property(changedDocuments, (changed) => {
        const ours = readXml(utf8(changed), laxRules);
        const theirs = meaningBySaxes(changed);
        if (ours.ok) {
          accepted += 1;
          expect(meaning(ours.value.root)).toBe(theirs);
        } else if (theirs !== null) {
          // `xml` is bound by definition, but no message has elements under it.
          if (/<xml:/.test(changed) && ours.error.reason === 'unbound_prefix') return;
          expect(STRICTER).toContain(ours.error.reason);
        }
      }),
      { numRuns: 3000 },
    );
    expect(accepted).toBeGreaterThan(100);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        expect(typeof readXml(bytes, laxRules).ok).toBe('boolean');
      }),
      { numRuns: 500 },
    );
  });
});
