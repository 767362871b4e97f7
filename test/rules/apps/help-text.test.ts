import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { showApp } from '../../../src/apps/document.ts';
import { fillHelp, parseHelpHtml, sanitizeHelpHtml, writeHelpHtml } from '../../../src/apps/help-html.ts';
import { HELP_PRESETS } from '../../../src/apps/help-presets.ts';
import { HELP_CONTEXTS, helpFor, type PresetWords } from '../../../src/apps/help-text.ts';
import { LOCALES, type Locale } from '../../../src/kernel/locale.ts';
import { catalogue } from '../../../src/ui/i18n.ts';
import { anApp, anOidcDocument, errors, settings } from './documents.ts';

const VARIABLES = { sp_name: 'Permits <b>', sp_create_link: '/sign_up/enter_email', app_name: 'Gatehouse' };

const wordsIn = (locale: Locale): PresetWords => {
  const words: Readonly<Record<string, string>> = catalogue(locale);
  return (context, preset) => words[`help.${context}.${preset}`] ?? '';
};

describe('P46, AP-3 sanitising', () => {
  it.each([
    ['<p>Hello <b>you</b></p>', '<p>Hello <b>you</b></p>'],
    ['<script>alert(1)</script>after', 'after'],
    ['<style>p{}</style>x', 'x'],
    ['<img src=x onerror=alert(1)>x', 'x'],
    ['<p onclick="x()" style="a">t</p>', '<p>t</p>'],
    ['<a href="javascript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="java&#115;cript:alert(1)">x</a>', '<a>x</a>'],
    ['<a href="http://a.example.gov/">x</a>', '<a>x</a>'],
    ['<a href="//evil.example/">x</a>', '<a>x</a>'],
    ["<a href='https://a.example.gov/?a=1&amp;b=\"'>x</a>", '<a>x</a>'],
    [
      '<a href="https://a.example.gov/?a=1&amp;b=2">x</a>',
      '<a href="https://a.example.gov/?a=1&amp;b=2">x</a>',
    ],
    ['<a href="mailto:help@example.gov">x</a>', '<a href="mailto:help@example.gov">x</a>'],
    ['<a href="%{sp_create_link}">x</a>', '<a href="%{sp_create_link}">x</a>'],
    [
      '<a href="https://a.example.gov/" target="_blank">x</a>',
      '<a href="https://a.example.gov/" target="_blank" rel="noopener">x</a>',
    ],
    ['<div><h1>Title</h1></div>', 'Title'],
    ['a < b & c > d', 'a &lt; b &amp; c &gt; d'],
    ['&lt;script&gt;alert(1)&lt;/script&gt;', '&lt;script&gt;alert(1)&lt;/script&gt;'],
    ['<ul><li>one<li>two</ul>', '<ul><li>one<li>two</li></li></ul>'],
    ['<!-- <b>x</b> -->y', 'y'],
    ['<p>open', '<p>open</p>'],
    ['</p></b>close', 'close'],
    ['one<br/>two', 'one<br>two'],
    ['<svg><a href="https://a.example.gov/">x</a></svg>y', 'y'],
    ['<scr<script>ipt>x', 'ipt&gt;x'],
  ])('%s', (html, expected) => {
    expect(sanitizeHelpHtml(html)).toBe(expected);
  });

  it('is done after one pass, and leaves no tag or scheme outside the list', () => {
    const piece = fc.constantFrom(
      '<a href="',
      'javascript:',
      'https://x.gov',
      '">',
      '</a>',
      '<p>',
      '<b ',
      '<script>',
      '</',
      '&lt;',
      '&#60;',
      '"',
      "'",
      '<!--',
      '-->',
      'x',
    );
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.string({ maxLength: 5 })), { maxLength: 30 }), (pieces) => {
        const once = sanitizeHelpHtml(pieces.join(''));
        expect(sanitizeHelpHtml(once)).toBe(once);
        expect(
          once.replace(
            /<\/?(?:p|ol|ul|li|strong|em|b|br|a)(?: href="[^"<>]*")?(?: target="_blank" rel="noopener")?>/g,
            '',
          ),
        ).not.toMatch(/[<>]/);
        expect(once).not.toMatch(/<a href="(?!https:|mailto:|%\{sp_create_link\})/);
      }),
    );
  });

  it('fills names as text, never as HTML', () => {
    const filled = fillHelp(parseHelpHtml('<p>%{sp_name} at %{app_name}</p>'), VARIABLES);
    expect(writeHelpHtml(filled)).toBe('<p>Permits &lt;b&gt; at Gatehouse</p>');
  });
});

describe('P43 to P45 presets', () => {
  it('are stored by name and shown by name', () => {
    const document = anOidcDocument({
      help_text: { sign_in: 'first_time', sign_up: 'blank', forgot_password: '' },
    });
    const app = anApp(document);
    expect(app.help_text).toEqual({
      sign_in: { en: 'first_time', es: 'first_time', fr: 'first_time', zh: 'first_time' },
    });
    expect(showApp(app).help_text).toEqual({
      sign_in: 'first_time',
      sign_up: 'blank',
      forgot_password: 'blank',
    });
  });

  it('are rendered with the names of the day', () => {
    const { help_text } = settings(anOidcDocument({ help_text: { sign_in: 'first_time' } }));
    const html = writeHelpHtml(helpFor(help_text, 'sign_in', 'es', VARIABLES, wordsIn('es')));
    expect(html).toContain('Permits &lt;b&gt;');
    expect(html).toContain('href="/sign_up/enter_email"');
    expect(html).not.toContain('%{');
  });

  it('speak every language and survive their own sanitiser', () => {
    for (const context of HELP_CONTEXTS) {
      for (const preset of HELP_PRESETS[context]) {
        for (const locale of LOCALES) {
          const words = wordsIn(locale)(context, preset);
          expect(words).not.toBe('');
          expect(sanitizeHelpHtml(words)).toBe(words);
        }
      }
    }
  });

  it('refuses a word that is no preset of its page', () => {
    expect(errors(anOidcDocument({ help_text: { forgot_password: 'first_time' } }))).toMatchObject([
      { field: 'help_text.forgot_password', code: 'help_text.unknown' },
    ]);
    expect(errors(anOidcDocument({ help_text: { logout: 'blank' } }))).toMatchObject([
      { code: 'help_text.unknown' },
    ]);
  });
});

describe('AP-3 custom help text', () => {
  const { help_text } = settings(
    anOidcDocument({
      help_text: { sign_in: { en: '<p>Ask <script>x</script>Ann</p>', fr: '<p>Demandez</p>' } },
    }),
  );

  it('is sanitised before it is stored', () => {
    expect(help_text.sign_in).toEqual({ en: '<p>Ask Ann</p>', fr: '<p>Demandez</p>' });
  });

  it('falls back to English', () => {
    expect(writeHelpHtml(helpFor(help_text, 'sign_in', 'zh', VARIABLES, wordsIn('zh')))).toBe(
      '<p>Ask Ann</p>',
    );
    expect(writeHelpHtml(helpFor(help_text, 'sign_in', 'fr', VARIABLES, wordsIn('fr')))).toBe(
      '<p>Demandez</p>',
    );
    expect(helpFor(help_text, 'sign_up', 'en', VARIABLES, wordsIn('en'))).toEqual([]);
  });
});
