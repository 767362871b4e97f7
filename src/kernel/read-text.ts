import { concat } from './bytes.ts';

/**
 * How much of a body that is too long is still read, and thrown away, before the refusal: a sender that is cut off while
 * it writes sees a broken connection instead of the answer. In bytes.
 */
const MOST_DISCARDED = 4 * 1024 * 1024;

type Body = Pick<Request, 'headers' | 'body' | 'text'>;
type Reader = ReadableStreamDefaultReader<Uint8Array>;

/**
 * The body of a request as text; null when it is larger than `limit` bytes, of which no more than that are kept. A
 * declared length is believed only to refuse sooner: what comes over the wire can never be longer than it.
 */
export async function readText(request: Body, limit: number): Promise<string | null> {
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) <= limit) return request.text();
  if (request.body === null) return '';
  const reader: Reader = request.body.getReader();
  if (declared !== null) {
    await discard(reader, Number(declared) <= MOST_DISCARDED ? MOST_DISCARDED : 0);
    return null;
  }
  let text = new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(text);
    if (text.length + value.length > limit) {
      await discard(reader, MOST_DISCARDED);
      return null;
    }
    text = concat(text, value);
  }
}

/** Reads on for at most `most` bytes. A sender that gives up meanwhile is refused like the others. */
async function discard(reader: Reader, most: number): Promise<void> {
  try {
    let left = most;
    while (left > 0) {
      const { done, value } = await reader.read();
      if (done) return;
      left -= value.length;
    }
    await reader.cancel();
  } catch {
    // Nobody is left to tell.
  }
}
