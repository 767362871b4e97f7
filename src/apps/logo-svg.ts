import { SaxesParser } from 'saxes';
import { utf8 } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';

/** Why an SVG is refused (portal-and-operations P32, P33). */
export type SvgRefusal =
  | 'logo.type'
  | 'logo.invalid'
  | 'logo.no_viewbox'
  | 'logo.script'
  | 'logo.forbidden'
  | 'logo.too_complex';

const SVG = 'http://www.w3.org/2000/svg';
const XLINK = 'http://www.w3.org/1999/xlink';
const MAX_ELEMENTS = 2000;
const MAX_DEPTH = 64;

const words = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));

/** Elements that are drawn or describe what is drawn. */
const ELEMENTS = words(`
  svg g defs symbol use title desc path rect circle ellipse line polyline polygon text tspan textPath image
  linearGradient radialGradient stop pattern clipPath mask marker switch style
  filter feGaussianBlur feOffset feBlend feFlood feComposite feMerge feMergeNode feColorMatrix feMorphology
  feDropShadow feComponentTransfer feFuncR feFuncG feFuncB feFuncA`);

/** Elements that act or embed; their presence refuses the file, it is not cleaned (P32, P33). */
const FORBIDDEN = words(`
  script foreignObject iframe embed object audio video handler listener canvas animate animateMotion animateTransform
  animateColor set discard a`);

const ATTRIBUTES = words(`
  id class style transform d x y x1 y1 x2 y2 cx cy r rx ry fx fy fr dx dy width height points viewBox version baseProfile
  preserveAspectRatio pathLength offset rotate textLength lengthAdjust startOffset gradientUnits gradientTransform
  spreadMethod patternUnits patternContentUnits patternTransform clipPathUnits maskUnits maskContentUnits markerUnits
  markerWidth markerHeight refX refY orient href lang role aria-label aria-labelledby aria-hidden focusable
  fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap stroke-linejoin stroke-miterlimit
  stroke-dasharray stroke-dashoffset opacity color stop-color stop-opacity clip-path clip-rule mask mask-type
  marker marker-start marker-mid marker-end display visibility overflow vector-effect paint-order shape-rendering
  text-rendering image-rendering color-interpolation color-interpolation-filters color-rendering enable-background
  isolation mix-blend-mode font-family font-size font-style font-weight font-variant font-stretch letter-spacing
  word-spacing text-anchor text-decoration dominant-baseline alignment-baseline baseline-shift writing-mode direction
  unicode-bidi filter filterUnits primitiveUnits in in2 result mode operator k1 k2 k3 k4 stdDeviation type values
  flood-color flood-opacity radius tableValues slope intercept amplitude exponent edgeMode flood lighting-color`);

/** A reference inside the file, or a PNG carried along. */
const isLocalReference = (value: string): boolean =>
  /^#[\w:.-]+$/.test(value) || /^data:image\/png;base64,[A-Za-z0-9+/=\s]+$/.test(value);

/**
 * P33: no import, no `url(` leaving the file, nothing that runs. Comments and escapes could hide all three, so they
 * are refused with them.
 */
