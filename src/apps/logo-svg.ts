import { utf8 } from '../kernel/bytes.ts';
import { err, ok, type Result } from '../kernel/result.ts';
import type { ReaderRules } from '../saml/xml/limits.ts';
import { readXml } from '../saml/xml/read.ts';
import type { XmlReason } from '../saml/xml/refusal.ts';
import { isElement, type XmlAttribute, type XmlElement } from '../saml/xml/tree.ts';

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
/** A logo is read whole within these: a drawing may be one long path, and editors repeat ids. */
const MAX_LENGTH = 64 * 1024;
const RULES: ReaderRules = {
  limits: {
    bytes: MAX_LENGTH,
    depth: 64,
    elements: 2000,
    attributesPerElement: 256,
    namespaceDeclarations: 2000,
    nameLength: 256,
    attributeValueLength: MAX_LENGTH,
    textLength: MAX_LENGTH,
  },
  comments: 'keep',
  cdata: 'text',
  xmlAttributes: 'lang_space_id',
  repeatedIds: 'accept',
};

/** Why a text that is no acceptable XML is refused as a drawing; everything else is plainly invalid. */
const UNREADABLE: { readonly [Reason in XmlReason]?: SvgRefusal } = {
  doctype: 'logo.forbidden',
  processing_instruction: 'logo.forbidden',
  too_deep: 'logo.too_complex',
  too_many_elements: 'logo.too_complex',
};

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
    /@import|@namespace|@font-face|expression|javascript:|behavior|-moz-binding|cross-fade|image(?:-set)?\s*\(|src\s*\(/i.test(
      css,
    )
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

/** The name under which an attribute is written, null to leave it out, or a refusal. */
function keepAttribute({ local, namespace, value }: XmlAttribute): Result<string | null, SvgRefusal> {
  if (/^on/i.test(local)) return err('logo.forbidden');
  const isHref = local === 'href' && (namespace === '' || namespace === XLINK);
  if (isHref && !isLocalReference(value)) return err('logo.forbidden');
  if (isHref) return ok('href');
  if (namespace !== '' || !ATTRIBUTES.has(local)) return ok(null);
  if (!isSafeCss(value)) return err('logo.forbidden');
  return ok(local);
}

/** The start tag of an element with what may stay of its attributes. */
function startTag({ local, attributes, parent }: XmlElement): Result<string, SvgRefusal> {
  const kept = new Map(parent === null ? [['xmlns', SVG]] : []);
  for (const attribute of attributes) {
    const found = keepAttribute(attribute);
    if (!found.ok) return found;
    if (found.value !== null && !kept.has(found.value)) kept.set(found.value, attribute.value);
  }
  if (parent === null && !kept.has('viewBox')) return err('logo.no_viewbox');
  return ok(`<${local}${[...kept].map(([name, value]) => ` ${name}="${escapeAttribute(value)}"`).join('')}>`);
}

/** A drawing as it is written anew. */
interface Drawing {
  readonly out: string[];
  /** All style text so far: a rule split by a child element is one rule to a browser. */
  css: string;
}

/** Writes one element with all it holds; `within` says what it stands in. Null, or why the file is refused. */
function draw(
  element: XmlElement,
  drawing: Drawing,
  within: { readonly dropped: boolean; readonly style: boolean },
): SvgRefusal | null {
  const { local, namespace } = element;
  if (/^script$/i.test(local)) return 'logo.script';
  if (FORBIDDEN.has(local) && !(local === 'a' && namespace !== SVG)) return 'logo.forbidden';
  // Elements of unknown kind (editors leave many) are left out with all they hold, but looked at all the same.
  const dropped = within.dropped || namespace !== SVG || !ELEMENTS.has(local);
  const style = within.style || local === 'style';
  const start = startTag(element);
  if (!start.ok) return start.error;
  if (!dropped) drawing.out.push(start.value);
  for (const child of element.children) {
    if (isElement(child)) {
      const refusal = draw(child, drawing, { dropped, style });
      if (refusal !== null) return refusal;
    } else if (typeof child === 'string' && !dropped) {
      if (style) drawing.css += child;
      drawing.out.push(escapeText(child));
    }
  }
  if (!dropped) drawing.out.push(`</${local}>`);
  return null;
}

/**
 * Rebuilds an SVG from an allow-list (portal-and-operations P32, P33): elements and attributes known to draw are
 * written anew, unknown ones are left out, dangerous ones refuse the file. DOCTYPE, entities and processing
 * instructions are refused; comments vanish. Returns UTF-8 bytes of one `svg` element.
 */
export function rebuildSvg(source: string): Result<Uint8Array<ArrayBuffer>, SvgRefusal> {
  const read = readXml(utf8(source), RULES);
  if (!read.ok) return err(UNREADABLE[read.error.reason] ?? 'logo.invalid');
  const { root } = read.value;
  if (root.namespace !== SVG || root.local !== 'svg') return err('logo.type');
  const drawing: Drawing = { out: [], css: '' };
  const refusal =
    draw(root, drawing, { dropped: false, style: false }) ??
    (isSafeCss(drawing.css) ? null : 'logo.forbidden');
  return refusal === null ? ok(utf8(drawing.out.join(''))) : err(refusal);
}
