import { type StableDocument, sendDocument, stableDocument } from '../../kernel/stable-document.ts';
import { type EpochMs, HOUR, SECOND } from '../../kernel/time.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { METADATA_VALID_SECONDS } from '../limits.ts';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { messageId } from '../rules/uuid.ts';
import { writeMetadata } from '../wire/metadata.ts';
import { queryParameter } from '../wire/read-parameters.ts';
import { signWith } from '../xml/sign.ts';
import { queryOf } from './receive.ts';
import { nothingHere, XML_HEADERS, xmlAnswer } from './respond.tsx';

/** The full view is signed anew this often, so that its end stays about two weeks away. */
const FULL_VIEW_AGE_MS = HOUR;

/** When the full view ends: not after the certificate, but for a year that is held past its own (Y5). */
export function fullViewEnds(notAfter: EpochMs, now: EpochMs): EpochMs {
  const ends = now + METADATA_VALID_SECONDS * SECOND;
  return now < notAfter ? Math.min(ends, notAfter) : ends;
}

/**
 * M1, section 17: the metadata of a year: the published document, or with `profile=full` one that also names logout,
 * an end of validity, and in season the next year's certificate.
 */
export function metadata(ports: SamlPorts): (c: AppContext, year: ServingYear) => Promise<Response> {
  const full = new Map<string, { readonly madeAt: number; readonly text: string }>();
  return async (c, year) => {
    if (queryParameter(queryOf(c.req.url), 'profile') !== 'full') {
      const text = await ports.years.metadata(year.year);
      return text === null ? nothingHere(c, ports) : xmlAnswer(text);
    }
    const now = c.get('now');
    const later = (await ports.years.all()).filter((other) => other.year > year.year);
    const certificates = [...year.certificates, ...later.map((other) => other.certificates[0])];
    const name = `${now < year.notAfter} ${certificates.join(' ')}`;
    const held = full.get(name);
    if (held !== undefined && now >= held.madeAt && now - held.madeAt < FULL_VIEW_AGE_MS)
      return xmlAnswer(held.text);
    const content = {
      id: messageId(ports.hall.random(16)),
      origin: ports.hall.site.origin,
      year: year.year,
      certificates,
      operator: ports.operator,
      full: { validUntil: fullViewEnds(year.notAfter, now) },
    };
    const text = await writeMetadata(content, {
      sign: signWith(year.key),
      certificate: year.certificates[0],
    });
    if (full.size > 16) full.clear();
    full.set(name, { madeAt: now, text });
    return xmlAnswer(text);
  };
}

/**
 * M1: the published document of a year for an address without a query, encoded once for as long as it stays the same.
 * Null for a year that is not served.
 */
export function publishedMetadata(ports: SamlPorts): (year: number) => Promise<Response | null> {
  const { secureCookies: secure } = ports.hall.site;
  const made = new Map<number, { readonly text: string; readonly document: StableDocument }>();
  return async (year) => {
    const text = await ports.years.metadata(year);
    if (text === null) return null;
    let held = made.get(year);
    if (held?.text !== text) {
      held = { text, document: stableDocument(text, XML_HEADERS, { etag: null, secure }) };
      made.set(year, held);
    }
    return sendDocument(held.document, null);
  };
}
