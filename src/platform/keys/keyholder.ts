import { hkdfSync } from 'node:crypto';
import { concat, fromBase64Url, toBase64Url, utf8 } from '../../kernel/bytes.ts';
import { hmacSha256 } from '../../kernel/crypto.ts';
import { randomBytes } from '../random.ts';

/** What a sealed value is for; part of its key and of its associated data (PI-11). */
export type SealPurpose =
  | 'email'
  | 'factor'
  | 'password'
  | 'profile'
  | 'data-key'
  | 'session-draft'
  | 'device-place'
  | 'request'
  | 'message'
  | 'remember-device'
  | 'signing-key'
  | 'link'
  | 'cookie';

export type FingerprintPurpose =
  | 'email'
  | 'base-address'
  | 'link'
  | 'backup-code'
  | 'personal-key'
  | 'one-time-code'
  | 'limiter'
  | 'recipient'
  | 'credential'
  | 'card'
  | 'factor-name'
  | 'phone';

/** What a pad is for. */
export type PadLabel = 'locator' | 'csrf' | 'tag' | 'handover';

/** Secrets that open something for whoever brings them: the browser's cookie, a code, an access token. */
export type BearerKind = 'session' | 'code' | 'token';

/** What follows from a bearer secret, and only from it and our root. */
export interface Derived {
  /** How it is looked up, base64url. */
  readonly digest: string;
  /** 32 bytes: what a key is wrapped under; for a code, the secret of its access token. */
  readonly pad: Uint8Array<ArrayBuffer>;
  /** 24 bytes: what hides the session's address in a code or an access token. */
  readonly mask: Uint8Array<ArrayBuffer>;
}

/** Whose value it is and which record holds it; a value moved elsewhere does not open. */
export interface SealContext {
  readonly owner: string;
  readonly record: string;
}

/**
 * The only holder of the secret root (design: the keyholder). Sealing, password peppering, fingerprints and session
 * pads go through these verbs, so that an outside key service can stand behind them later (PI-10).
 */
export interface Keyholder {
  /** AES-256-GCM under a key derived for purpose and owner. Text form: `g1.<root version>.<base64url>`. */
  readonly seal: (purpose: SealPurpose, context: SealContext, plain: Uint8Array | string) => Promise<string>;
  /** The plaintext, or null when it was tampered with, moved, or sealed under a root this deployment lacks. */
  readonly open: (
    purpose: SealPurpose,
    context: SealContext,
    sealed: string,
  ) => Promise<Uint8Array<ArrayBuffer> | null>;
  /** Keyed digest for look-ups, base64url; `previous` serve rows written under an earlier root. */
  readonly fingerprint: (purpose: FingerprintPurpose, value: string) => string;
  readonly previousFingerprints: (purpose: FingerprintPurpose, value: string) => readonly string[];
  /** Pepper for passwords, by root version. */
  readonly pepper: (version: number) => Uint8Array<ArrayBuffer> | null;
  readonly derive: (kind: BearerKind, secret: Uint8Array) => Derived;
  /** 32 bytes derived from a value; one value and label, one pad. */
  readonly pad: (label: PadLabel, value: Uint8Array) => Uint8Array<ArrayBuffer>;
  readonly currentVersion: number;
}

const NONCE_LENGTH = 12;

const NO_SALT = new Uint8Array(0);

/** RFC 5869: bytes that only this key yields for this info; one native call, where an HMAC object costs several times that. */
const derive = (key: Uint8Array, info: Uint8Array, length = 32): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hkdfSync('sha256', key, NO_SALT, info, length));

/**
 * Makes the keyholder from the root secrets of one environment, by version. The highest version seals; all open.
 * Throws when a root is not 32 bytes of base64url.
 */
