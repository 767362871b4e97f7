import { fromUtf8, toBase64Url } from '../kernel/bytes.ts';
import type { CookieSeal } from '../signin/ports.ts';
import type { Keyholder } from './keys/keyholder.ts';

/** Seals and tags for cookies of our own (RD-2, HD-2, HD-3). */
export const cookieSeal = (keys: Keyholder): CookieSeal => ({
  seal: (name, text) => keys.seal('cookie', { owner: name, record: 'cookie' }, text),
  async open(name, value) {
    const opened = value.length > 4000 ? null : await keys.open('cookie', { owner: name, record: 'cookie' }, value);
    return opened === null ? null : fromUtf8(opened);
  },
  tag: (name, text) => keys.fingerprint('link', `cookie|${name}|${text}`).slice(0, 22),
  csrf: (secret) => toBase64Url(keys.pad('csrf', secret)),
  device: (cookie) => keys.fingerprint('device', cookie),
});
