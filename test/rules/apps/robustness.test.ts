import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergePatch, showSettings } from '../../../src/apps/document.ts';
import { planImport } from '../../../src/apps/import.ts';
import { rebuildSvg } from '../../../src/apps/logo-svg.ts';
import { appShape } from '../../../src/apps/shape.ts';
import { validateApp } from '../../../src/apps/validate.ts';
import { fromUtf8 } from '../../../src/kernel/bytes.ts';
import { anOidcDocument } from './documents.ts';

const field = fc.constantFrom(...Object.keys(appShape().entries), '__proto__', 'constructor', '');
const anything = fc.dictionary(field, fc.jsonValue({ maxDepth: 3 }));

describe('whatever arrives', () => {
  it('a document is accepted or refused with codes, never a fault', () => {
    fc.assert(
      fc.property(anything, (fields) => {
        const checked = validateApp({ ...anOidcDocument(), ...fields }, { env: 'sandbox', previous: null });
        if (!checked.ok)
          expect(checked.error.every((error) => error.code !== '' && error.message !== '')).toBe(true);
      }),
    );
  });

  it('an accepted document is accepted again, and means the same', () => {
    fc.assert(
      fc.property(anything, (fields) => {
        const context = { env: 'sandbox', previous: null } as const;
        const checked = validateApp({ ...anOidcDocument(), ...fields }, context);
        if (checked.ok) expect(validateApp(showSettings(checked.value), context)).toEqual(checked);
      }),
    );
  });

  it('a merge patch with nothing in it changes nothing', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        const target = JSON.parse(JSON.stringify({ value }));
        expect(mergePatch(target, {})).toEqual(target);
      }),
    );
  });

  it('a bundle is planned or refused', () => {
    const piece = fc.constantFrom(
      'a:',
      ' ',
      '\n',
      '- ',
      '{',
      '}',
      '[',
      ']',
      '&x ',
      '*x',
      '<<: ',
      '"',
      '!!x ',
      '? ',
      '|',
      'issuer: b',
      '#',
      ',',
      '%{env}',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 4 })), { maxLength: 25 }), (pieces) => {
        planImport(pieces.join(''), 'yaml', { env: 'test', existing: [] });
        planImport(pieces.join(''), 'json', { env: 'test', existing: [] });
      }),
    );
  });

  it('a rebuilt SVG holds nothing that runs or leaves, and is rebuilt to itself', () => {
    const piece = fc.constantFrom(
      '<g>',
      '</g>',
      '<style>',
      '</style>',
      '@import',
      'url(',
      '#a',
      ')',
      '<rect fill="',
      '"/>',
      'https://x',
      '<![CDATA[',
      ']]>',
      '<!--',
      '-->',
      'javascript:',
      '<use href="',
      '&#x3c;script>',
      '\\',
      ' onload="x"',
      '<a>',
      'é',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const source = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1">${pieces.join('')}</svg>`;
        const once = rebuildSvg(source);
        if (!once.ok) return;
        const text = fromUtf8(once.value) ?? '';
        const tags = text.match(/<[^>]*>/g)?.join('') ?? '';
        const css = text.match(/<style>.*?<\/style>/gs)?.join('') ?? '';
        expect(tags).not.toMatch(/<(?:script|a|foreignObject)\b|\son\w+=|href="(?!#|data:image\/png)/i);
        expect(tags + css).not.toMatch(/url\((?!#)|@import/i);
        expect(rebuildSvg(text)).toEqual(once);
      }),
      { numRuns: 500 },
    );
  });
});
