import { describe, expect, it } from 'vitest';
import { readClauses } from '../../../scripts/documents/clauses.ts';

describe('npm run spec-map', () => {
  it('reads clauses and the sentence beside them', () => {
    expect(
      readClauses(
        '/** AUT-7, RFC 7636 section 4.3: the method is `S256`. More. */\nexport const checkIt = 1;',
      ),
    ).toEqual({
      clauses: ['AUT-7', 'RFC 7636 section 4.3'],
      summary: 'The method is `S256`',
    });
  });

  it('prefers the comment on what the file is named after', () => {
    const source =
      '/** A limit (SU-1). */\nexport const LIMIT = 1;\n/**\n * SU-2. Whether a name\n * will do. */\nexport function checkName() {}';
    expect(readClauses(source, 'check-name')).toEqual({
      clauses: ['SU-1', 'SU-2'],
      summary: 'Whether a name will do',
    });
  });

  it('does not take algorithms for clauses', () => {
    expect(readClauses('/** SHA-256 of UTF-8, then AES-256. */')).toBeNull();
  });

  it('finds nothing where nothing is said', () => {
    expect(readClauses('// AUT-7\nexport const a = 1;')).toBeNull();
  });
});
