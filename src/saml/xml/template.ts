import { ok, type Result } from '../../kernel/result.ts';
import { escapeAttribute, escapeText } from './escape.ts';
import {
  asWritten,
  type ElementToWrite,
  isWritable,
  type WriteRefusal,
  type WrittenXml,
  writeXml,
} from './write.ts';

/** An element that was written once, with places left in it. */
type Template = {
  /** What stands before, between and behind the places. */
  readonly texts: readonly string[];
  readonly places: readonly { readonly value: number; readonly inAttribute: boolean }[];
  /** Where the signature goes: in which of the texts, and how far into it. */
  readonly signature: { readonly text: number; readonly at: number };
  readonly declared: WrittenXml['declared'];
};

const PLACE = /\{\{(\d+)\}\}/;

/**
 * A writer of elements that differ in their values alone, for documents that every sign-in needs: names are looked at,
 * sorted and declared once, and what comes out is the same as `writeXml` makes of it. `build` is given as many values
 * each time and has each stand by itself, as an attribute or as text, in names and order that do not depend on it.
 */
export function templateWriter(
  build: (values: readonly string[]) => ElementToWrite,
): (values: readonly string[]) => Result<WrittenXml, WriteRefusal> {
  let template: Template | null = null;
  return (values) => {
    if (!values.every(isWritable)) return writeXml(build(values));
    template ??= cut(build(values.map((_, index) => `{{${index}}}`)));
    return ok(fill(template, values));
  };
}

function cut(element: ElementToWrite): Template {
  const written = writeXml(element);
  if (!written.ok || !written.value.canonical) throw new Error('an element that makes no template');
  const { text, signatureAt, declared } = written.value;
  const texts: string[] = [];
  const places: { value: number; inAttribute: boolean }[] = [];
  let signature = { text: -1, at: -1 };
  let start = 0;
  // Odd ones are the numbers of places.
  for (const [index, part] of text.split(PLACE).entries()) {
    if (index % 2 === 1) {
      places.push({ value: Number(part), inAttribute: texts.at(-1)?.endsWith('="') === true });
      start += part.length + 4;
      continue;
    }
    if (signatureAt >= start && signatureAt <= start + part.length)
      signature = { text: texts.length, at: signatureAt - start };
    texts.push(part);
    start += part.length;
  }
  return { texts, places, signature, declared };
}

function fill({ texts, places, signature, declared }: Template, values: readonly string[]): WrittenXml {
  let text = '';
  let signatureAt = -1;
  for (const [index, part] of texts.entries()) {
    if (index === signature.text) signatureAt = text.length + signature.at;
    text += part;
    const place = places[index];
    if (place === undefined) break;
    const value = values[place.value] ?? '';
    text += place.inAttribute ? escapeAttribute(value) : escapeText(value);
  }
  return asWritten({ text, signatureAt, canonical: true, declared });
}
