/** UX-9: fills in a code that arrives by text message, where the browser can. Never sends the form. */
export const webOtp = (): void => {
  const input = document.querySelector<HTMLInputElement>('input[data-web-otp]');
  if (!input || !('OTPCredential' in window)) return;
  const waiting = new AbortController();
  input.form?.addEventListener('submit', () => waiting.abort());
  const request = { otp: { transport: ['sms'] }, signal: waiting.signal };
  navigator.credentials.get(request).then(
    (credential) => {
      if (credential && 'code' in credential && typeof credential.code === 'string' && input.value === '') {
        input.value = credential.code;
      }
    },
    () => undefined,
  );
};
