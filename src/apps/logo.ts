import { fromUtf8, toHex } from '../kernel/bytes.ts';
import { sha256 } from '../kernel/crypto.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import { rebuildPng } from './logo-png.ts';
import { rebuildSvg } from './logo-svg.ts';

/** Why a logo is refused (portal-and-operations 1.6). */
export type LogoRefusal =
  | 'logo.size'
  | 'logo.type'
  | 'logo.invalid'
  | 'logo.dimensions'
  | 'logo.no_viewbox'
  | 'logo.script'
  | 'logo.forbidden'
  | 'logo.too_complex';

export type LogoType = 'png' | 'svg';

/** A logo that is safe to serve: rebuilt bytes and the path they are found under. */
export interface CheckedLogo {
  readonly type: LogoType;
  /** SHA-256 of `bytes`, lower-case hex. */
  readonly sha256: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
  readonly path: string;
}

/** 50 kB (P31). */
export const LOGO_MAX_BYTES = 51_200;

const LOGO_PATH = /^\/logos\/[0-9a-f]{64}\.(?:png|svg)$/;
const DATA_URL = /^data:image\/(png|svg\+xml)(?:;charset=utf-8)?;base64,([A-Za-z0-9+/=\s]+)$/i;
const PNG_SIGNATURE = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];

/** Whether a text is the path of a stored logo. */
export const isLogoPath = (text: string): boolean => LOGO_PATH.test(text);

const isPng = (bytes: Uint8Array): boolean => PNG_SIGNATURE.every((byte, index) => bytes[index] === byte);

/**
 * Checks and rebuilds an uploaded logo (P31 to P34). The type comes from the bytes; `claimed` (a media type or file
 * extension turned into one) must agree with it when given. What is stored is never what was sent: PNG loses its
 * texts and metadata, SVG is written anew from an allow-list.
 */
export function checkLogo(bytes: Uint8Array, claimed: LogoType | null): Result<CheckedLogo, LogoRefusal> {
  if (bytes.length > LOGO_MAX_BYTES) return err('logo.size');
  const type: LogoType = isPng(bytes) ? 'png' : 'svg';
  if (claimed !== null && claimed !== type) return err('logo.type');
  const rebuilt = type === 'png' ? rebuildPng(bytes) : rebuildSvgBytes(bytes);
  if (!rebuilt.ok) return rebuilt;
  if (rebuilt.value.length > LOGO_MAX_BYTES) return err('logo.size');
  const digest = toHex(sha256(rebuilt.value));
  return ok({ type, sha256: digest, bytes: rebuilt.value, path: `/logos/${digest}.${type}` });
}

function rebuildSvgBytes(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>, LogoRefusal> {
  const text = fromUtf8(bytes);
  return text === null ? err('logo.type') : rebuildSvg(text);
}

/** Checks a logo sent inside a document as `data:image/png;base64,…` or `data:image/svg+xml;base64,…`. */
export function checkLogoDataUrl(text: string): Result<CheckedLogo, LogoRefusal> {
  const match = text.length > LOGO_MAX_BYTES * 2 ? null : DATA_URL.exec(text);
  if (match === null) return err(text.length > LOGO_MAX_BYTES * 2 ? 'logo.size' : 'logo.type');
  const claimed = match[1]?.toLowerCase() === 'png' ? 'png' : 'svg';
  return checkLogo(new Uint8Array(Buffer.from(match[2] ?? '', 'base64')), claimed);
}
