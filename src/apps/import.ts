import { err, ok, type Result } from '../kernel/result.ts';
import { canonicalJson, isRecord } from './canonical.ts';
import { type Document, settingsOf, withAgency } from './document.ts';
import type { Environment } from './environment.ts';
import { type FieldError, fieldError } from './field-errors.ts';
import { readBundle } from './import-bundle.ts';
import { type CheckedLogo, checkLogo, checkLogoDataUrl, isLogoPath, type LogoRefusal } from './logo.ts';
import type { App, AppSettings } from './model.ts';
import { validateApp } from './validate.ts';

/** A field error and the app it belongs to. */
export interface ImportError extends FieldError {
  readonly issuer: string;
}

/** What an import does, or would do: issuers by fate (M7). `extra` are known here but not in the file, and stay. */
export interface ImportReport {
  readonly created: readonly string[];
  readonly updated: readonly string[];
  readonly unchanged: readonly string[];
  readonly extra: readonly string[];
  /** Meant for another environment (`restrict_to_deploy_env`). */
  readonly skipped: readonly string[];
  readonly errors: readonly ImportError[];
}

/** A report and what to write for it. Nothing may be written while there are errors: a bundle is all or nothing. */
export interface ImportPlan {
  readonly report: ImportReport;
  readonly writes: readonly AppSettings[];
  readonly logos: readonly CheckedLogo[];
}

interface ImportContext {
  readonly env: Environment;
  readonly existing: readonly App[];
  readonly ownKeys?: ReadonlySet<string>;
}

const DEPLOY_ENV: Readonly<Record<Environment, string | null>> = {
  local: null,
  test: null,
  sandbox: 'sandbox',
  staging: 'staging',
  production: 'prod',
};

/** M5: without a restriction an app is for everywhere but production, unless it says that it is ready for it. */
function isMeantForHere(entry: Document, env: Environment): boolean {
  const here = DEPLOY_ENV[env];
  const restricted = entry.restrict_to_deploy_env ?? null;
  if (here === null) return true;
  return restricted === null ? here !== 'prod' || entry.prod_config === true : restricted === here;
}

/** No field nests deeper than this. */
const MAX_DEPTH = 8;

const ENV_MARK = '%{env}';

/** M6: `%{env}` stands for the environment, in any text of the file. */
function substitute(value: unknown, env: string, depth = 0): unknown {
  if (typeof value === 'string') return value.replaceAll(ENV_MARK, env);
  if (depth > MAX_DEPTH) return null;
  if (Array.isArray(value)) return value.map((item) => substitute(item, env, depth + 1));
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => [key, substitute(item, env, depth + 1)]),
  );
}

/** A PEM text in place, or the name of one in the bundle's `certs`. */
function resolveCert(cert: unknown, files: ReadonlyMap<string, string>): unknown {
  if (typeof cert !== 'string' || cert.includes('-----')) return cert;
  return files.get(cert) ?? files.get(`${cert}.crt`) ?? cert;
}

type Logo = { readonly path: string | null; readonly stored: CheckedLogo | null };

/** Logo bytes travel with the bundle, as a data URL in place or by name; a path counts only where it is known (M7). */
function resolveLogo(
  logo: unknown,
  files: ReadonlyMap<string, string>,
  previous: App | null,
): Result<Logo, LogoRefusal | 'logo.missing'> {
  if (typeof logo !== 'string' || logo === '' || logo === 'generic.svg')
    return ok({ path: null, stored: null });
  if (isLogoPath(logo) && previous?.logo === logo) return ok({ path: logo, stored: null });
  const file = files.get(logo);
  if (!logo.startsWith('data:') && file === undefined) return err('logo.missing');
  const checked =
    file === undefined || file.startsWith('data:')
      ? checkLogoDataUrl(file ?? logo)
      : checkLogo(
          new Uint8Array(Buffer.from(file, 'base64')),
          logo.toLowerCase().endsWith('.png') ? 'png' : 'svg',
        );
  return checked.ok ? ok({ path: checked.value.path, stored: checked.value }) : checked;
}

/**
 * Plans an import (portal-and-operations M6, M7) without writing anything: reads JSON or YAML, checks every app as the
 * forms do, and says what would be created, updated, left and is extra. Refuses a text that is no bundle at all; faults
 * of single apps are in the report.
 */
export function planImport(
  text: string,
  format: 'json' | 'yaml',
  context: ImportContext,
): Result<ImportPlan, { reason: 'unreadable'; detail: string }> {
  const bundle = readBundle(text, format);
  if (!bundle.ok) return bundle;
  const existing = new Map(context.existing.map((app) => [app.issuer, app]));
  const fates = {
    created: [] as string[],
    updated: [] as string[],
    unchanged: [] as string[],
    skipped: [] as string[],
  };
  const errors: ImportError[] = [];
  const writes: AppSettings[] = [];
  const logos: CheckedLogo[] = [];
  const seen = new Set<string>();

  const here = DEPLOY_ENV[context.env] ?? context.env;
  for (const { issuer: key, document } of bundle.value.entries) {
    // The issuer is a text of the file like any other.
    const issuer = key.replaceAll(ENV_MARK, here);
    const entry = substitute(document, here);
    const fault = (error: FieldError): void => {
      errors.push({ issuer, ...error });
    };
    if (!isRecord(entry)) {
      fault(fieldError('', 'document.invalid'));
      continue;
    }
    if (seen.has(issuer)) {
      fault(fieldError('issuer', 'issuer.twice'));
      continue;
    }
    seen.add(issuer);
    if (!isMeantForHere(entry, context.env)) {
      fates.skipped.push(issuer);
      continue;
    }
    const previous = existing.get(issuer) ?? null;
    // An old singular certificate and a database id mean nothing here (M7).
    const { cert: _cert, id: _id, ...rest } = entry;
    const logo = resolveLogo(rest.logo, bundle.value.logos, previous);
    if (!logo.ok) fault(fieldError('logo', logo.error));
    const certs = Array.isArray(rest.certs)
      ? rest.certs.map((cert) => resolveCert(cert, bundle.value.certs))
      : resolveCert(rest.certs, bundle.value.certs);
    const checked = validateApp(
      withAgency({ ...rest, issuer, certs, logo: logo.ok ? logo.value.path : null }, previous),
      { ...context, previous, imported: true },
    );
    if (!checked.ok) {
      for (const error of checked.error) fault(error);
      continue;
    }
    if (!logo.ok) continue;
    if (logo.value.stored !== null) logos.push(logo.value.stored);
    const same = previous !== null && canonicalJson(settingsOf(previous)) === canonicalJson(checked.value);
    if (same) fates.unchanged.push(issuer);
    else writes.push(checked.value);
    if (!same) fates[previous === null ? 'created' : 'updated'].push(issuer);
  }
  const extra = context.existing.map((app) => app.issuer).filter((issuer) => !seen.has(issuer));
  return ok({ report: { ...fates, extra, errors }, writes, logos });
}
