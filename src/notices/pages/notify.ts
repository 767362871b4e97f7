import type { LogFacts } from '../../kernel/log.ts';
import type { Notify } from '../../signin/ports.ts';
import { MESSAGE_PATIENCE_MS, type Words } from '../../ui/catalogue-loader.ts';
import type { SendMessage } from '../model.ts';
import { composeNotice, type NoticeContext } from './compose-notice.ts';

/** Writes one line to the log: an event's name and facts that name nobody. */
export type LogNotice = (event: 'notice_not_sent', facts: Pick<LogFacts, 'notice' | 'error'>) => void;

/**
 * Tells people something by mail, in their language once `words` has it: one message to each address, so that nobody
 * learns another's. Answers how many addresses were reached. A failing channel is logged by the notice's kind and the error's name only and never stops what the person was doing.
 */
export const makeNotify =
  (send: SendMessage, context: NoticeContext, words: Words, log: LogNotice): Notify =>
  async (to, locale, notice) => {
    await words(locale, MESSAGE_PATIENCE_MS);
    const { subject, text, html } = composeNotice(notice, { ...context, locale });
    const recipients = [...new Set(to)];
    const reached = await Promise.all(
      recipients.map(async (address): Promise<number> => {
        try {
          await send({ channel: 'email', to: address, subject, text, html, code: null });
          return 1;
        } catch (fault) {
          const error = fault instanceof Error ? fault.name : 'unknown';
          log('notice_not_sent', { notice: notice.kind, error });
          return 0;
        }
      }),
    );
    return reached.reduce((sum, one) => sum + one, 0);
  };
