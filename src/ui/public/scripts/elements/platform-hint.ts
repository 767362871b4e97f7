const MONTH_SECONDS = 30 * 24 * 3600;

/**
 * HD-3, MC-3: notes in a cookie whether this device can tell its user by face, finger or screen lock, so that the server
 * offers that method only where it works. It is a hint: nothing is trusted because of it.
 */
export const platformHint = (): void => {
  const secure = window.location.protocol === 'https:';
  const name = `${secure ? '__Host-' : ''}gh_platform`;
  const noted = document.cookie.split('; ').includes(`${name}=1`);
  const note = (value: string, seconds: number): void => {
    // biome-ignore lint/suspicious/noDocumentCookie: the Cookie Store API is missing in browsers we serve.
    document.cookie = `${name}=${value}; Path=/; Max-Age=${seconds}; SameSite=Lax${secure ? '; Secure' : ''}`;
  };
  const available = window.PublicKeyCredential?.isUserVerifyingPlatformAuthenticatorAvailable;
  if (!available) return;
  window.PublicKeyCredential.isUserVerifyingPlatformAuthenticatorAvailable().then(
    (can) => {
      if (can) note('1', MONTH_SECONDS);
      else if (noted) note('', 0);
    },
    () => undefined,
  );
};
