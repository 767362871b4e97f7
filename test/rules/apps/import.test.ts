import { describe, expect, it } from 'vitest';
import { exportApps } from '../../../src/apps/export.ts';
import { planImport } from '../../../src/apps/import.ts';
import type { App } from '../../../src/apps/model.ts';
import { anApp, anOidcDocument, aSamlDocument, pem } from './documents.ts';

type Env = 'test' | 'sandbox' | 'staging' | 'production';

function plan(
  text: string,
  format: 'json' | 'yaml' = 'yaml',
  existing: readonly App[] = [],
  env: Env = 'test',
) {
  const planned = planImport(text, format, { env, existing });
  if (!planned.ok) throw new Error(planned.error.detail);
  return planned.value;
}

const unreadable = (text: string, format: 'json' | 'yaml' = 'yaml'): boolean =>
  !planImport(text, format, { env: 'test', existing: [] }).ok;

const FILE = `
urn:gov:example:oidc:
  agency_id: 7
  agency: EX
  friendly_name: Example for %{env}
  protocol: oidc
  ial: 1
  pkce: true
  app_id: 1234
  launch_date: 2026-01-31
  redirect_uris:
    - https://app.example.gov/auth
    - gov.example.app://result
urn:gov:example:saml:
  agency: EX
  acs_url: https://saml.example.gov/acs
  block_encryption: none
  attribute_bundle: [email, phone]
  cert: ignored
`;

describe('M6 YAML files', () => {
  it('read a map from issuer to app, with its dialect', () => {
    const { report, writes } = plan(FILE, 'yaml', [], 'sandbox');
    expect(report).toMatchObject({ created: ['urn:gov:example:oidc', 'urn:gov:example:saml'], errors: [] });
    expect(writes[0]).toMatchObject({
      issuer: 'urn:gov:example:oidc',
      friendly_name: 'Example for sandbox',
      identity_protocol: 'openid_connect_pkce',
      agency: 'EX',
      app_id: '1234',
      launch_date: '2026-01-31',
    });
    expect(writes[1]).toMatchObject({
      identity_protocol: 'saml',
      attribute_bundle: ['email'],
      signed_request_required: false,
      saml_options: { allow_sha1_digest: true },
    });
    expect(writes[0]?.saml_options, 'S9: SAML apps alone').toEqual({});
  });

  it('S9 keep SHA-1 digests for apps that come with that habit, until somebody says otherwise', () => {
    const switched = FILE.replace('cert: ignored', 'saml_options: {}');
    expect(plan(switched, 'yaml', [], 'sandbox').writes[1]?.saml_options).toEqual({});
  });

  it('merge anchors, but not many', () => {
    const merged = plan('d: &d\n  friendly_name: A\n  protocol: oidc\nb:\n  <<: *d\n');
    expect(merged.writes.map((app) => app.issuer)).toEqual(['d', 'b']);
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x,x]'];
    for (let index = 0; index < 8; index += 1) {
      const last = String.fromCharCode(97 + index);
      bomb.push(
        `${String.fromCharCode(98 + index)}: &${String.fromCharCode(98 + index)} [${Array(10).fill(`*${last}`).join(',')}]`,
      );
    }
    expect(unreadable(bomb.join('\n'))).toBe(true);
  });

  it.each([
    ['a: 1\na: 2'],
    ['a: !!js/function "x"'],
    ['a: !!binary AAAA'],
    ['"unclosed'],
    ['just text'],
    ['a: [1'],
    ['x'.repeat(1_048_577)],
    ['a: {friendly_name: A, issuer: b}'],
  ])('refuse %#', (text) => {
    expect(unreadable(text)).toBe(true);
  });
});

describe('M5 restrict_to_deploy_env', () => {
  const file = `
only-prod: {friendly_name: A, protocol: oidc, restrict_to_deploy_env: prod}
only-staging: {friendly_name: A, protocol: oidc, restrict_to_deploy_env: staging}
anywhere: {friendly_name: A, protocol: oidc}
ready: {friendly_name: A, protocol: oidc, prod_config: true}
`;
  it.each([
    ['production', ['only-prod', 'ready']],
    ['staging', ['only-staging', 'anywhere', 'ready']],
    ['sandbox', ['anywhere', 'ready']],
    ['test', ['only-prod', 'only-staging', 'anywhere', 'ready']],
  ] as const)('in %s', (env, created) => {
    expect(plan(file, 'yaml', [], env).report.created).toEqual(created);
  });
});

