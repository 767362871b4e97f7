import { fromUtf8, toBase64Url, utf8 } from '../kernel/bytes.ts';
import { sha256Base64Url } from '../kernel/crypto.ts';
import type { CookieSeal } from '../signin/ports.ts';
import type { Keyholder } from './keys/keyholder.ts';

/** Seals and tags for cookies of our own (RD-2, HD-2, HD-3). */
export const cookieSeal = (keys: Keyholder): CookieSeal => ({
  seal: (name, text) => keys.seal('cookie', { owner: name, record: 'cookie' }, text),
  async open(name, value) {
    const opened =
      value.length > 4000 ? null : await keys.open('cookie', { owner: name, record: 'cookie' }, value);
    return opened === null ? null : fromUtf8(opened);
  },
  // Short-lived like bearer secrets, so they outlast the arrival of a new root.
  tag: (name, text) => toBase64Url(keys.pad('tag', utf8(`cookie|${name}|${text}`))).slice(0, 22),
  csrf: (secret) => toBase64Url(keys.pad('csrf', secret)),
  // 64 random bytes need no key, and a browser stays known whatever happens to keys.
  device: (cookie) => sha256Base64Url(cookie),
});
