import { createHmac } from 'node:crypto';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type EpochMs, toEpochSeconds } from '../../kernel/time.ts';
import { toBase32 } from './base32.ts';

/** Seconds a code lives (RFC 6238 section 4.1, TO-1). */
export const TOTP_STEP_SECONDS = 30;
/** Steps of clock drift tolerated on either side (RFC 6238 section 5.2, TO-1). */
export const TOTP_DRIFT_STEPS = 1;
/** Bytes of a secret: 160 bits, the length RFC 4226 section 4 recommends. */
export const TOTP_SECRET_BYTES = 20;

const DIGITS = 6;
const CODE = /^\d{6}$/;
const LONGEST_INPUT = 32;

/** A fresh shared secret of 20 bytes; show it with `toBase32`. */
export const generateTotpSecret = (random: RandomBytes): Uint8Array<ArrayBuffer> => random(TOTP_SECRET_BYTES);

/** The time step an instant falls in: whole 30-second intervals since 1970 (RFC 6238 section 4.2). */
export const totpStep = (now: EpochMs): number => Math.floor(toEpochSeconds(now) / TOTP_STEP_SECONDS);

/** The six digits for a time step: HOTP with HMAC-SHA-1 and dynamic truncation (RFC 4226 section 5.3, TO-1). */
export function totpAt(secret: Uint8Array, timeStep: number): string {
  const counter = new Uint8Array(8);
  new DataView(counter.buffer).setBigUint64(0, BigInt(timeStep));
  const mac = new Uint8Array(createHmac('sha1', secret).update(counter).digest());
  const view = new DataView(mac.buffer);
  const truncated = view.getUint32(view.getUint8(mac.length - 1) & 0xf) & 0x7fff_ffff;
  return String(truncated % 10 ** DIGITS).padStart(DIGITS, '0');
}

export interface TotpAttempt {
  readonly secret: Uint8Array;
  /** As typed: spaces are tolerated. */
  readonly code: string;
  readonly now: EpochMs;
  /** The step accepted last for this secret, null before the first success. */
  readonly lastStep: number | null;
}

export type TotpRefusal = { readonly reason: 'malformed' | 'mismatch' | 'replayed' };

/**
 * Checks a code one step around now and gives the step to remember (TO-1). A code is good once: the remembered step and
 * everything before it are refused as `replayed`. When one code happens to fit two steps the later is taken, or the
 * same digits could be used a second time.
 */
export function verifyTotp({
  secret,
  code,
  now,
  lastStep,
}: TotpAttempt): Result<{ readonly step: number }, TotpRefusal> {
  if (code.length > LONGEST_INPUT) return err({ reason: 'malformed' });
  const digits = code.replace(/\s/g, '');
  if (!CODE.test(digits)) return err({ reason: 'malformed' });
  const current = totpStep(now);
  let matched: number | null = null;
  for (let step = current - TOTP_DRIFT_STEPS; step <= current + TOTP_DRIFT_STEPS; step += 1) {
    if (step >= 0 && equalSecrets(totpAt(secret, step), digits)) matched = step;
  }
  if (matched === null) return err({ reason: 'mismatch' });
  return lastStep !== null && matched <= lastStep ? err({ reason: 'replayed' }) : ok({ step: matched });
}

export interface TotpLabel {
  /** Product name (TO-2). */
  readonly issuer: string;
  /** The person's e-mail address (TO-2). */
  readonly account: string;
  readonly secret: Uint8Array;
}

/** The `otpauth://` address that authentication apps read from a QR code. A colon would split the label: left out. */
export function otpauthUri({ issuer, account, secret }: TotpLabel): string {
  const name = encodeURIComponent(issuer.replaceAll(':', ''));
  const label = `${name}:${encodeURIComponent(account.replaceAll(':', ''))}`;
  const query = `secret=${toBase32(secret)}&issuer=${name}&algorithm=SHA1&digits=${DIGITS}&period=${TOTP_STEP_SECONDS}`;
  return `otpauth://totp/${label}?${query}`;
}
