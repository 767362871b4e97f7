import { describe, expect, it } from 'vitest';
import { fillPlaceholders, translator } from '../../../src/ui/i18n.ts';

describe('words', () => {
  it('fills placeholders', () => {
    expect(translator('en')('layout.title', { page: 'Sign in', brand: 'Gatehouse' })).toBe(
      'Sign in | Gatehouse',
    );
  });

  it('does not fill placeholders inside what was filled in', () => {
    expect(translator('en')('layout.title', { page: '{brand}', brand: 'X' })).toBe('{brand} | X');
  });

  it('writes numbers the way the language does', () => {
    expect(fillPlaceholders('en', '{n}', { n: 12345.5 })).toBe('12,345.5');
    expect(fillPlaceholders('es', '{n}', { n: 12345.5 })).toBe('12.345,5');
  });

  it('leaves a placeholder without a value visible and ignores inherited names', () => {
    expect(fillPlaceholders('en', '{gone} {constructor}', {})).toBe('{gone} {constructor}');
  });

  it('chooses the plural form by the rules of the language', () => {
    expect(translator('en').plural('layout.errors.summary', 1)).toBe('There is a problem with this page');
    expect(translator('en').plural('layout.errors.summary', 2)).toBe('There are 2 problems with this page');
    // French counts nothing as singular, English as plural.
    expect(translator('fr').plural('layout.errors.summary', 0)).toBe('Il y a un problème sur cette page');
    expect(translator('en').plural('layout.errors.summary', 0)).toBe('There are 0 problems with this page');
    expect(translator('zh').plural('layout.errors.summary', 1)).toBe('此页面有 1 个问题');
  });

  it('sets French punctuation with spaces that do not break', () => {
    expect(translator('fr')('layout.strength.great')).toBe('Excellent\u00a0!');
  });

  it('refuses to compile without the placeholders of the English text', () => {
    const t = translator('en');
    // @ts-expect-error brand is missing
    expect(t('layout.header.home')).toBe('{brand} home');
    // @ts-expect-error this text has no placeholders
    expect(t('layout.skip', { x: 1 })).toBe('Skip to main content');
    // @ts-expect-error no such key
    expect(() => t('layout.nothing')).toThrow();
  });
});
