import { describe, expect, it } from 'vitest';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { at, Layout, type Page, StatusPage, timeoutFlash, translator } from '../../../src/ui/index.ts';
import { aPage, attribute, countOf, pageHtml, tagOf } from './a-page.ts';

const layout = (over: Partial<Page> = {}, title = 'Sign in') =>
  pageHtml(<Layout page={aPage(over)} title={title} />);

const session = { expiresAt: 900_000, now: 0, signOutAction: '/logout', expiredHref: '/?timeout=session' };

describe('UX-2 every page', () => {
  it('is a document with a doctype, a language and a title that names page and product', () => {
    const html = layout({ t: translator('es') });
    expect(html.startsWith('<!DOCTYPE html><html lang="es">')).toBe(true);
    expect(html).toContain('<title>Sign in | Gatehouse</title>');
  });

  it('has exactly one h1, main, header and footer', () => {
    const html = layout();
    for (const element of ['h1', 'main', 'header', 'footer']) expect(countOf(html, element)).toBe(1);
  });

  it('has unique ids and labels its landmarks apart', () => {
    const html = layout({
      session,
      links: { help: '/help' },
      signedIn: { email: 'a@example.com', accountHref: '/account' },
    });
    const ids = [...html.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1]);
    expect(new Set(ids).size).toBe(ids.length);
    const labels = [...html.matchAll(/<nav[^>]*aria-label="([^"]*)"/g)].map((match) => match[1]);
    expect(labels.length).toBe(3);
    expect(new Set(labels).size).toBe(3);
  });

  it('escapes what comes from outside', () => {
    const html = layout({ brand: '<b>', app: { name: '"><script>' }, path: '/x?"><script>' }, '<img>');
    expect(html).not.toContain('"><script>');
    expect(html).not.toContain('<b>');
    expect(html).not.toContain('<img>');
  });
});

describe('UX-1 the frame', () => {
  it('begins with a skip link to the main content', () => {
    const html = layout();
    const links = [...html.matchAll(/<a [^>]*href="([^"]*)"/g)].map((match) => match[1]);
    expect(links[0]).toBe('#main-content');
    expect(tagOf(html, /^<main/)).toContain('id="main-content"');
  });

  it("shows the operator's links that are set and no others", () => {
    const html = layout({ links: { help: 'https://help.example/', security: '/security' } });
    expect(html).toContain('href="https://help.example/"');
    expect(html).toContain('href="/security"');
    expect(html).not.toContain('Privacy');
    expect(layout()).not.toContain('About this site');
  });
});

describe('LC-1, LC-2 language picker', () => {
  it('links to the same path and query in each language, marked with its language', () => {
    const html = layout({ path: '/sign_up/enter_email?request_id=1' });
    for (const locale of LOCALES) {
      const link = tagOf(html, new RegExp(`^<a[^>]*hreflang="${locale}"`));
      expect(attribute(link, 'href')).toBe(`/${locale}/sign_up/enter_email?request_id=1`);
      expect(attribute(link, 'lang')).toBe(locale);
    }
  });

  it('keeps the language segment in our own links', () => {
    expect(at(aPage({ localeInPath: 'fr' }), '/account')).toBe('/fr/account');
    expect(at(aPage(), '/account')).toBe('/account');
  });
});

describe('AP-2 an app in context', () => {
  it('shows its logo with an alternative text and its name', () => {
    const html = layout({ app: { name: 'Harbor Permits', logo: '/logos/1.svg' } });
    expect(tagOf(html, /^<img/)).toContain('alt="Harbor Permits logo"');
    expect(html).toContain('>Harbor Permits</span>');
  });

  it('shows only the name without a logo', () => {
    expect(countOf(layout({ app: { name: 'Harbor Permits' } }), 'img')).toBe(0);
  });
});

