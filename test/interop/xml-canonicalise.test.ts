import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { utf8 } from '../../src/kernel/bytes.ts';
import { canonicalDocument } from '../../src/saml/xml/canonicalise.ts';
import { readXml } from '../../src/saml/xml/read.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { laxRules } from '../support/xml.ts';
import { documents, mutations } from '../support/xml-documents.ts';

/*
 * saml V2: whatever our reader accepts, libxml2 accepts with the same canonical bytes. Needs `xmllint` (Debian package
 * libxml2-utils). Documents go to it many at a time, since starting it costs more than its work.
 */

const folder = tempFolder('xml-canonicalise-');

/** The canonical form by libxml2, comments kept as its command line does; null when it refuses. */
function byLibxml2(document: string, form: '--exc-c14n' | '--c14n' | '--c14n11'): string | null {
  const file = join(folder, 'document.xml');
  writeFileSync(file, document);
  const run = spawnSync('xmllint', ['--nonet', form, file], { encoding: 'utf8' });
  if (run.error !== undefined) throw run.error;
  return run.status === 0 ? run.stdout : null;
}

const prefixes: ReadonlySet<string> = new Set();
const ours = (document: string, form: 'exclusive' | '1.0' | '1.1'): string | null => {
  const read = readXml(utf8(document), laxRules);
  return read.ok ? canonicalDocument(read.value, { form, comments: true, prefixes }) : null;
};

describe('canonical forms beside libxml2', () => {
  it.each([
    ['exclusive', '--exc-c14n'],
    ['1.0', '--c14n'],
    ['1.1', '--c14n11'],
  ] as const)('%s is the same, byte for byte', (form, option) => {
    fc.assert(
      fc.property(documents, (document) => {
        expect(ours(document, form)).toBe(byLibxml2(document, option));
      }),
      { numRuns: 250 },
    );
  });

  it('of everything we accept is accepted there too, and the same', () => {
    const changed = fc
      .tuple(documents, mutations)
      .map(([document, mutate]) => mutate(document).toWellFormed());
    let compared = 0;
    fc.assert(
      fc.property(changed, (document) => {
        const canonical = ours(document, 'exclusive');
        if (canonical === null) return;
        compared += 1;
        expect(canonical).toBe(byLibxml2(document, '--exc-c14n'));
      }),
      { numRuns: 1500 },
    );
    expect(compared).toBeGreaterThan(50);
  });

  it.each([
    ['comments around the root', '<!-- a -->\n<r><!-- b --></r>\n<!-- c -->'],
    ['xml: attributes', '<r xml:lang="en" xml:space="preserve" b="1"><a xml:lang="fr"/></r>'],
    ['namespace names with quotes and escapes', `<r xmlns:a="urn:it's%20" a:x="1"/>`],
    [
      'a prefix undone and redone',
      '<a:r xmlns:a="urn:a"><b xmlns:a="urn:b"><a:c xmlns:a="urn:a"/></b></a:r>',
    ],
  ])('%s', (_, document) => {
    expect(ours(document, 'exclusive')).toBe(byLibxml2(document, '--exc-c14n'));
    expect(ours(document, '1.0')).toBe(byLibxml2(document, '--c14n'));
  });
});
