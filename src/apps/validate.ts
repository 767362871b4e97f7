import * as v from 'valibot';
import { err, ok, type Result } from '../kernel/result.ts';
import { isRecord } from './canonical.ts';
import { APP_DEFAULTS } from './defaults.ts';
import { type FieldError, fieldError } from './field-errors.ts';
import { checkHelpText } from './help-text.ts';
import type { App, AppSettings } from './model.ts';
import { settleProtocol } from './protocol.ts';
import { type AppInput, appShape } from './shape.ts';
import {
  blankToNull,
  checkNames,
  plainFields,
  settleAttributes,
  settleCerts,
  settleLogo,
} from './validate-fields.ts';
import { checkProtocolFields, defaultSamlOptions, defaultSignedRequests } from './validate-protocol.ts';
import { checkUrlsOfApp } from './validate-urls.ts';
import type { ValidationContext } from './validation-context.ts';

/** The error code for a shape that does not fit; names follow the table of 1.4 where it has one. */
function shapeError(issue: v.BaseIssue<unknown>): FieldError {
  const path = issue.path?.map((part) => String(part.key)) ?? [];
  const field = path[0] ?? '';
  // A name that `help_text` does not know.
  if (issue.expected === 'never') return fieldError(path.join('.'), `${field}.unknown`);
  const kind = ['type', 'too_long', 'too_many', 'invalid', 'unknown'].includes(issue.message)
    ? issue.message
    : 'invalid';
  return fieldError(field, kind === 'too_many' && isUrlList(field) ? 'url.too_many' : `${field}.${kind}`);
}

const isUrlList = (field: string): boolean => field.endsWith('_uris') || field === 'acs_urls';

/**
 * Checks an app document and fills in every default (portal-and-operations 1.4 to 1.8): the one validator behind
 * portal, machine interface and import (P26). null and absent mean the default. Returns all field errors at once, each
 * with a code of 1.4 to 1.7.
 */
export function validateApp(input: unknown, context: ValidationContext): Result<AppSettings, FieldError[]> {
  if (!isRecord(input)) return err([fieldError('', 'document.invalid')]);
  const isKnown = (key: string): boolean => Object.hasOwn(appShape().entries, key);
  const unknown = Object.keys(input).filter((key) => !isKnown(key));
  const known = Object.fromEntries(Object.entries(input).filter(([key]) => isKnown(key)));
  const shaped = v.safeParse(appShape(), known);
  if (!shaped.success || unknown.length > 0) {
    const misfits = shaped.success ? [] : shaped.issues.map(shapeError);
    // Names come from outside: a long one is cut, and a thousand of them are not worth a list.
    const strangers = unknown.slice(0, 50).map((key) => fieldError(key.slice(0, 100), 'unknown_field'));
    return err([...strangers, ...misfits]);
  }
  const raw = shaped.output;
  const { previous } = context;
  const errors: FieldError[] = [];

  const protocol = settleProtocol({
    identity_protocol: raw.identity_protocol,
    protocol: raw.protocol,
    pkce: echoedPkce(raw, previous) ? undefined : raw.pkce,
    hasAcsUrl: raw.acs_url !== null,
  });
  if (!protocol.ok) errors.push(fieldError('identity_protocol', protocol.error));
  const saml = protocol.ok && protocol.value.identity_protocol === 'saml';

  errors.push(...checkNames(raw, context));
  const ial = raw.ial ?? 1;
  const attributes = settleAttributes(raw, ial, context);
  errors.push(...attributes.errors);
  const certs = settleCerts(raw, context);
  errors.push(...certs.errors);
  const prodConfig = raw.prod_config ?? context.env === 'production';
  if (context.env === 'production' && !prodConfig)
    errors.push(fieldError('prod_config', 'prod_config.sandbox_in_prod'));
  const urls = checkUrlsOfApp(raw, prodConfig, context);
  errors.push(...urls.errors);
  const help = checkHelpText(raw.help_text ?? {});
  if (!help.ok) errors.push(fieldError(`help_text.${help.error.context}`, 'help_text.unknown'));
  const logo = settleLogo(raw.logo, errors);

  const settings: AppSettings = {
    ...APP_DEFAULTS,
    ...plainFields(raw),
    ...urls.values,
    issuer: raw.issuer ?? '',
    friendly_name: raw.friendly_name ?? '',
    identity_protocol: protocol.ok ? protocol.value.identity_protocol : APP_DEFAULTS.identity_protocol,
    pkce: protocol.ok ? protocol.value.pkce : null,
    team: blankToNull(raw.team ?? raw.team_uuid),
    ial,
    default_aal: raw.default_aal === 0 ? null : raw.default_aal,
    attribute_bundle: attributes.value,
    certs: certs.value,
    signed_request_required:
      raw.signed_request_required ?? (saml && defaultSignedRequests(certs.value.length > 0, context)),
    nameid_format: blankToNull(raw.nameid_format),
    saml_options: raw.saml_options ?? (saml ? defaultSamlOptions(context) : APP_DEFAULTS.saml_options),
    prod_config: prodConfig,
    help_text: help.ok ? help.value : {},
    logo,
  };
  errors.push(...checkProtocolFields(settings, saml, context));
  return errors.length === 0 ? ok(settings) : err(errors);
}

/** A `pkce` that merely comes back with a document must not overrule a protocol that was changed. */
const echoedPkce = (raw: AppInput, previous: App | null): boolean =>
  previous !== null &&
  raw.identity_protocol !== null &&
  raw.identity_protocol !== previous.identity_protocol &&
  raw.pkce === previous.pkce;
