import { isRecord } from './canonical.ts';
import { showHelpText } from './help-text.ts';
import { type App, type AppSettings, isOidc } from './model.ts';

/** A JSON object. */
export type Document = Readonly<Record<string, unknown>>;

/** Settings as a document: what `validateApp` accepts and gives back unchanged. */
export const showSettings = (settings: AppSettings): Document => ({
  ...settings,
  help_text: showHelpText(settings.help_text),
});

/** The settings of a stored app alone, without what the registry added. */
export function settingsOf(app: App): AppSettings {
  const {
    uuid: _uuid,
    agencyId: _agency,
    createdAt: _created,
    updatedAt: _updated,
    etag: _etag,
    ...settings
  } = app;
  return settings;
}

/** The app document as it is read (portal-and-operations M5): settings, `protocol`, ids, ISO 8601 times, `etag`. */
export const showApp = (app: App): Document => ({
  uuid: app.uuid,
  ...showSettings(settingsOf(app)),
  protocol: isOidc(app) ? 'oidc' : 'saml',
  agency_id: app.agencyId,
  created_at: new Date(app.createdAt).toISOString(),
  updated_at: new Date(app.updatedAt).toISOString(),
  etag: app.etag,
});

/**
 * A document for an app that exists, with the app's agency where it names none. Another agency means another `sub` for
 * everybody (SUB-5): an app moves only when the document says so, with another name or with null.
 */
export const withAgency = (document: unknown, previous: App | null): unknown =>
  previous !== null && isRecord(document) && !Object.hasOwn(document, 'agency')
    ? { ...document, agency: previous.agency }
    : document;

/** Deeper than any field nests; beyond it a patch simply replaces. */
const MAX_DEPTH = 8;

/** RFC 7396: objects merge field by field, null removes, everything else replaces. */
export function mergePatch(target: unknown, patch: unknown, depth = 0): unknown {
  if (!isRecord(patch) || depth > MAX_DEPTH) return patch;
  const merged: Record<string, unknown> = isRecord(target) ? { ...target } : {};
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) delete merged[key];
    else merged[key] = mergePatch(merged[key], value, depth + 1);
  }
  return merged;
}

/**
 * The document that a PATCH makes of an app. Protocol and `pkce` are two names for one choice, so naming one of them
 * sets the other free, and a preset in `help_text` replaces the texts of its page.
 */
export function patchedDocument(app: App, patch: Document): unknown {
  const base: Record<string, unknown> = { ...showSettings(settingsOf(app)) };
  const names = (key: string): boolean => Object.hasOwn(patch, key);
  if ((names('identity_protocol') || names('protocol')) && !names('pkce')) delete base.pkce;
  if ((names('pkce') || names('protocol')) && !names('identity_protocol')) {
    delete base.identity_protocol;
    if (!names('protocol')) base.protocol = isOidc(app) ? 'oidc' : 'saml';
  }
  if (names('team_uuid') && !names('team')) delete base.team;
  return mergePatch(base, patch);
}
