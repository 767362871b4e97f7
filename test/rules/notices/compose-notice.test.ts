import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import type { Notice } from '../../../src/notices/notice.ts';
import { composeNotice } from '../../../src/notices/pages/compose-notice.ts';

const AT = Date.UTC(2026, 10, 22, 13, 9);
const url = 'https://idp.test/es/sign_up/email/confirm?confirmation_token=abc&request_id=1';

const NOTICES: { readonly [K in Notice['kind']]: Extract<Notice, { kind: K }> } = {
  'confirm-sign-up': { kind: 'confirm-sign-up', url, hours: 24 },
  'already-registered': { kind: 'already-registered', signInUrl: 'https://idp.test/', resetUrl: url },
  'sign-up-suspended': { kind: 'sign-up-suspended' },
  'confirm-added-email': { kind: 'confirm-added-email', url, hours: 24 },
  'added-email-taken': { kind: 'added-email-taken', signInUrl: url },
  'reset-password': { kind: 'reset-password', url, minutes: 30 },
  'reset-unknown-account': { kind: 'reset-unknown-account', signUpUrl: url, address: 'pat@agency.gov' },
  'reset-suspended': { kind: 'reset-suspended' },
  'password-changed': { kind: 'password-changed', disavowUrl: url, at: AT },
  'email-added': { kind: 'email-added', accountUrl: url, at: AT },
  'email-deleted': { kind: 'email-deleted', accountUrl: url, at: AT },
  'factor-added': { kind: 'factor-added', factor: 'Authentication app (Blue)', disavowUrl: url, at: AT },
  'factor-removed': { kind: 'factor-removed', factor: 'Backup codes', disavowUrl: url, at: AT },
  'new-device': {
    kind: 'new-device',
    complete: true,
    browser: 'Firefox 140',
    place: 'Helena, US',
    passwordAt: AT,
    at: AT,
    disavowUrl: url,
  },
  'app-connected': { kind: 'app-connected', app: 'Fish & <Wildlife>', accountUrl: url, at: AT },
  'app-disconnected': { kind: 'app-disconnected', app: 'Parks', accountUrl: url, at: AT },
  'personal-key-issued': { kind: 'personal-key-issued', disavowUrl: url, at: AT },
  'personal-key-used': { kind: 'personal-key-used', disavowUrl: url, at: AT },
  'account-deleted': { kind: 'account-deleted', at: AT },
  'browsers-forgotten': { kind: 'browsers-forgotten', at: AT },
  'account-reset-requested': { kind: 'account-reset-requested', cancelUrl: url, at: AT },
  'account-reset-ready': { kind: 'account-reset-ready', url, hours: 24 },
  'account-reset-cancelled': { kind: 'account-reset-cancelled', at: AT },
  'saml-year-opened': {
    kind: 'saml-year-opened',
    app: 'Fish & <Wildlife>',
    year: 2027,
    ends: AT,
    metadataUrl: url,
  },
  'saml-year-ends': {
    kind: 'saml-year-ends',
    app: 'Parks',
    old: 2026,
    year: 2027,
    ends: AT,
    metadataUrl: url,
  },
  'account-suspended': { kind: 'account-suspended' },
  'please-reset-password': { kind: 'please-reset-password', url },
  'account-reinstated': { kind: 'account-reinstated', signInUrl: url },
};

const context = {
  brand: 'Gatehouse',
  origin: 'https://idp.test',
  logoUrl: null,
  helpUrl: 'https://help.test/',
} as const;
const every = LOCALES.flatMap((locale) =>
  Object.values(NOTICES).map((notice) => ({ locale, notice, name: notice.kind })),
);
const addressesIn = (notice: Notice) =>
  Object.values(notice).filter((value) => /^https:/.test(String(value)));

/** Markup taken out, entities turned back: what a reader of the HTML sees. */
const visible = (html: string): string =>
  html
    .replace(/<title>.*?<\/title>/s, '')
    .replace(/<[^>]+>/g, ' ')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&')
    .replace(/\s+/g, ' ');

