import fc from 'fast-check';
import { CORE_SCHEMA, load } from 'js-yaml';
import { describe, expect, it } from 'vitest';
import { writeYaml } from '../../../src/apps/write-yaml.ts';

const read = (text: string): unknown => load(text, { schema: CORE_SCHEMA });

/** Texts that readers of YAML like to take for something else. */
const awkward = fc.constantFrom(
  ...['', ' ', 'null', '~', 'true', 'No', 'off', '1', '-1', '1e3', '0x1f', '.inf', '2026-11-22', '12:30:45'],
  ...[
    'a: b',
    'a #b',
    '- a',
    '? a',
    '&a',
    '*a',
    '!a',
    '%a',
    '@a',
    '`a`',
    '[a]',
    '{a}',
    "'a'",
    '"a"',
    '|',
    '>',
  ],
  ...[
    'a\n',
    'a\nb',
    'a\nb\n',
    'a\n\nb',
    ' a\nb',
    'a\n b',
    'a \nb',
    '\na',
    'a\r\nb',
    '---\na',
    '...\na',
    '#a\nb',
  ],
  ...[
    '---',
    '...',
    '<<',
    'a:',
    ':a',
    'y',
    'é',
    '中文',
    '\u0085',
    '\u2028',
    '\ufeff',
    '\u0000',
    '\\',
    '\t',
    'a\tb',
  ],
);
const data = fc.letrec((tie) => ({
  leaf: fc.oneof(
    awkward,
    fc.string({ unit: 'grapheme' }),
    fc.integer(),
    fc.double({ noDefaultInfinity: true, noNaN: true }),
    fc.boolean(),
    fc.constant(null),
  ),
  node: fc.oneof(
    { depthSize: 'small' },
    tie('leaf'),
    fc.array(tie('node'), { maxLength: 4 }),
    fc.dictionary(
      fc.oneof(awkward, fc.string()).filter((key) => key !== '__proto__' && key !== '<<'),
      tie('node'),
      { maxKeys: 4 },
    ),
  ),
}));

describe('M5 apps as YAML', () => {
  it('is read back as it was by a reader of YAML 1.2', () => {
    fc.assert(
      fc.property(
        fc.dictionary(
          awkward.filter((key) => key !== '<<'),
          data.node,
          { maxKeys: 5 },
        ),
        (document) => {
          const plain: unknown = JSON.parse(JSON.stringify(document));
          expect(read(writeYaml(document))).toEqual(plain);
        },
      ),
      { numRuns: 400 },
    );
  });

  it('stands as people would write it', () => {
    expect(
      writeYaml({
        'urn:example:app': {
          friendly_name: 'Parks & Lakes',
          active: true,
          default_aal: null,
          redirect_uris: ['https://app.test/callback', 'https://app.test/other'],
          certs: ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'],
          help_text: { sign_in: [], sign_up: {} },
        },
      }),
    ).toBe(`urn:example:app:
  friendly_name: "Parks & Lakes"
  active: true
  default_aal: null
  redirect_uris:
    - https://app.test/callback
    - https://app.test/other
  certs:
    - |
      -----BEGIN CERTIFICATE-----
      MIIB
      -----END CERTIFICATE-----
  help_text:
    sign_in: []
    sign_up: {}
`);
  });
});
