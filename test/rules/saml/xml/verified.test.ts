import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

const source = join(import.meta.dirname, '../../../../src');
const files = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((name) =>
  /\.tsx?$/.test(name),
);
const thatMention = (word: string) =>
  files.filter((name) => new RegExp(`\\b${word}\\b`).test(readFileSync(join(source, name), 'utf8'))).sort();

describe('V4 what makes a verified value', () => {
  it('is one of the two verifications and nothing else', () => {
    expect(thatMention('markVerified')).toEqual([
      'saml/xml/verified.ts',
      'saml/xml/verify-redirect.ts',
      'saml/xml/verify.ts',
    ]);
  });
  it('finished XML comes from the writer, its templates and the signer alone', () => {
    expect(thatMention('asWritten')).toEqual([
      'saml/xml/sign.ts',
      'saml/xml/template.ts',
      'saml/xml/write.ts',
    ]);
  });
});
