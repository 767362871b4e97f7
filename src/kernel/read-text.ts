import { concat } from './bytes.ts';

/**
 * The body of a request as text; null when it is larger than `limit` bytes, where reading stops. A declared length is
 * believed only to refuse sooner: what comes over the wire can never be longer than it.
 */
export async function readText(
  request: Pick<Request, 'headers' | 'body' | 'text'>,
  limit: number,
): Promise<string | null> {
  const declared = request.headers.get('content-length');
  if (declared !== null) return Number(declared) <= limit ? request.text() : null;
  if (request.body === null) return '';
  const reader: ReadableStreamDefaultReader<Uint8Array> = request.body.getReader();
  let text = new Uint8Array();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new TextDecoder().decode(text);
    if (text.length + value.length > limit) {
      await reader.cancel();
      return null;
    }
    text = concat(text, value);
  }
}
