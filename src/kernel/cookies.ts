/** The value of one cookie in a Cookie header (RFC 6265 section 4.2); null when absent. The first of several wins. */
export function readCookie(header: string | null | undefined, name: string): string | null {
  if (!header) return null;
  for (const pair of header.split(';')) {
    const at = pair.indexOf('=');
    if (at > 0 && pair.slice(0, at).trim() === name) return pair.slice(at + 1).trim();
  }
  return null;
}

export interface CookieOptions {
  /** `Secure` and the `__Host-` prefix; false only on plain-http development origins. */
  readonly secure: boolean;
  /** Seconds; null makes a cookie that ends with the browser. 0 deletes. */
  readonly maxAge: number | null;
}

/** The name as the browser sees it: `__Host-` pins the cookie to this host wherever TLS is there. */
export const cookieName = (name: string, secure: boolean): string => (secure ? `__Host-${name}` : name);

/** A Set-Cookie value: HttpOnly, SameSite=Lax, whole site (NET-2). Values must be cookie-octets already. */
export const writeCookie = (name: string, value: string, options: CookieOptions): string =>
  `${cookieName(name, options.secure)}=${value}; Path=/; HttpOnly; SameSite=Lax${options.secure ? '; Secure' : ''}${
    options.maxAge === null ? '' : `; Max-Age=${options.maxAge}`
  }`;
