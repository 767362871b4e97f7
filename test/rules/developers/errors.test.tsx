import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { ERROR_DICTIONARY } from '../../../src/developers/errors.ts';
import { errorsMarkdown } from '../../../src/developers/errors-markdown.ts';
import { DeveloperHomePage } from '../../../src/developers/pages/home.tsx';
import { SupportPage } from '../../../src/developers/pages/support.tsx';
import { SAML_ERRORS } from '../../../src/saml/rules/errors.ts';
import { translator } from '../../../src/ui/index.ts';
import { readSources } from '../../support/source-graph.ts';
import { aPage, pageHtml } from '../ui/a-page.ts';

const TOP = resolve(import.meta.dirname, '../../..');
const source = (path: string): string => readFileSync(join(TOP, path), 'utf8');

const entries = ERROR_DICTIONARY.flatMap((group) => group.entries);
const byId = new Map(entries.map((entry) => [entry.id, entry]));
const anchors = entries.flatMap(({ id, aliases }) => [id, ...aliases]);

/** Ids and sentences a source file defines, one for each match of the pattern; BLANK and LISTED are its constants. */
function sentences(path: string, pattern: RegExp): readonly { readonly id: string; readonly text: string }[] {
  return [...source(path).matchAll(pattern)].map(([, id = '', text = '']) => ({
    id,
    text: text
      .replace(/\$\{BLANK\}/, 'Please fill in this field.')
      .replace(/\$\{LISTED\}/, 'is not included in the list'),
  }));
}

const messages = sentences(
  'src/oidc/rules/messages.ts',
  /^ {2}'?([a-z-]+)'?: (?:plain|documented)\(\s*'\w+',\s*['`]([^'`]*)['`]/gm,
);
const tokenFaults = sentences(
  'src/oidc/rules/token-faults.ts',
  /^ {2}'([a-z-]+)': template\(\s*'\w+',\s*'([^']*)'/gm,
);
const userinfoRefusals = sentences(
  'src/oidc/wire/encode-userinfo-error.ts',
  /^ {2}'([a-z-]+)':\s+'([A-Z][^'"]*)'/gm,
);

/** Parts of a sentence that do not depend on the request. */
const fixedParts = (text: string): readonly string[] => text.split('%s').filter((part) => part.trim() !== '');

