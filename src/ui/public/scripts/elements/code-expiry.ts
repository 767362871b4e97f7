/** How long before its end a code's page says so (`otp.expiry_warning_s`). */
const WARNING_MS = 150_000;

/** Says when the code this page waits for is about to end, and when it has (`otp.expiry_warning_s`). */
export const codeExpiry = (): void => {
  const notice = document.querySelector<HTMLElement>('[data-code-seconds]');
  if (!notice) return;
  const left = Number(notice.dataset.codeSeconds) * 1000;
  const say = (text: string | undefined) => (): void => {
    notice.textContent = text ?? '';
  };
  window.setTimeout(say(notice.dataset.codeSoon), Math.max(0, left - WARNING_MS));
  window.setTimeout(say(notice.dataset.codeOver), Math.max(0, left));
};
