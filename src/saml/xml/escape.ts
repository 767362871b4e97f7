const IN_TEXT = /[&<>\r]/;
const IN_TEXT_ALL = /[&<>\r]/g;
const IN_ATTRIBUTE = /[&<"\t\n\r]/;
const IN_ATTRIBUTE_ALL = /[&<"\t\n\r]/g;
const REFERENCES = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ['\t', '&#x9;'],
  ['\n', '&#xA;'],
  ['\r', '&#xD;'],
]);
const reference = (character: string): string => REFERENCES.get(character) ?? character;

/** Text as canonical form spells it (Canonical XML section 2.3; saml S14). */
export const escapeText = (text: string): string =>
  IN_TEXT.test(text) ? text.replace(IN_TEXT_ALL, reference) : text;

/** An attribute value between double quotes as canonical form spells it. */
export const escapeAttribute = (value: string): string =>
  IN_ATTRIBUTE.test(value) ? value.replace(IN_ATTRIBUTE_ALL, reference) : value;
