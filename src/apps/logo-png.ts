import { crc32 } from 'node:zlib';
import { concat } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** Chunks that make the picture; everything else (texts, EXIF, time, profiles, animation) is dropped (P34). */
const KEPT = new Set([
  'IHDR',
  'PLTE',
  'IDAT',
  'IEND',
  'tRNS',
  'gAMA',
  'cHRM',
  'sRGB',
  'sBIT',
  'bKGD',
  'pHYS',
]);
const MAX_SIDE = 4000;
const SIGNATURE_BYTES = 8;
/** Length, type and checksum around a chunk's data. */
const FRAME_BYTES = 12;

/**
 * Rebuilds a PNG from its kept chunks (portal-and-operations P34; PNG section 5). Every checksum must be right,
 * `IHDR` first, `IEND` last, and no side over 4,000 pixels. Bytes after the end are dropped.
 */
export function rebuildPng(
  bytes: Uint8Array,
): Result<Uint8Array<ArrayBuffer>, 'logo.invalid' | 'logo.dimensions'> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const parts: Uint8Array[] = [bytes.subarray(0, SIGNATURE_BYTES)];
  let at = SIGNATURE_BYTES;
  let seenData = false;
  for (let index = 0; at + FRAME_BYTES <= bytes.length; index += 1) {
    const length = view.getUint32(at);
    const end = at + FRAME_BYTES + length;
    if (end > bytes.length) return err('logo.invalid');
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!/^[A-Za-z]{4}$/.test(type)) return err('logo.invalid');
    if (crc32(bytes.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) return err('logo.invalid');
    if ((index === 0) !== (type === 'IHDR')) return err('logo.invalid');
    if (type === 'IHDR') {
      if (length !== 13) return err('logo.invalid');
      const sides = [view.getUint32(at + 8), view.getUint32(at + 12)];
      if (sides.some((side) => side === 0 || side > MAX_SIDE)) return err('logo.dimensions');
    }
    const critical = /^[A-Z]/.test(type);
    if (critical && !KEPT.has(type)) return err('logo.invalid');
    if (KEPT.has(type)) parts.push(bytes.subarray(at, end));
    seenData ||= type === 'IDAT';
    if (type === 'IEND') return seenData ? ok(concat(...parts)) : err('logo.invalid');
    at = end;
  }
  return err('logo.invalid');
}
