import { describe, expect, it } from 'vitest';
import { readText } from '../../../src/kernel/read-text.ts';

const CHUNK = new Uint8Array(64 * 1024).fill(0x78);

/** A request whose body arrives in pieces of 64 KiB, and what became of it. */
function sending(pieces: number, declared?: number) {
  const fate = { taken: 0, cutOff: false };
  const body = new ReadableStream<Uint8Array>(
    {
      pull: (controller) => {
        if (fate.taken === pieces) return controller.close();
        fate.taken += 1;
        controller.enqueue(CHUNK);
      },
      cancel: () => {
        fate.cutOff = true;
      },
    },
    { highWaterMark: 0 },
  );
  const headers = new Headers(declared === undefined ? {} : { 'content-length': String(declared) });
  return { fate, request: { headers, body, text: () => new Response(body).text() } };
}

describe('TOK-10 the body of a request', () => {
  it('is read when it is as long as it may be, with and without a declared length', async () => {
    for (const declared of [undefined, CHUNK.length]) {
      const { request } = sending(1, declared);
      expect((await readText(request, CHUNK.length))?.length).toBe(CHUNK.length);
    }
    expect(await readText({ ...sending(0).request, body: null }, 10)).toBe('');
  });

  it('is refused when it is longer, but read to its end, so that the sender gets the answer', async () => {
    for (const declared of [undefined, 3 * CHUNK.length]) {
      const { request, fate } = sending(3, declared);
      expect(await readText(request, CHUNK.length)).toBeNull();
      expect(fate).toEqual({ taken: 3, cutOff: false });
    }
  });

  it('is cut off after four mebibytes', async () => {
    const { request, fate } = sending(Number.POSITIVE_INFINITY);
    expect(await readText(request, 1000)).toBeNull();
    expect(fate.cutOff).toBe(true);
    expect(fate.taken).toBeLessThanOrEqual(66);
  });

  it('is not read at all when it says itself that it is longer than that', async () => {
    const { request, fate } = sending(1000, 1000 * CHUNK.length);
    expect(await readText(request, 1000)).toBeNull();
    expect(fate).toEqual({ taken: 0, cutOff: true });
  });

  it('is refused all the same when its sender goes away meanwhile', async () => {
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => controller.enqueue(CHUNK),
      pull: (controller) => controller.error(new Error('connection lost')),
    });
    expect(await readText({ headers: new Headers(), body, text: async () => '' }, 1000)).toBeNull();
  });
});