describe.each(every)('UX-15 $name in $locale', ({ locale, notice }) => {
  const { subject, text, html, links } = composeNotice(notice, { ...context, locale });

  it('spells every address out, in text and HTML', () => {
    for (const address of addressesIn(notice)) {
      expect(text).toContain(String(address));
      expect(visible(html)).toContain(String(address));
      expect(links.map((link) => link.url)).toContain(address);
    }
  });

  it('says the same in HTML as in plain text', () => {
    const seen = visible(html);
    const lines = text.split('\n').filter((line) => line !== '' && line !== '--' && !/[:：]/.test(line));
    for (const line of lines) expect(seen).toContain(line.replace(/\s+/g, ' ').trim());
  });

  it('carries nothing that could tell who opened it', () => {
    expect(html).not.toMatch(/<(?:img|script|link|iframe|video|audio|object)\b|url\(|@import/i);
    const linked = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) =>
      (match[1] ?? '').replaceAll('&amp;', '&'),
    );
    const known = [...addressesIn(notice).map(String), context.origin, context.helpUrl];
    expect(linked.filter((address) => !known.includes(address))).toEqual([]);
  });

  it('leaves no placeholder open and has one subject line', () => {
    expect(`${subject}${text}${html}`).not.toMatch(/\{\w+\}/);
    expect(subject).not.toMatch(/[\r\n]/);
    expect(html).toContain(`<html lang="${locale}">`);
    expect(html.match(/<h1/g)).toHaveLength(1);
  });
});

describe('L10-3 words that depend on the language', () => {
  it('writes times with their zone', () => {
    const { text } = composeNotice(NOTICES['password-changed'], { ...context, locale: 'en' });
    expect(text).toContain('Time: November 22, 2026 at 1:09 PM UTC');
    expect(composeNotice(NOTICES['password-changed'], { ...context, locale: 'fr' }).text).toContain(
      '22 novembre 2026',
    );
  });

  it('writes how long a link works', () => {
    expect(composeNotice(NOTICES['confirm-sign-up'], { ...context, locale: 'en' }).text).toContain(
      'works for 24 hours',
    );
    expect(composeNotice(NOTICES['reset-password'], { ...context, locale: 'es' }).text).toContain(
      '30 minutos',
    );
  });

  it('names the method', () => {
    expect(composeNotice(NOTICES['factor-added'], { ...context, locale: 'en' }).text).toContain(
      'Method: Authentication app (Blue)',
    );
    expect(composeNotice(NOTICES['factor-added'], { ...context, locale: 'zh' }).text).toContain(
      '验证方式：Authentication app (Blue)',
    );
  });

  it('tells a complete sign-in from one that stopped after the password', () => {
    const half = { ...NOTICES['new-device'], complete: false };
    expect(composeNotice(half, { ...context, locale: 'en' }).subject).not.toBe(
      composeNotice(NOTICES['new-device'], { ...context, locale: 'en' }).subject,
    );
  });
});

describe('names from outside', () => {
  it('escapes them in HTML', () => {
    const { html } = composeNotice(NOTICES['app-connected'], { ...context, locale: 'en' });
    expect(html).toContain('Fish &amp; &lt;Wildlife&gt;');
    expect(html).not.toContain('<Wildlife>');
  });

  it('cannot add a header line to the mail', () => {
    const app = 'Parks\r\nBcc: someone@example.com';
    const { subject } = composeNotice({ ...NOTICES['app-connected'], app }, { ...context, locale: 'en' });
    expect(subject).toBe('You connected Parks Bcc: someone@example.com to your account');
  });
});

describe('the logo', () => {
  it('has the brand as its text', () => {
    const { html } = composeNotice(NOTICES['account-deleted'], {
      ...context,
      locale: 'en',
      logoUrl: 'https://idp.test/static/mail.png',
    });
    expect(html).toContain('<img src="https://idp.test/static/mail.png" alt="Gatehouse"');
  });
});
