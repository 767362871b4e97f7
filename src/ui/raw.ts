import { type Markup, markup } from './jsx/markup.ts';

/**
 * The only place that puts text into a page unescaped. Each function below says what it lets through and
 * checks it; anything else is a bug in the caller and throws.
 */

const MAX_SVG = 200_000;

/** Only these elements and attributes occur in a QR code or bar code and its words; no style, no script, no address. */
const PLAIN_SVG =
  /^<svg(?:\s+(?:xmlns|viewBox|version|width|height|shape-rendering|fill|role|aria-labelledby|aria-describedby)="[^"<>&]*")*\s*>(?:<(?:title|desc)(?:\s+id="[^"<>&]*")?>[^<>]*<\/(?:title|desc)>)*(?:\s*<(?:path|rect|g)(?:\s+(?:d|x|y|width|height|fill|transform|shape-rendering)="[^"<>&]*")*\s*\/?>|\s*<\/(?:path|rect|g)>)*\s*<\/svg>\s*$/;

/** An SVG drawing of squares made by our own code, ready to be put into a page. Throws on anything but plain shapes. */
export const drawnSvg = (svg: string): Markup => {
  if (svg.length > MAX_SVG || !PLAIN_SVG.test(svg)) throw new Error('not a plain SVG drawing');
  return markup(svg);
};

/** The document type that must come before the root element, which JSX cannot express. */
export const DOCTYPE = '<!DOCTYPE html>';
