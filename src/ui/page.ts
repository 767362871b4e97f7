import type { Locale } from '../kernel/locale.ts';
import type { EpochMs } from '../kernel/time.ts';
import { localizedPath } from './choose-locale.ts';
import type { Translate } from './i18n.ts';

/** What kind of news an alert or a status page brings. */
export type AlertType = 'success' | 'info' | 'warning' | 'error';

/** A message shown once, before the heading (UX-4). */
export type Flash = { readonly type: AlertType; readonly text: string };

/** The app the person is on the way to. */
export type AppInContext = {
  readonly name: string;
  /** Address of the app's logo on our own origin; without one only the name is shown. */
  readonly logo?: string | undefined;
};

/** Links the operator may set; those that are not set are not shown. */
export type SiteLinks = {
  readonly help?: string | undefined;
  readonly privacy?: string | undefined;
  readonly security?: string | undefined;
  readonly contact?: string | undefined;
  readonly accessibility?: string | undefined;
};

/** When the browser's session ends; its presence puts the timeout dialog on the page (SE-3). */
export type SessionOnPage = {
  /** Epoch milliseconds at which the session expires if nothing happens. */
  readonly expiresAt: EpochMs;
  /** Epoch milliseconds at which this page was made. The browser counts from the difference, so its own clock may be wrong. */
  readonly now: EpochMs;
  /** Where "sign out" posts to. */
  readonly signOutAction: string;
  /** Where to go when the time is over. */
  readonly expiredHref: string;
};

/** What every page is told about the request it answers. The handler builds it; pages pass it on. */
export type Page = {
  readonly t: Translate;
  readonly brand: string;
  readonly environment: 'local' | 'test' | 'sandbox' | 'staging' | 'production';
  /** Path and query of this page without its locale segment; the language picker links to it. */
  readonly path: string;
  /** The locale segment of the request's path, if it had one; our own links keep it (see `at`). */
  readonly localeInPath?: Locale | undefined;
  /** The nonce of this response's content security policy. */
  readonly nonce: string;
  /** The CSRF token every form carries as `csrf`. */
  readonly csrf: string;
  /** The stored request this browser is working on; forms carry it as `request_id` when asked to. */
  readonly requestId?: string | undefined;
  /** Finds this very request in the log: what `x-request-id` says. Pages that refuse show it (G8). */
  readonly supportId?: string | undefined;
  readonly app?: AppInContext | undefined;
  readonly flashes?: readonly Flash[] | undefined;
  readonly links?: SiteLinks | undefined;
  readonly session?: SessionOnPage | undefined;
  /** Shown in the header once fully signed in. */
  readonly signedIn?: { readonly email: string; readonly accountHref: string } | undefined;
};

/** The address of one of our own pages, keeping the language segment the person is browsing with. */
export const at = (page: Page, path: string): string =>
  page.localeInPath ? localizedPath(page.localeInPath, path) : path;

/**
 * The way back to the app that this page names (FLO-9): it carries the question (AP-1), because another tab may have
 * begun one of another app since.
 */
export const wayBack = (page: Page, as: 'cancel' | 'failure_to_proof' = 'cancel'): string =>
  at(
    page,
    `/redirect/return_to_sp/${as}${page.requestId === undefined ? '' : `?request_id=${page.requestId}`}`,
  );

/** SE-2 to SE-4: the notice for a page that was opened with `?timeout=`: its session or form ended, by time or from elsewhere. */
export const timeoutFlash = (t: Translate, timeout: string | undefined, minutes = 15): Flash | undefined => {
  switch (timeout) {
    case 'session':
      return { type: 'info', text: t('layout.notice.session_expired', { minutes }) };
    case 'form':
      return { type: 'info', text: t('layout.notice.form_cleared', { minutes }) };
    case 'other-browser':
      return { type: 'warning', text: t('layout.notice.ended_other_browser') };
    case 'signed-out':
      return { type: 'warning', text: t('layout.notice.ended_signed_out') };
    case 'password':
      return { type: 'warning', text: t('layout.notice.ended_password') };
    default:
      return undefined;
  }
};
