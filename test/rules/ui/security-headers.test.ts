import { describe, expect, it } from 'vitest';
import {
  contentSecurityPolicy,
  formActionSource,
  securityHeaders,
} from '../../../src/ui/security-headers.ts';

const nonce = 'dGVzdC1ub25jZS10ZXN0LW5vbmNl';

const directives = (policy: string) =>
  new Map(policy.split('; ').map((part) => [part.split(' ')[0] ?? '', part.split(' ').slice(1)] as const));

describe('NET-2 headers of a browser page', () => {
  it('are all there', () => {
    expect(securityHeaders({ nonce })).toMatchObject({
      'Cache-Control': 'no-store',
      Pragma: 'no-cache',
      'X-Frame-Options': 'DENY',
      'X-Content-Type-Options': 'nosniff',
      'X-XSS-Protection': '1; mode=block',
      'X-Download-Options': 'noopen',
      'X-Permitted-Cross-Domain-Policies': 'none',
      'Referrer-Policy': 'strict-origin-when-cross-origin',
      'Strict-Transport-Security': 'max-age=31536000; includeSubDomains; preload',
    });
  });
});

describe('NET-3 content security policy', () => {
  const policy = directives(contentSecurityPolicy({ nonce }));

  it('allows by default only our own origin, and no objects or frames', () => {
    expect(policy.get('default-src')).toEqual(["'self'"]);
    expect(policy.get('base-uri')).toEqual(["'self'"]);
    expect(policy.get('object-src')).toEqual(["'none'"]);
    expect(policy.get('frame-ancestors')).toEqual(["'none'"]);
    expect(policy.get('form-action')).toEqual(["'self'"]);
  });

  it('allows scripts and styles by nonce alone', () => {
    expect(policy.get('script-src')).toEqual([`'nonce-${nonce}'`]);
    expect(policy.get('style-src')).toEqual([`'nonce-${nonce}'`]);
  });

  it('refuses a nonce that could end the directive', () => {
    for (const bad of ['', 'short', `${nonce}'; script-src *`, 'a b c d e f g h i j k l m']) {
      expect(() => contentSecurityPolicy({ nonce: bad })).toThrow();
    }
  });
});

describe('NET-4 where a form may lead', () => {
  it('names each origin and scheme once', () => {
    const policy = contentSecurityPolicy({
      nonce,
      formActionOrigins: ['https://app.example', 'https://app.example', 'gov.app:'],
    });
    expect(directives(policy).get('form-action')).toEqual(["'self'", 'https://app.example', 'gov.app:']);
  });

  it('reduces http addresses to their origin', () => {
    expect(formActionSource('https://app.example/cb?x=1#y')).toBe('https://app.example');
    expect(formActionSource('https://app.example:8443/cb')).toBe('https://app.example:8443');
    expect(formActionSource('http://localhost:3000/auth')).toBe('http://localhost:3000');
  });

  it('reduces the address of an app on a phone to its scheme', () => {
    expect(formActionSource('gov.gsa.app://result/path')).toBe('gov.gsa.app:');
    expect(formActionSource('myapp:/cb')).toBe('myapp:');
  });

  it('never allows addresses that run script', () => {
    expect(formActionSource('javascript:alert(1)')).toBeUndefined();
    expect(formActionSource('data:text/html,x')).toBeUndefined();
    expect(formActionSource('no address')).toBeUndefined();
  });

  it('drops what could end the directive or widen it', () => {
    const policy = contentSecurityPolicy({
      nonce,
      formActionOrigins: [
        "https://a.example; script-src 'unsafe-inline'",
        '*',
        "'unsafe-inline'",
        'https:',
        'x y',
      ],
    });
    expect(directives(policy).get('form-action')).toEqual(["'self'"]);
    expect(policy).not.toContain('unsafe-inline');
  });
});
