/** Longer headers are cut here: no honest client sends more. */
const MAX_HEADER = 1000;

/** RFC 9110 section 12.5.1, Z2: whether a client would rather have `application/json` than a page. */
export function prefersJson(accept: string | undefined): boolean {
  let json = 0;
  let page = 0;
  for (const part of (accept ?? '').slice(0, MAX_HEADER).split(',')) {
    const [type = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = Number(parameters.find((piece) => piece.startsWith('q='))?.slice(2) ?? '1');
    if (type === 'application/json') json = Math.max(json, weight);
    if (type === 'text/html' || type === 'application/xhtml+xml') page = Math.max(page, weight);
  }
  return json > page;
}