export function createKeyholder(rootTexts: ReadonlyMap<number, string>): Keyholder {
  const roots = new Map<number, Uint8Array<ArrayBuffer>>();
  for (const [version, text] of rootTexts) {
    // Secrets made for a laptop carry a mark, so that no other environment starts with them.
    const bytes = fromBase64Url(text.trim().replace(/^local-/, ''));
    if (bytes === null || bytes.length !== 32)
      throw new Error(`ROOT_${version} must be 32 bytes in base64url`);
    roots.set(version, bytes);
  }
  const currentVersion = Math.max(...roots.keys());
  const subkeys = new Map<string, Uint8Array<ArrayBuffer>>();
  const subkey = (version: number, label: string): Uint8Array<ArrayBuffer> => {
    const name = `${version}/${label}`;
    let key = subkeys.get(name);
    if (key === undefined) {
      const root = roots.get(version);
      if (root === undefined) throw new Error(`no ROOT_${version}`);
      key = derive(root, utf8(`gatehouse/${label}`));
      subkeys.set(name, key);
    }
    return key;
  };
  // Bearer secrets live at most half a day: they use the oldest root still present, so that adding a root does not
  // sign anybody out.
  const bearerVersion = Math.min(...roots.keys());
  const padKeys = new Map<PadLabel | BearerKind, Uint8Array<ArrayBuffer>>();
  const padKey = (label: PadLabel | BearerKind): Uint8Array<ArrayBuffer> => {
    const key = padKeys.get(label) ?? subkey(bearerVersion, `pad/${label}`);
    padKeys.set(label, key);
    return key;
  };
  const sealingKey = (version: number, purpose: SealPurpose, owner: string, usage: 'encrypt' | 'decrypt') =>
    crypto.subtle.importKey('raw', hmacSha256(subkey(version, `seal/${purpose}`), owner), 'AES-GCM', false, [
      usage,
    ]);
  const associated = (version: number, purpose: SealPurpose, context: SealContext) =>
    utf8(JSON.stringify([purpose, context.owner, context.record, version]));

  return {
    currentVersion,
    async seal(purpose, context, plain) {
      const iv = randomBytes(NONCE_LENGTH);
      const key = await sealingKey(currentVersion, purpose, context.owner, 'encrypt');
      const data = typeof plain === 'string' ? utf8(plain) : new Uint8Array(plain);
      const additionalData = associated(currentVersion, purpose, context);
      const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData }, key, data);
      return `g1.${currentVersion}.${toBase64Url(concat(iv, new Uint8Array(sealed)))}`;
    },
    async open(purpose, context, sealed) {
      const [format, versionText, body, ...rest] = sealed.split('.');
      const version = Number(versionText);
      const bytes = body === undefined ? null : fromBase64Url(body);
      if (
        format !== 'g1' ||
        rest.length > 0 ||
        bytes === null ||
        bytes.length < NONCE_LENGTH + 16 ||
        !roots.has(version)
      )
        return null;
      const key = await sealingKey(version, purpose, context.owner, 'decrypt');
      const additionalData = associated(version, purpose, context);
      try {
        const iv = bytes.subarray(0, NONCE_LENGTH);
        const plain = await crypto.subtle.decrypt(
          { name: 'AES-GCM', iv, additionalData },
          key,
          bytes.subarray(NONCE_LENGTH),
        );
        return new Uint8Array(plain);
      } catch {
        return null;
      }
    },
    fingerprint: (purpose, value) =>
      toBase64Url(hmacSha256(subkey(currentVersion, `fingerprint/${purpose}`), value)),
    previousFingerprints: (purpose, value) =>
      [...roots.keys()]
        .filter((version) => version !== currentVersion)
        .map((version) => toBase64Url(hmacSha256(subkey(version, `fingerprint/${purpose}`), value))),
    pepper: (version) => (roots.has(version) ? subkey(version, 'pepper') : null),
    derive(kind, secret) {
      const bytes = derive(padKey(kind), secret, 88);
      return {
        digest: toBase64Url(bytes.subarray(0, 32)),
        pad: bytes.subarray(32, 64),
        mask: bytes.subarray(64),
      };
    },
    pad: (label, value) => derive(padKey(label), value),
  };
}