describe('test sites', () => {
  it('say that no real data belongs there, and lead to the sandbox where there is one', () => {
    for (const environment of ['local', 'test', 'sandbox'] as const) {
      expect(layout({ environment })).toContain('href="/sandbox"');
    }
    expect(layout({ environment: 'staging' })).toContain('This is a test site.');
    expect(layout({ environment: 'staging' })).not.toContain('/sandbox');
  });

  it('are not production', () => {
    expect(layout()).not.toContain('test site');
  });
});

describe('HD-1 content security policy', () => {
  it('is kept: no inline script, style or handler, and a nonce on every script and style sheet', () => {
    const html = layout({ session, environment: 'local', flashes: [{ type: 'error', text: 'No.' }] });
    expect(html).not.toMatch(/\sstyle=|<style|\son[a-z]+=|javascript:/);
    for (const [tag] of html.matchAll(/<(?:script|link rel="stylesheet")[^>]*>/g)) {
      expect(attribute(tag, 'nonce')).toBe('dGVzdC1ub25jZS10ZXN0LW5vbmNl');
    }
    expect(html).toMatch(
      /<script type="module" src="\/static\/js\/page\.js\?v=[0-9a-f]{8}" nonce="[^"]+"><\/script>/,
    );
  });

  it('loads further scripts only where asked', () => {
    expect(layout()).not.toContain('password-strength.js');
    expect(pageHtml(<Layout page={aPage()} title="x" scripts={['password-strength']} />)).toContain(
      '/static/js/password-strength.js?v=',
    );
  });
});

describe('UX-4 flash messages', () => {
  it('stand before the heading: status for good news, alert for bad', () => {
    const html = layout({
      flashes: [
        { type: 'success', text: 'Saved.' },
        { type: 'error', text: 'Not saved.' },
      ],
    });
    expect(html.indexOf('Saved.')).toBeLessThan(html.indexOf('<h1'));
    expect(attribute(tagOf(html, /usa-alert--success/), 'role')).toBe('status');
    expect(attribute(tagOf(html, /usa-alert--error/), 'role')).toBe('alert');
  });
});

describe('SE-3 session timeout', () => {
  it('puts a closed dialog on pages of a live session, with the time left by our clock', () => {
    const html = layout({ session: { ...session, now: 60_000 } });
    const element = tagOf(html, /^<gh-session-timeout/);
    expect(attribute(element, 'data-remaining-ms')).toBe('840000');
    expect(attribute(element, 'data-warn-seconds')).toBe('150');
    expect(attribute(element, 'data-url')).toBe('/api/internal/sessions');
    expect(attribute(element, 'data-expired-href')).toBe('/?timeout=session');
    expect(tagOf(html, /^<dialog/)).not.toContain(' open');
    expect(html).toContain('action="/logout"');
  });

  it('is absent when nobody is signed in', () => {
    expect(layout()).not.toContain('<dialog');
  });

  it('explains an ended session', () => {
    const t = translator('en');
    expect(timeoutFlash(t, 'session')?.text).toContain('15 minutes');
    expect(timeoutFlash(t, 'form')?.text).toContain('cleared');
    expect(timeoutFlash(t, 'other')).toBeUndefined();
  });
});

describe('SE-4 forms of somebody not signed in', () => {
  it('are marked to be cleared after fifteen minutes', () => {
    expect(attribute(tagOf(layout(), /^<main/), 'data-clear-after')).toBe('900');
    expect(attribute(tagOf(layout({ session }), /^<main/), 'data-clear-after')).toBeUndefined();
  });
});

describe('UX-12 status pages', () => {
  const html = pageHtml(
    <StatusPage
      page={aPage()}
      status="warning"
      title="Almost done"
      troubleshooting={[{ href: '/help', label: 'Get help' }]}
    >
      <p>Text.</p>
    </StatusPage>,
  );

  it('have a decorative picture, one heading and what else to try', () => {
    expect(countOf(html, 'h1')).toBe(1);
    expect(tagOf(html, /gh-icon--large/)).toContain('aria-hidden="true"');
    expect(html.indexOf('gh-status')).toBeLessThan(html.indexOf('<h1'));
    expect(html).toContain('<a href="/help">Get help</a>');
  });
});
