import { formatDateTime, formatDuration, type Translate } from '../../ui/index.ts';
import type { Notice } from '../notice.ts';

/** A link with the words that say where it leads. */
export interface NoticeLink {
  readonly label: string;
  readonly url: string;
}

/** A notice in one language, before it becomes text and HTML. */
export interface NoticeDraft {
  readonly subject: string;
  readonly paragraphs: readonly string[];
  /** Names and values that identify the event: browser, place, time. */
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly links: readonly NoticeLink[];
  /** What stands below the links: how long they work, what to do if it was somebody else. */
  readonly closing: readonly string[];
}

const HOUR_SECONDS = 3600;
const MINUTE_SECONDS = 60;

/** What each notice says (NT-1, NT-2). `help` is the operator's help page, offered where nothing else can be done. */
export function draftNotice(notice: Notice, t: Translate, brand: string, help: string | null): NoticeDraft {
  const draft = (subject: string, more: Partial<Omit<NoticeDraft, 'subject'>>): NoticeDraft => ({
    subject,
    paragraphs: [],
    facts: [],
    links: [],
    closing: [],
    ...more,
  });
  const when = (at: number): string => formatDateTime(t.locale, at);
  const worksFor = (seconds: number): string =>
    t('notices.common.link_lifetime', { time: formatDuration(t.locale, seconds) });
  const helpLinks: readonly NoticeLink[] =
    help === null ? [] : [{ label: t('notices.common.get_help'), url: help }];
  const timeFact = (at: number) => ({ name: t('notices.common.time'), value: when(at) });
  const notYou = (url: string): Pick<NoticeDraft, 'links' | 'closing'> => ({
    links: [{ label: t('notices.common.not_me'), url }],
    closing: [t('notices.common.if_not_you_link'), t('notices.common.if_you')],
  });
  const atAccount = (url: string): Pick<NoticeDraft, 'links' | 'closing'> => ({
    links: [{ label: t('notices.common.open_account'), url }],
    closing: [t('notices.common.if_not_you_account')],
  });

  switch (notice.kind) {
    case 'confirm-sign-up':
      return draft(t('notices.confirm_sign_up.subject'), {
        paragraphs: [t('notices.confirm_sign_up.body', { brand })],
        links: [{ label: t('notices.common.confirm_email'), url: notice.url }],
        closing: [worksFor(notice.hours * HOUR_SECONDS), t('notices.confirm_sign_up.ignore')],
      });
    case 'already-registered':
      return draft(t('notices.already_registered.subject'), {
        paragraphs: [t('notices.already_registered.body', { brand })],
        links: [
          { label: t('notices.common.sign_in'), url: notice.signInUrl },
          { label: t('notices.common.reset_password'), url: notice.resetUrl },
        ],
        closing: [t('notices.already_registered.ignore')],
      });
    case 'sign-up-suspended':
      return draft(t('notices.account_suspended.subject'), {
        paragraphs: [t('notices.sign_up_suspended.body', { brand })],
        links: helpLinks,
      });
    case 'confirm-added-email':
      return draft(t('notices.confirm_added_email.subject'), {
        paragraphs: [t('notices.confirm_added_email.body', { brand })],
        links: [{ label: t('notices.common.confirm_email'), url: notice.url }],
        closing: [worksFor(notice.hours * HOUR_SECONDS), t('notices.confirm_added_email.ignore')],
      });
    case 'added-email-taken':
      return draft(t('notices.added_email_taken.subject'), {
        paragraphs: [t('notices.added_email_taken.body', { brand }), t('notices.added_email_taken.advice')],
        links: [{ label: t('notices.common.sign_in'), url: notice.signInUrl }],
        closing: [t('notices.added_email_taken.ignore')],
      });
    case 'reset-password':
      return draft(t('notices.reset_password.subject'), {
        paragraphs: [t('notices.reset_password.body', { brand })],
        links: [{ label: t('notices.common.reset_password'), url: notice.url }],
        closing: [worksFor(notice.minutes * MINUTE_SECONDS), t('notices.reset_password.ignore')],
      });
    case 'please-reset-password':
      return draft(t('notices.please_reset_password.subject'), {
        paragraphs: [
          t('notices.please_reset_password.body', { brand }),
          t('notices.please_reset_password.advice'),
        ],
        links: [{ label: t('notices.common.reset_password'), url: notice.url }],
      });
    case 'reset-unknown-account':
      return draft(t('notices.reset_unknown_account.subject'), {
        paragraphs: [
          t('notices.reset_unknown_account.body', { brand, address: notice.address }),
          t('notices.reset_unknown_account.advice'),
        ],
        links: [{ label: t('notices.reset_unknown_account.create'), url: notice.signUpUrl }],
        closing: [t('notices.common.ignore')],
      });
    case 'reset-suspended':
      return draft(t('notices.account_suspended.subject'), {
        paragraphs: [t('notices.reset_suspended.body', { brand })],
        links: helpLinks,
      });
    case 'saml-year-opened':
      return draft(t('notices.saml_year_opened.subject', { year: String(notice.year) }), {
        paragraphs: [
          t('notices.saml_year_opened.body', { brand, app: notice.app, year: String(notice.year) }),
          t('notices.saml_year.what_to_do', { year: String(notice.year) }),
        ],
        facts: [{ name: t('notices.saml_year.ends'), value: when(notice.ends) }],
        links: [{ label: t('notices.saml_year.metadata'), url: notice.metadataUrl }],
        closing: [t('notices.saml_year.why_you', { app: notice.app })],
      });
    case 'saml-year-ends':
      return draft(t('notices.saml_year_ends.subject', { app: notice.app }), {
        paragraphs: [
          t('notices.saml_year_ends.body', { brand, app: notice.app, old: String(notice.old) }),
          t('notices.saml_year.what_to_do', { year: String(notice.year) }),
        ],
        facts: [{ name: t('notices.saml_year.ends'), value: when(notice.ends) }],
        links: [{ label: t('notices.saml_year.metadata'), url: notice.metadataUrl }],
        closing: [t('notices.saml_year.why_you', { app: notice.app })],
      });
    case 'password-changed':
      return draft(t('notices.password_changed.subject'), {
        paragraphs: [t('notices.password_changed.body', { brand })],
        facts: [timeFact(notice.at)],
        ...notYou(notice.disavowUrl),
      });
    case 'email-added':
      return draft(t('notices.email_added.subject'), {
        paragraphs: [t('notices.email_added.body', { brand })],
        facts: [timeFact(notice.at)],
        ...atAccount(notice.accountUrl),
      });
    case 'email-deleted':
      return draft(t('notices.email_deleted.subject'), {
        paragraphs: [t('notices.email_deleted.body', { brand })],
        facts: [timeFact(notice.at)],
        ...atAccount(notice.accountUrl),
      });
    case 'factor-added':
      return draft(t('notices.factor_added.subject'), {
        paragraphs: [t('notices.factor_added.body', { brand })],
        facts: [{ name: t('notices.common.method'), value: notice.factor }, timeFact(notice.at)],
        ...notYou(notice.disavowUrl),
      });
    case 'factor-removed':
      return draft(t('notices.factor_removed.subject'), {
        paragraphs: [t('notices.factor_removed.body', { brand })],
        facts: [{ name: t('notices.common.method'), value: notice.factor }, timeFact(notice.at)],
        ...notYou(notice.disavowUrl),
      });
    case 'new-device':
      return draft(
        notice.complete ? t('notices.new_device.subject') : t('notices.new_device_password_only.subject'),
        {
          paragraphs: [
            notice.complete
              ? t('notices.new_device.body', { brand })
              : t('notices.new_device_password_only.body', { brand }),
          ],
          facts: [
            { name: t('notices.common.browser'), value: notice.browser || t('notices.common.unknown') },
            { name: t('notices.common.place'), value: notice.place || t('notices.common.unknown') },
            ...(notice.passwordAt === null
              ? []
              : [{ name: t('accounts.event.sign_in_before_2fa'), value: when(notice.passwordAt) }]),
            ...(notice.complete
              ? [{ name: t('accounts.event.sign_in_after_2fa'), value: when(notice.at) }]
              : []),
          ],
          ...notYou(notice.disavowUrl),
        },
      );
    case 'app-connected':
      return draft(t('notices.app_connected.subject', { app: notice.app }), {
        paragraphs: [t('notices.app_connected.body', { app: notice.app, brand })],
        facts: [timeFact(notice.at)],
        links: [{ label: t('notices.common.connected_apps'), url: notice.accountUrl }],
        closing: [t('notices.common.if_not_you_account')],
      });
    case 'app-disconnected':
      return draft(t('notices.app_disconnected.subject', { app: notice.app }), {
        paragraphs: [t('notices.app_disconnected.body', { app: notice.app, brand })],
        facts: [timeFact(notice.at)],
        links: [{ label: t('notices.common.connected_apps'), url: notice.accountUrl }],
        closing: [t('notices.common.if_not_you_account')],
      });
    case 'personal-key-issued':
      return draft(t('identity.mail.issued_subject'), {
        paragraphs: [t('identity.mail.issued_body', { brand })],
        facts: [timeFact(notice.at)],
        ...notYou(notice.disavowUrl),
      });
    case 'personal-key-used':
      return draft(t('identity.mail.used_subject'), {
        paragraphs: [t('identity.mail.used_body', { brand })],
        facts: [timeFact(notice.at)],
        ...notYou(notice.disavowUrl),
      });
    case 'account-deleted':
      return draft(t('notices.account_deleted.subject'), {
        paragraphs: [t('notices.account_deleted.body', { brand }), t('notices.account_deleted.advice')],
        facts: [timeFact(notice.at)],
        links: helpLinks,
      });
    case 'browsers-forgotten':
      return draft(t('notices.browsers_forgotten.subject'), {
        paragraphs: [t('notices.browsers_forgotten.body', { brand })],
        facts: [timeFact(notice.at)],
        closing: [t('notices.browsers_forgotten.advice')],
      });
    case 'account-reset-requested':
      return draft(t('notices.account_reset_requested.subject'), {
        paragraphs: [t('notices.account_reset_requested.body', { brand })],
        facts: [timeFact(notice.at)],
        links: [{ label: t('notices.account_reset_requested.cancel'), url: notice.cancelUrl }],
        closing: [t('notices.account_reset_requested.advice')],
      });
    case 'account-reset-ready':
      return draft(t('notices.account_reset_ready.subject'), {
        paragraphs: [t('notices.account_reset_ready.body', { brand })],
        links: [{ label: t('notices.account_reset_ready.delete'), url: notice.url }],
        closing: [worksFor(notice.hours * HOUR_SECONDS), t('notices.account_reset_ready.ignore')],
      });
    case 'account-reset-cancelled':
      return draft(t('notices.account_reset_cancelled.subject'), {
        paragraphs: [t('notices.account_reset_cancelled.body', { brand })],
        facts: [timeFact(notice.at)],
      });
    case 'account-suspended':
      return draft(t('notices.account_suspended.subject'), {
        paragraphs: [t('notices.account_suspended.body', { brand })],
        links: helpLinks,
      });
    case 'account-reinstated':
      return draft(t('notices.account_reinstated.subject'), {
        paragraphs: [t('notices.account_reinstated.body', { brand })],
        links: [{ label: t('notices.common.sign_in'), url: notice.signInUrl }],
      });
  }
}
