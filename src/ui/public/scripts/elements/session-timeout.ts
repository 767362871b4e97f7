import { isLocale } from '../../../../kernel/locale.ts';
import { formatDuration } from '../../../format.ts';

/** What `/api/internal/sessions` answers: whether the session lives and when it ends. */
type SessionState = { readonly live: boolean; readonly endsAt: number };

const readState = (body: unknown): SessionState | undefined => {
  if (typeof body !== 'object' || body === null || !('live' in body) || typeof body.live !== 'boolean')
    return undefined;
  const timeout =
    'timeout' in body && typeof body.timeout === 'string' ? Date.parse(body.timeout) : Number.NaN;
  if (!body.live) return { live: false, endsAt: 0 };
  return Number.isNaN(timeout) ? undefined : { live: true, endsAt: timeout };
};

/**
 * SE-3, UX-11: asks whether the person is still there shortly before the session ends. Only the server
 * knows when that is, because another tab may have prolonged it: it is asked before the dialog opens, every
 * half minute while it stands, and before leaving. The dialog keeps the focus and gives it back by itself.
 */
export const sessionTimeout = (): void => {
  const element = document.querySelector<HTMLElement>('gh-session-timeout');
  const dialog = element?.querySelector('dialog');
  const shown = element?.querySelector('[data-countdown-text]');
  const spoken = element?.querySelector('[data-countdown-spoken]');
  if (!element || !dialog || !shown || !spoken) return;

  const {
    remainingMs,
    warnSeconds,
    pollSeconds,
    url = '',
    csrf = '',
    expiredHref = '/',
    countdown = '',
  } = element.dataset;
  const locale = isLocale(document.documentElement.lang) ? document.documentElement.lang : 'en';
  let endsAt = Date.now() + Number(remainingMs);
  let askedAt = Date.now();
  let asking = false;

  const leave = (): void => window.location.replace(expiredHref);

  /** The server's clock and ours may differ, so its answer is read against its own `Date` header. */
  const ask = async (method: 'GET' | 'PUT'): Promise<void> => {
    if (asking) return;
    asking = true;
    askedAt = Date.now();
    try {
      const response = await fetch(url, {
        method,
        headers: { accept: 'application/json', ...(method === 'PUT' ? { 'x-csrf-token': csrf } : {}) },
        cache: 'no-store',
      });
      const state = response.status === 401 ? { live: false, endsAt: 0 } : readState(await response.json());
      if (state && !state.live) leave();
      if (state?.live) {
        const serverNow = Date.parse(response.headers.get('date') ?? '');
        endsAt = Date.now() + state.endsAt - (Number.isNaN(serverNow) ? Date.now() : serverNow);
      }
    } catch {
      // Offline: keep counting by our own clock.
    } finally {
      asking = false;
    }
  };

  const say = (left: number): void => {
    const text = countdown.replace('{time}', formatDuration(locale, left));
    shown.textContent = text;
    if (left % 30 === 0 || left === 10) spoken.textContent = text;
  };

  const tick = async (): Promise<void> => {
    const left = Math.ceil((endsAt - Date.now()) / 1000);
    if (left > Number(warnSeconds)) {
      if (dialog.open) dialog.close();
      return;
    }
    if (left <= 0) {
      await ask('GET');
      if (endsAt <= Date.now()) leave();
      return;
    }
    if (Date.now() - askedAt >= Number(pollSeconds) * 1000) await ask('GET');
    const leftNow = Math.ceil((endsAt - Date.now()) / 1000);
    if (leftNow > Number(warnSeconds) || leftNow <= 0) return;
    say(leftNow);
    if (!dialog.open) {
      dialog.showModal();
      spoken.textContent = shown.textContent;
    }
  };

  const stay = async (): Promise<void> => {
    await ask('PUT');
    if (endsAt - Date.now() > Number(warnSeconds) * 1000) dialog.close();
  };

  element.querySelector('[data-stay]')?.addEventListener('click', () => void stay());
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
    void stay();
  });
  setInterval(() => void tick(), 1000);
  document.addEventListener('visibilitychange', () => {
    if (!document.hidden && Date.now() - askedAt >= Number(pollSeconds) * 1000) void ask('GET');
  });
};
