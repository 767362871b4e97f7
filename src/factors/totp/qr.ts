import { qrModules } from './qr-modules.ts';

export interface QrWords {
  /** Names the image, in the page's language. */
  readonly title: string;
  /** What to do with it, in the page's language; never the secret itself. */
  readonly description: string;
}

const QUIET_ZONE = 4;
const LONGEST_TEXT = 1024;

const escapeText = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** One path over all dark modules, neighbours in a row joined, inside the quiet zone. */
function darkRuns(rows: readonly (readonly boolean[])[]): string {
  let path = '';
  rows.forEach((row, y) => {
    let x = 0;
    while (x < row.length) {
      const from = x;
      while (row[x] === true) x += 1;
      const run = x - from;
      if (run > 0) path += `M${from + QUIET_ZONE} ${y + QUIET_ZONE}h${run}v1h-${run}z`;
      x += 1;
    }
  });
  return path;
}

/**
 * A QR code as an SVG element with a title and a description for screen readers (TO-1, UX-5). `id` must be unique in
 * the page and safe in an attribute. Black on white by attributes, not styles, so that no content policy stands in the
 * way and a dark theme cannot invert it. Text over 1024 characters is a bug and throws.
 */
export function qrSvg(text: string, { title, description }: QrWords, id = 'qr'): string {
  if (text.length > LONGEST_TEXT) throw new RangeError('text too long for a QR code');
  const rows = qrModules(text);
  const size = rows.length + 2 * QUIET_ZONE;
  return (
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${size} ${size}" role="img" ` +
    `aria-labelledby="${id}-title" aria-describedby="${id}-desc" shape-rendering="crispEdges">` +
    `<title id="${id}-title">${escapeText(title)}</title><desc id="${id}-desc">${escapeText(description)}</desc>` +
    `<path fill="#fff" d="M0 0h${size}v${size}H0z"/><path fill="#000" d="${darkRuns(rows)}"/></svg>`
  );
}
