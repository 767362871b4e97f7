import type { Page, SessionOnPage } from '../page.ts';
import { Button } from './button.tsx';
import { Form } from './form.tsx';

/** SE-3 and the poll rhythm of accounts section 1, in seconds. */
const WARN_SECONDS = 150;
const POLL_SECONDS = 30;

/**
 * Asks for more time before the session ends (SE-3, UX-11). Closed until the script opens it; without
 * script the session simply ends. Layout places it; pages do not.
 */
export const TimeoutDialog = (props: { page: Page; session: SessionOnPage }) => {
  const { page, session } = props;
  const { t } = page;
  return (
    <gh-session-timeout
      data-remaining-ms={String(Math.max(0, session.expiresAt - session.now))}
      data-warn-seconds={String(WARN_SECONDS)}
      data-poll-seconds={String(POLL_SECONDS)}
      data-url="/api/internal/sessions"
      data-csrf={page.csrf}
      data-expired-href={session.expiredHref}
      data-countdown={t('layout.timeout.countdown', { time: '{time}' })}
    >
      <dialog class="gh-dialog" aria-labelledby="timeout-heading" aria-describedby="timeout-countdown">
        <h2 class="gh-dialog__heading" id="timeout-heading">
          {t('layout.timeout.heading')}
        </h2>
        <p id="timeout-countdown" data-countdown-text></p>
        <p class="usa-sr-only" role="status" data-countdown-spoken></p>
        <div class="gh-actions">
          <button class="usa-button gh-button" type="button" data-stay>
            {t('layout.timeout.stay')}
          </button>
          <Form page={page} action={session.signOutAction}>
            <Button look="outline">{t('layout.timeout.sign_out')}</Button>
          </Form>
        </div>
      </dialog>
    </gh-session-timeout>
  );
};
