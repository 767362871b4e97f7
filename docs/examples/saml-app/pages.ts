import * as choices from './choices.ts';
import { type Html, html } from './html.ts';
import type { Departure, Identity } from './provider.ts';

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} - Sample SAML app</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">Sample SAML app</a></header><main><h1>${title}</h1>
${body}</main></body></html>`.html;

/** The start page: who is signed in, and everything that can be asked for. */
export function startPage(identity: Identity | null, issuer: string, notice: string | null): string {
  const said = notice === null ? null : html`<p class="notice" role="status">${notice}</p>`;
  const who = identity === null ? html`<p>Nobody is signed in here.</p>` : identityPart(identity);
  return page(identity === null ? 'Welcome' : 'You are signed in', html`${said}${who}${requestForm(issuer)}`);
}

/** What node-saml adds to the attributes. */
const NOT_ATTRIBUTES = new Set(['getAssertionXml', 'getAssertion', 'getSamlResponseXml', 'attributes']);

function identityPart({ profile, isEncrypted }: Identity): Html {
  const rows = Object.entries(profile).filter(([name]) => !NOT_ATTRIBUTES.has(name));
  return html`
<p>Key your records on <code>uuid</code>, <strong>${String(profile.uuid)}</strong>: an email address may change.</p>
<table><caption>The assertion, ${isEncrypted ? 'which came encrypted' : 'which came in the clear'}</caption>
<thead><tr><th scope="col">Name</th><th scope="col">Value</th></tr></thead><tbody>
${rows.map(([name, value]) => html`<tr><th scope="row">${name}</th><td>${show(value)}</td></tr>`)}</tbody></table>
<form method="post" action="/sign-out"><button>Sign out</button></form>`;
}

const show = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value));

const choose = (
  type: 'radio' | 'checkbox',
  name: string,
  legend: string,
  options: readonly choices.Option[],
  checked: readonly string[] = [],
): Html =>
  html`<fieldset><legend>${legend}</legend>${options.map(
    ([value, label]) =>
      html`<label><input type="${type}" name="${name}" value="${value}"${checked.includes(value) ? html` checked` : null}> ${label}</label>`,
  )}</fieldset>`;

const select = (name: string, values: readonly string[]): Html => html`
<label class="field">${name}<select name="${name}">
${values.map((value) => html`<option value="${value}">${value || 'not sent'}</option>`)}</select></label>`;

function requestForm(issuer: string): Html {
  const { BINDINGS, SIGNATURES, ENCRYPTIONS, SERVICE_LEVELS, AAL_VALUES, NAME_IDS, ATTRIBUTES, FLAGS } =
    choices;
  const flags = FLAGS.map(
    ([name, label]) => html`<label><input type="checkbox" name="${name}" value="1"> ${label}</label>`,
  );
  const attributes = ATTRIBUTES.map((name): choices.Option => [name, name]);
  return html`<h2>Ask ${issuer}</h2><form method="post" action="/sign-in"><p><button>Sign in</button></p>
${choose('radio', 'binding', 'The request travels by', BINDINGS, ['redirect'])}
${choose('radio', 'signature', 'The request is', SIGNATURES, ['signed'])}
${choose('radio', 'encryption', 'The assertion comes', ENCRYPTIONS, ['encrypted'])}
${choose('radio', 'service_level', 'Service level', SERVICE_LEVELS, ['urn:acr.login.gov:auth-only'])}
${choose('radio', 'aal', 'Authentication assurance', AAL_VALUES, [''])}
${choose('radio', 'name_id', 'NameID', NAME_IDS, [NAME_IDS[0]?.[0] ?? ''])}
${choose('checkbox', 'attribute', 'Attributes', attributes, ['email'])}
<fieldset><legend>Other parameters</legend>${flags}${select('comparison', choices.COMPARISONS)}${select('locale', choices.LOCALES)}</fieldset>
<p><button>Sign in</button></p></form>`;
}

/** Sends the request as a form; one click, so that it works without scripts. */
export const postPage = ({ url, fields }: Departure): string =>
  page(
    'One more step',
    html`<p>This request travels as a form.</p><form method="post" action="${url}">
${Object.entries(fields ?? {}).map(([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`)}
<button>Continue</button></form>`,
  );

/** What went wrong. */
export const errorPage = (description: string): string =>
  page(
    'That did not work',
    html`<p id="error-description">${description}</p><p><a href="/">Back to the start</a></p>`,
  );

/** Where people are led whose identity could not be verified. */
export const failureToProofPage = page(
  'We could not verify you',
  html`<p>A real app explains its other ways here.</p><p><a href="/">Back to the start</a></p>`,
);
