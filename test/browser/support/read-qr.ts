import { inflateSync } from 'node:zlib';
import type { Locator } from 'playwright-core';
import decodeQR from 'qr/decode.js';

/** What a phone's camera reads from a QR code on the screen. */
export async function readQr(picture: Locator): Promise<string> {
  return decodeQR(readPng(await picture.screenshot()));
}

interface Pixels {
  readonly width: number;
  readonly height: number;
  /** Three bytes a pixel, or four. */
  readonly data: Uint8Array;
}

const CHANNELS = new Map([
  [2, 3],
  [6, 4],
]);

/** The PNG specification, as far as screenshots need it: eight bits a channel, colour, not interlaced. */
function readPng(file: Buffer): Pixels {
  const width = file.readUInt32BE(16);
  const height = file.readUInt32BE(20);
  const [depth = 0, colour = 0, , , interlaced = 0] = file.subarray(24, 29);
  const channels = CHANNELS.get(colour);
  if (depth !== 8 || channels === undefined || interlaced !== 0) throw new Error('not a screenshot');
  const parts: Buffer[] = [];
  for (let at = 8; at < file.length; at += file.readUInt32BE(at) + 12) {
    if (file.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(file.subarray(at + 8, at + 8 + file.readUInt32BE(at)));
  }
  const raw = inflateSync(Buffer.concat(parts));
  const stride = width * channels;
  const data = new Uint8Array(stride * height);
  for (let y = 0; y < height; y += 1) {
    const filter = raw[y * (stride + 1)] ?? 0;
    for (let x = 0; x < stride; x += 1) {
      const left = x < channels ? 0 : (data[y * stride + x - channels] ?? 0);
      const up = y === 0 ? 0 : (data[(y - 1) * stride + x] ?? 0);
      const corner = x < channels || y === 0 ? 0 : (data[(y - 1) * stride + x - channels] ?? 0);
      data[y * stride + x] = (raw[y * (stride + 1) + 1 + x] ?? 0) + predict(filter, left, up, corner);
    }
  }
  return { width, height, data };
}

/** PNG section 9: what a filtered byte was reduced by. */
function predict(filter: number, left: number, up: number, corner: number): number {
  if (filter === 1) return left;
  if (filter === 2) return up;
  if (filter === 3) return (left + up) >> 1;
  if (filter !== 4) return 0;
  const distances = [left, up, corner].map((value) => Math.abs(left + up - corner - value));
  const [a = 0, b = 0, c = 0] = distances;
  return a <= b && a <= c ? left : b <= c ? up : corner;
}
