import type { Environment } from './environment.ts';
import { type FieldError, fieldError } from './field-errors.ts';
import type { App, AppSettings } from './model.ts';
import type { AppInput } from './shape.ts';
import { checkUrl, checkUrlHere, isLocalhost, tidyUrls, type UrlKind } from './urls.ts';

interface UrlContext {
  readonly env: Environment;
  readonly previous: App | null;
  readonly actor?: 'operator' | 'partner';
}

/** Every field that holds one URL, and what it is for. */
const SINGLE = {
  acs_url: 'web',
  assertion_consumer_logout_service_url: 'web',
  sp_initiated_login_url: 'web',
  return_to_sp_url: 'redirect',
  failure_to_proof_url: 'redirect',
  post_idv_follow_up_url: 'web',
  push_notification_url: 'server',
  metadata_url: 'server',
} as const satisfies Partial<Record<keyof AppSettings, UrlKind>>;
type SingleField = keyof typeof SINGLE;
const SINGLE_FIELDS: readonly SingleField[] = [
  'acs_url',
  'assertion_consumer_logout_service_url',
  'sp_initiated_login_url',
  'return_to_sp_url',
  'failure_to_proof_url',
  'post_idv_follow_up_url',
  'push_notification_url',
  'metadata_url',
];

/** Every field that holds several. */
const LISTS = {
  redirect_uris: 'redirect',
  post_logout_redirect_uris: 'redirect',
  acs_urls: 'web',
} as const satisfies Partial<Record<keyof AppSettings, UrlKind>>;
type ListField = keyof typeof LISTS;
const LIST_FIELDS: readonly ListField[] = ['redirect_uris', 'post_logout_redirect_uris', 'acs_urls'];

export type CheckedUrls = Record<SingleField, string | null> & Record<ListField, readonly string[]>;

/**
 * Checks all URLs of a document (portal-and-operations 1.5): form always, rules of the environment for values that are
 * new. A production configuration of a partner has no localhost (rule 6); operators may set one.
 */
export function checkUrlsOfApp(
  raw: AppInput,
  prodConfig: boolean,
  context: UrlContext,
): { values: CheckedUrls; errors: FieldError[] } {
  const errors: FieldError[] = [];
  const isNew = (field: SingleField | ListField, url: string): boolean => {
    const before = context.previous?.[field] ?? null;
    return typeof before === 'string' ? before !== url : !(before?.includes(url) ?? false);
  };
  const check = (field: SingleField | ListField, url: string, kind: UrlKind, where?: string): void => {
    const formed = checkUrl(url, kind);
    const fresh = isNew(field, url);
    const here = formed.ok && fresh ? checkUrlHere(url, kind, context.env) : formed;
    if (!here.ok) errors.push(fieldError(field, here.error, where));
    else if (prodConfig && context.actor === 'partner' && fresh && isLocalhost(url)) {
      errors.push(fieldError(field, 'url.localhost', where));
    }
  };

  const values: CheckedUrls = {
    acs_url: null,
    assertion_consumer_logout_service_url: null,
    sp_initiated_login_url: null,
    return_to_sp_url: null,
    failure_to_proof_url: null,
    post_idv_follow_up_url: null,
    push_notification_url: null,
    metadata_url: null,
    redirect_uris: [],
    post_logout_redirect_uris: [],
    acs_urls: [],
  };
  for (const field of SINGLE_FIELDS) {
    const url = raw[field];
    if (url === null || url === '') continue;
    check(field, url, SINGLE[field]);
    values[field] = url;
  }
  for (const field of LIST_FIELDS) {
    const urls = tidyUrls(raw[field] ?? []);
    for (const [index, url] of urls.entries()) {
      check(field, url, LISTS[field], urls.length > 1 ? `entry ${index + 1}` : undefined);
    }
    values[field] = urls;
  }
  if (prodConfig && context.actor === 'partner' && context.previous?.prod_config !== true) {
    const all = [
      ...SINGLE_FIELDS.map((field) => values[field]),
      ...LIST_FIELDS.flatMap((field) => values[field]),
    ];
    if (all.some((url) => url !== null && isLocalhost(url))) {
      errors.push(fieldError('prod_config', 'prod_config.localhost'));
    }
  }
  return { values, errors };
}
