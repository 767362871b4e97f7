import { describe, expect, it } from 'vitest';
import { chooseLocale, localizedPath, readLocale, splitLocalePath } from '../../../src/ui/choose-locale.ts';

describe('LC-1 the language of a page', () => {
  it('is English when nothing is said', () => {
    expect(chooseLocale({})).toBe('en');
  });

  it('follows path, parameter, the app, the earlier choice and the browser, in this order', () => {
    const hints = { pathPrefix: 'es', query: 'fr', uiLocales: 'zh', cookie: 'en', acceptLanguage: 'es' };
    expect(chooseLocale(hints)).toBe('es');
    expect(chooseLocale({ ...hints, pathPrefix: undefined })).toBe('fr');
    expect(chooseLocale({ ...hints, pathPrefix: undefined, query: undefined })).toBe('zh');
    expect(chooseLocale({ cookie: 'fr', acceptLanguage: 'es' })).toBe('fr');
    expect(chooseLocale({ acceptLanguage: 'es' })).toBe('es');
  });

  it('passes over languages it does not speak', () => {
    expect(chooseLocale({ query: 'de', acceptLanguage: 'de, fr;q=0.5' })).toBe('fr');
    expect(chooseLocale({ uiLocales: 'de fr-CA en' })).toBe('fr');
  });

  it('weighs Accept-Language (RFC 9110 section 12.5.4)', () => {
    expect(chooseLocale({ acceptLanguage: 'en;q=0.3, es;q=0.8, zh;q=0.8' })).toBe('es');
    expect(chooseLocale({ acceptLanguage: 'es;q=0, fr;q=0.1' })).toBe('fr');
    expect(chooseLocale({ acceptLanguage: '*;q=1, , ;;' })).toBe('en');
  });

  it('reads a bounded part of a long header', () => {
    expect(chooseLocale({ acceptLanguage: `${'de,'.repeat(400)}es` })).toBe('en');
  });
});

describe('AUT-14 tags', () => {
  it('accepts upper case, regions and scripts', () => {
    expect(readLocale('ES')).toBe('es');
    expect(readLocale('fr-CA')).toBe('fr');
    expect(readLocale('zh_Hans_CN')).toBe('zh');
  });

  it('refuses what only begins like a language', () => {
    expect(readLocale('english')).toBeUndefined();
    expect(readLocale('')).toBeUndefined();
    expect(readLocale(undefined)).toBeUndefined();
  });
});

describe('UR-1 the locale segment', () => {
  it('is taken off a path', () => {
    expect(splitLocalePath('/es/account')).toEqual({ locale: 'es', path: '/account' });
    expect(splitLocalePath('/fr')).toEqual({ locale: 'fr', path: '/' });
    expect(splitLocalePath('/fr/')).toEqual({ locale: 'fr', path: '/' });
  });

  it('is not found in other paths', () => {
    expect(splitLocalePath('/essay')).toEqual({ path: '/essay' });
    expect(splitLocalePath('/ES/account')).toEqual({ path: '/ES/account' });
    expect(splitLocalePath('/')).toEqual({ path: '/' });
  });

  it('is put before a path', () => {
    expect(localizedPath('es', '/account?a=1')).toBe('/es/account?a=1');
    expect(localizedPath('es', '/')).toBe('/es');
    expect(localizedPath('es', '/?request_id=1')).toBe('/es?request_id=1');
  });

  it('never makes an address of another host', () => {
    for (const { path } of [splitLocalePath('/es//evil.example'), splitLocalePath('//evil.example')]) {
      expect(new URL(localizedPath('en', path), 'https://idp.test').host).toBe('idp.test');
    }
  });
});