describe('5.4 the error dictionary', () => {
  it('has each id once', () => {
    expect(new Set(anchors).size).toBe(anchors.length);
  });

  it('has a cause and a fix for everything', () => {
    expect(
      entries.filter(({ message, cause, fix }) => ![message, cause, fix].every((text) => text.length > 10)),
    ).toEqual([]);
  });

  it('found the sentences of the OpenID Connect door to compare with', () => {
    expect(messages.length).toBeGreaterThan(30);
    expect(tokenFaults.length).toBeGreaterThan(20);
    expect(userinfoRefusals).toHaveLength(3);
  });

  it.each([...messages, ...tokenFaults, ...userinfoRefusals])(
    'explains $id in the words that are sent',
    ({ id, text }) => {
      const message = byId.get(id)?.message ?? 'missing';
      for (const part of fixedParts(text)) expect(message).toContain(part.trim());
    },
  );

  it.each(SAML_ERRORS)('explains %s of the SAML door in the words that are shown', (id) => {
    expect(byId.get(id)?.message).toBe(translator('en')(`saml.error.${id}`));
  });

  it('explains every problem of the machine interfaces', () => {
    const ids = readSources(TOP, 'src').flatMap(({ text }) =>
      [...text.matchAll(/status: [\w.]+, id: '([\w.-]+)', title: '([^']*)'/g)].map(
        ([, id = '', title = '']) => ({
          id,
          title,
        }),
      ),
    );
    expect(ids.length).toBeGreaterThan(10);
    const missing = ids.filter(({ id, title }) => !(byId.get(id)?.message.includes(title) ?? false));
    expect(missing).toEqual([]);
  });

  it('explains every failure page', () => {
    const kinds = [
      ...(/const TITLES = \{([\s\S]*?)\}/.exec(source('src/edge.tsx'))?.[1] ?? '').matchAll(
        /^ +'?([a-z-]+)'?:/gm,
      ),
    ];
    expect(kinds.length).toBeGreaterThan(3);
    expect(kinds.map(([, id = '']) => id).filter((id) => !byId.has(id))).toEqual([]);
  });

  it('explains every id that a page of ours carries', () => {
    const ids = readSources(TOP, 'src').flatMap(({ text }) =>
      [...text.matchAll(/(?:data-error-id|errorId)="([\w-]+)"|\b4\d\d: '([a-z-]+)'/g)].map(
        ([, onPage, byStatus]) => onPage ?? byStatus ?? '',
      ),
    );
    expect(ids).toEqual(expect.arrayContaining(['bounced', 'form-refused']));
    expect(ids.filter((id) => !byId.has(id))).toEqual([]);
  });

  it.each([
    ...[
      'bad-client-id',
      'oidc-missing-ial',
      'oidc-missing-acr-values',
      'oidc-no-acr-values',
      'oidc-no-scope',
    ],
    ...['oidc-unauthotized-scope', 'oidc-no-prompt', 'oidc-invalid-redirect', 'oidc-redirect-match'],
    ...[
      'client-id-not-recognized',
      'client-id-missing',
      'id-token-hint',
      'token-expired',
      'invalid-aud-claim',
    ],
    ...[
      'pkce-or-private-key',
      'invalid-code',
      'invalid-code-verifier',
      'invalid-iat',
      'invalid-token-signature',
    ],
    ...['malformed-auth-header', 'no-auth-header', 'auth-header-contents-not-found', 'unauthorized'],
    ...['unauthorized_auth_context', 'nameidformat_unrecognized', 'saml-signature', 'redirects'],
    ...['saml.signature_required', 'app-disabled', 'rate-limited', 'env-mismatch'],
  ])('keeps the published anchor %s', (id) => {
    expect(anchors).toContain(id);
  });
});

describe('docs/errors.md', () => {
  it('is the dictionary (node scripts/errors.ts writes it)', () => {
    expect(source('docs/errors.md')).toBe(errorsMarkdown(ERROR_DICTIONARY));
  });
});

describe('/developers', () => {
  const support = pageHtml(<SupportPage page={aPage()} dictionary={ERROR_DICTIONARY} />);

  it('gives every entry its anchor, once', () => {
    expect(anchors.filter((id) => !support.includes(`id="${id}"`))).toEqual([]);
    const all = [...support.matchAll(/\sid="([^"]*)"/g)].map(([, id = '']) => id);
    expect(new Set(all).size).toBe(all.length);
  });

  it('links to anchors that exist', () => {
    const links = [...support.matchAll(/href="[^"#]*#([^"]*)"/g)].map(([, id = '']) => id);
    expect(links.filter((id) => !support.includes(`id="${id}"`))).toEqual([]);
  });

  it('marks its text as English in other languages and says so', () => {
    const spanish = pageHtml(
      <SupportPage page={aPage({ t: translator('es'), localeInPath: 'es' })} dictionary={ERROR_DICTIONARY} />,
    );
    expect(spanish).toContain('<html lang="es">');
    expect(spanish).toContain('<div lang="en">');
    expect(spanish).toContain('Esta página solo está disponible en inglés.');
    expect(spanish).toContain('href="/es/developers"');
    expect(support).not.toContain('English only');
  });

  it('promises test accounts only where they exist', () => {
    const home = (sandbox: boolean): string =>
      pageHtml(
        <DeveloperHomePage
          page={aPage()}
          origin="https://idp.test"
          sandbox={sandbox}
          dictionary={ERROR_DICTIONARY}
        />,
      );
    expect(home(true)).toContain('https://idp.test/api/sandbox/v1/accounts');
    expect(home(false)).not.toContain('api/sandbox');
    expect(home(false)).toContain('https://idp.test/.well-known/openid-configuration');
  });
});
