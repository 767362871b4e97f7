import * as choices from './choices.ts';
import { type Html, html } from './html.ts';
import type { Identity } from './provider.ts';

const page = (title: string, body: Html): string =>
  html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>${title} - Sample app</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/style.css"></head>
<body><header><a href="/">Sample app</a></header><main><h1>${title}</h1>
${body}</main></body></html>`.html;

const BACK = html`<p><a href="/">Back to the start</a></p>`;

/** The start page: who is signed in, and everything that can be asked for. */
export function startPage(
  identity: Identity | null,
  issuer: string,
  hasKey: boolean,
  signedOut: boolean,
): string {
  const notice = html`<p class="notice" role="status">You signed out here and at the identity provider.</p>`;
  const body = html`${signedOut ? notice : null}
${identity === null ? html`<p>Nobody is signed in here.</p>` : identityPart(identity)}
${requestForm(issuer, hasKey)}`;
  return page(identity === null ? 'Welcome' : 'You are signed in', body);
}

const identityPart = ({ idToken, rawIdToken, userinfo }: Identity): Html => html`
<p>Key your records on <code>sub</code>, <strong>${String(userinfo.sub)}</strong>: an email address may change.</p>
${claimsTable('userinfo', userinfo)}${claimsTable('id_token', idToken)}
<details><summary>id_token as it came</summary><code>${rawIdToken}</code></details>
<form method="post" action="/sign-out"><button>Sign out</button></form>`;

const TIMES = new Set(['exp', 'iat', 'nbf', 'auth_time', 'verified_at']);

const showClaim = (claim: string, value: unknown): string => {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  const isTime = TIMES.has(claim) && typeof value === 'number';
  return isTime ? `${shown} (${new Date(value * 1000).toISOString()})` : shown;
};

const claimsTable = (name: string, claims: Readonly<Record<string, unknown>>): Html => html`
<table><caption>Claims of ${name}</caption><thead><tr><th scope="col">Claim</th><th scope="col">Value</th></tr></thead><tbody>
${Object.entries(claims).map(
  ([claim, value]) => html`<tr><th scope="row">${claim}</th><td>${showClaim(claim, value)}</td></tr>`,
)}</tbody></table>`;

type Fieldset = {
  readonly name: string;
  readonly legend: string;
  readonly options: readonly choices.Option[];
};

const choose = (
  type: 'radio' | 'checkbox',
  { name, legend, options }: Fieldset,
  checked: readonly string[],
): Html => {
  const mark = (value: string): Html | null => (checked.includes(value) ? html` checked` : null);
  const labels = options.map(
    ([value, label]) =>
      html`<label><input type="${type}" name="${name}" value="${value}"${mark(value)}> ${label}</label>`,
  );
  return html`<fieldset><legend>${legend}</legend>${labels}</fieldset>`;
};

const select = (name: string, values: readonly string[]): Html => html`
<label class="field">${name}<select name="${name}">
${values.map((value) => html`<option value="${value}">${value || 'not sent'}</option>`)}</select></label>`;

const typed = ([name, label, example]: readonly [string, string, string]): Html => html`
<label class="field">${label}<input name="${name}" placeholder="${example}"></label>`;

const length = (name: string): Html => html`<label class="field">Characters of ${name} (at least 22)
<input type="number" name="${name}_length" value="32" min="1" max="1024"></label>`;

const ODD: readonly choices.Option[] = [['yes', 'Go on from the callback to a host that is not registered']];

function requestForm(issuer: string, hasKey: boolean): Html {
  const { SERVICE_LEVELS, AAL_VALUES, SCOPES, TEXT_PARAMETERS, METHODS, PROMPTS, LOCALES } = choices;
  const scopes = SCOPES.map((scope): choices.Option => [scope, scope]);
  const authentications = choices.AUTHENTICATIONS.filter(([value]) => hasKey || value === 'pkce');
  const level = { name: 'service_level', legend: 'Service level', options: SERVICE_LEVELS };
  const proof = { name: 'authentication', legend: 'This app proves who it is by', options: authentications };
  return html`<h2>Ask ${issuer}</h2><form method="post" action="/sign-in"><p><button>Sign in</button></p>
${choose('radio', level, ['urn:acr.login.gov:auth-only'])}
${choose('radio', { name: 'aal', legend: 'Authentication assurance', options: AAL_VALUES }, [''])}
${choose('checkbox', { name: 'scope', legend: 'Scopes', options: scopes }, ['openid', 'email'])}
<fieldset><legend>Other parameters</legend>${select('prompt', PROMPTS)}${select('locale', LOCALES)}
${TEXT_PARAMETERS.map(typed)}${length('state')}${length('nonce')}</fieldset>
${choose('radio', proof, [hasKey ? 'private_key_jwt' : 'pkce'])}
${choose('radio', { name: 'method', legend: 'The request travels by', options: METHODS }, ['GET'])}
${choose('checkbox', { name: 'leave_registered_hosts', legend: 'Break something', options: ODD }, [])}
<p><button>Sign in</button></p></form>`;
}

/** Sends the authorization request as a form; one click, so that it works without scripts. */
export function postPage(url: URL): string {
  const fields = [...url.searchParams].map(
    ([name, value]) => html`<input type="hidden" name="${name}" value="${value}">`,
  );
  const action = url.origin + url.pathname;
  return page(
    'One more step',
    html`<p>This request travels as a form.</p>
<form method="post" action="${action}">${fields}<button>Continue</button></form>`,
  );
}

/** What went wrong, in the identity provider's words, with the link those words end in. */
export function errorPage(error: string, description: string): string {
  const link = /https?:\/\/\S+#\S+/.exec(description)?.[0];
  const help = link ? html`<p><a href="${link}">What this means and how to fix it</a></p>` : null;
  return page(
    'That did not work',
    html`<dl><dt>error</dt><dd id="error">${error}</dd>
<dt>error_description</dt><dd id="error-description">${description || 'None was given.'}</dd></dl>${help}${BACK}`,
  );
}

/** Where people are led whose identity could not be verified. */
export const failureToProofPage = page(
  'We could not verify you',
  html`<p>A real app explains its other ways here: in person, by phone, by mail.</p>${BACK}`,
);

/** Reached only where the browser does not hold the redirects of a form to the registered hosts. */
export const elsewherePage = page(
  'This host is not registered',
  html`<p>Some browsers show this page. Others stop before it and report a <code>form-action</code> violation in their
console, because a form may only lead to registered hosts. The cure: register every host the browser passes.</p>`,
);