function isSafeCss(css: string): boolean {
  if (css.includes('\\') || css.includes('/*') || css.includes('<')) return false;
  if (
    /@import|@namespace|@font-face|expression|javascript:|behavior|-moz-binding|image-set|src\s*\(/i.test(css)
  ) {
    return false;
  }
  const urls = css.match(/url\s*\(/gi)?.length ?? 0;
  return urls === (css.match(/url\(\s*(["']?)#[\w:.-]+\1\s*\)/gi)?.length ?? 0);
}

const escapeText = (text: string): string =>
  text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/\r/g, '&#13;');
const escapeAttribute = (text: string): string =>
  escapeText(text).replace(/"/g, '&quot;').replace(/\t/g, '&#9;').replace(/\n/g, '&#10;');

interface Frame {
  readonly name: string;
  /** Elements of unknown kind (editors leave many) are left out with all they hold. */
  readonly dropped: boolean;
}

interface Attribute {
  readonly prefix: string;
  readonly local: string;
  readonly uri: string;
  readonly value: string;
}

/** The name under which an attribute is written, null to leave it out, or a refusal. */
function keepAttribute(attribute: Attribute): Result<string | null, SvgRefusal> {
  const { local, uri, value } = attribute;
  if (/^on/i.test(local)) return err('logo.forbidden');
  const isHref = local === 'href' && (uri === '' || uri === XLINK);
  if (isHref && !isLocalReference(value)) return err('logo.forbidden');
  if (isHref) return ok('href');
  if (uri !== '' || !ATTRIBUTES.has(local)) return ok(null);
  if (!isSafeCss(value)) return err('logo.forbidden');
  return ok(local);
}

/**
 * Rebuilds an SVG from an allow-list (portal-and-operations P32, P33): elements and attributes known to draw are
 * written anew, unknown ones are left out, dangerous ones refuse the file. DOCTYPE, entities and processing
 * instructions are refused; comments vanish. Returns UTF-8 bytes of one `svg` element.
 */
export function rebuildSvg(source: string): Result<Uint8Array<ArrayBuffer>, SvgRefusal> {
  const out: string[] = [];
  const stack: Frame[] = [];
  let refusal: SvgRefusal | null = null;
  let elements = 0;
  /** All style text so far: a rule split by CDATA or a child element is one rule to a browser. */
  let css = '';
  const refuse = (reason: SvgRefusal): void => {
    refusal ??= reason;
  };
  const dropping = (): boolean => stack.at(-1)?.dropped ?? false;

  const parser = new SaxesParser({ xmlns: true, position: false });
  parser.on('error', () => refuse('logo.invalid'));
  parser.on('doctype', () => refuse('logo.forbidden'));
  parser.on('processinginstruction', () => refuse('logo.forbidden'));
  parser.on('opentag', (tag) => {
    if (refusal !== null) return;
    elements += 1;
    if (elements > MAX_ELEMENTS || stack.length >= MAX_DEPTH) return refuse('logo.too_complex');
    const root = stack.length === 0;
    if (root && (tag.uri !== SVG || tag.local !== 'svg')) return refuse('logo.type');
    if (/^script$/i.test(tag.local)) return refuse('logo.script');
    if (FORBIDDEN.has(tag.local) && !(tag.local === 'a' && tag.uri !== SVG)) return refuse('logo.forbidden');
    const dropped = dropping() || tag.uri !== SVG || !ELEMENTS.has(tag.local);
    stack.push({ name: tag.local, dropped });
    const kept = new Map(root ? [['xmlns', SVG]] : []);
    for (const attribute of Object.values(tag.attributes)) {
      const found = keepAttribute(attribute);
      if (!found.ok) return refuse(found.error);
      if (found.value !== null && !kept.has(found.value)) kept.set(found.value, attribute.value);
    }
    if (root && !kept.has('viewBox')) return refuse('logo.no_viewbox');
    const written = [...kept].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`);
    if (!dropped) out.push(`<${tag.local}${written.join('')}>`);
  });
  parser.on('closetag', () => {
    const frame = stack.pop();
    if (frame !== undefined && !frame.dropped) out.push(`</${frame.name}>`);
  });
  const text = (value: string): void => {
    if (stack.length === 0 || dropping()) return;
    if (stack.some((frame) => frame.name === 'style')) {
      css += value;
      if (!isSafeCss(css)) refuse('logo.forbidden');
    }
    out.push(escapeText(value));
  };
  parser.on('text', text);
  parser.on('cdata', text);

  try {
    parser.write(source).close();
  } catch {
    refuse('logo.invalid');
  }
  return refusal === null ? ok(utf8(out.join(''))) : err(refusal);
}