describe('M7 import rules', () => {
  it('report new, changed, equal and extra apps, and write only what differs', () => {
    const same = anApp(anOidcDocument({ issuer: 'same' }), { imported: true });
    const changed = anApp(anOidcDocument({ issuer: 'changed' }), { imported: true });
    const extra = anApp(anOidcDocument({ issuer: 'extra' }));
    const bundle = JSON.stringify([
      anOidcDocument({ issuer: 'same' }),
      anOidcDocument({ issuer: 'changed', friendly_name: 'New name' }),
      anOidcDocument({ issuer: 'new' }),
    ]);
    const { report, writes } = plan(bundle, 'json', [same, changed, extra]);
    expect(report).toMatchObject({
      created: ['new'],
      updated: ['changed'],
      unchanged: ['same'],
      extra: ['extra'],
      errors: [],
    });
    expect(writes.map((app) => app.issuer)).toEqual(['changed', 'new']);
  });

  it('name the app, the field and the code of every fault', () => {
    const bundle = JSON.stringify({
      apps: [anOidcDocument({ issuer: 'a', ial: 5 }), anOidcDocument({ issuer: 'b', x: 1 }), 7],
    });
    expect(plan(bundle, 'json').report.errors).toMatchObject([
      { issuer: 'a', field: 'ial', code: 'ial.invalid' },
      { issuer: 'b', field: 'x', code: 'unknown_field' },
      { issuer: '', field: '', code: 'document.invalid' },
    ]);
  });

  it('refuse the same issuer twice', () => {
    const bundle = JSON.stringify([anOidcDocument(), anOidcDocument()]);
    expect(plan(bundle, 'json').report.errors).toMatchObject([{ code: 'issuer.twice' }]);
  });

  it('refuse a logo that is named but not there, and take one that travels', () => {
    const named = (logos: Record<string, string>) =>
      plan(JSON.stringify({ apps: [anOidcDocument({ logo: 'agency.svg' })], logos }), 'json');
    expect(named({}).report.errors).toMatchObject([{ field: 'logo', code: 'logo.missing' }]);
    const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"/>').toString('base64');
    const found = named({ 'agency.svg': svg });
    expect(found.report.errors).toEqual([]);
    expect(found.logos).toHaveLength(1);
    expect(found.writes[0]?.logo).toBe(found.logos[0]?.path);
  });

  it('put the environment into every text, the issuer too', () => {
    const document = { agency: 'EX', protocol: 'oidc', redirect_uris: ['https://%{env}.example.gov/cb'] };
    const bundle = JSON.stringify({ 'urn:gov:example:%{env}:app': { ...document, friendly_name: 'App' } });
    const { report, writes } = plan(bundle, 'json', [], 'staging');
    expect(report).toMatchObject({ created: ['urn:gov:example:staging:app'], errors: [] });
    expect(writes[0]).toMatchObject({
      issuer: 'urn:gov:example:staging:app',
      redirect_uris: ['https://staging.example.gov/cb'],
    });
    const inList = JSON.stringify([{ ...document, issuer: 'urn:x:%{env}', friendly_name: 'App' }]);
    expect(plan(inList, 'json', [], 'staging').report.created).toEqual(['urn:x:staging']);
  });

  it('find certificates by name', () => {
    const bundle = { apps: [aSamlDocument({ certs: ['grants'] })], certs: { 'grants.crt': pem('first') } };
    const { report, writes } = plan(JSON.stringify(bundle), 'json');
    expect(report.errors).toEqual([]);
    expect(writes[0]?.certs).toEqual([expect.stringContaining('BEGIN CERTIFICATE')]);
    expect(plan(JSON.stringify([aSamlDocument({ certs: ['grants'] })]), 'json').report.errors).toMatchObject([
      { code: 'certs.not_pem' },
    ]);
  });

  it('survive documents nested without end', () => {
    const deep = `${'['.repeat(50_000)}${']'.repeat(50_000)}`;
    expect(plan(`[${deep}]`, 'json').report.errors).toMatchObject([{ code: 'document.invalid' }]);
    expect(plan(`{"a": {"help_text": ${deep}}}`, 'json').report.errors).not.toEqual([]);
    expect(unreadable(`a: ${deep}`, 'yaml')).toBe(true);
  });
});

describe('M5 export', () => {
  const apps = [
    anApp(anOidcDocument({ help_text: { sign_in: 'first_time', sign_up: { en: '<p>Hi</p>' } } })),
    anApp(aSamlDocument({ certs: [pem('first'), pem('second')] })),
  ];

  it.each([['json'], ['yaml']] as const)('as %s comes back unchanged', (format) => {
    const { report } = plan(exportApps(apps, format, new Map()), format, apps);
    expect(report).toMatchObject({ created: [], updated: [], errors: [], extra: [] });
    expect(report.unchanged).toHaveLength(2);
  });

  it('carries no ids', () => {
    expect(exportApps(apps, 'json', new Map())).not.toContain(apps[0]?.uuid);
  });
});
