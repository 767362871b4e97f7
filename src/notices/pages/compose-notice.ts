import type { Locale } from '../../kernel/locale.ts';
import { type Translate, translator } from '../../ui/index.ts';
import type { Notice } from '../notice.ts';
import { draftNotice, type NoticeDraft, type NoticeLink } from './draft-notice.ts';
import { noticeHtml } from './notice-html.tsx';

/** What is the same in every message of a deployment. Addresses are absolute. */
export interface NoticeContext {
  readonly brand: string;
  /** Origin without a trailing slash. */
  readonly origin: string;
  /** A PNG, the same for everybody (UX-15); null shows the brand's name instead. */
  readonly logoUrl: string | null;
  /** The operator's help page, where only people can help. */
  readonly helpUrl?: string | undefined;
}

/** A notice ready for any mail channel. */
export interface ComposedNotice {
  readonly subject: string;
  readonly text: string;
  readonly html: string;
  readonly links: readonly NoticeLink[];
}

/** Writes a notice in one language, as plain text and as HTML that say the same (NT-1, NT-2, UX-15, L10-3). */
export function composeNotice(
  notice: Notice,
  context: NoticeContext & { readonly locale: Locale },
): ComposedNotice {
  const { brand, origin, logoUrl, locale } = context;
  const t = translator(locale);
  const draft = draftNotice(notice, t, brand, context.helpUrl ?? null);
  const footer = t('notices.common.footer', { brand });
  return {
    subject: oneLine(draft.subject),
    text: noticeText(draft, t, `${footer}\n${origin}`),
    html: noticeHtml(draft, t, { brand, origin, logoUrl, footer }),
    links: draft.links,
  };
}

/** An app's name could hold a line break, which must never reach a mail header. */
const oneLine = (text: string): string => text.replace(/[\p{Cc}\p{Zl}\p{Zp}]+/gu, ' ').trim();

function noticeText(draft: NoticeDraft, t: Translate, footer: string): string {
  const blocks = [
    draft.subject,
    ...draft.paragraphs,
    draft.facts.map((fact) => t('notices.common.fact', fact)).join('\n'),
    ...draft.links.map(({ label, url }) => `${t('notices.common.link', { label })}\n${url}`),
    ...draft.closing,
    `--\n${footer}`,
  ];
  return `${blocks.filter((block) => block !== '').join('\n\n')}\n`;
}
