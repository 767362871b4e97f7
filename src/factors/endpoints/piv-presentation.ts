import type { OnceOnly } from '../../accounts/ports/attempts.ts';
import { toBase64Url } from '../../kernel/bytes.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { sha256Base64Url } from '../../kernel/crypto.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { SECOND } from '../../kernel/time.ts';
import { localPath, type Visit } from '../../signin/endpoints/visit.tsx';
import { findingName, readFinding } from '../piv/card-token.ts';
import type { Card, CertificateError, PivError } from '../piv/model.ts';
import type { CardPorts } from '../piv/ports.ts';
import { type CardPurpose, newTicket, TICKET_LIFETIME_MS, writeTicket } from '../piv/ticket.ts';
import { CHECK_PATH, ticketTag } from './piv-host.ts';

const COOKIE = 'gh_card';
const UUID = /^[0-9a-f-]{36}$/;

/** What a browser is waiting for while its card is looked at elsewhere. */
interface Pending {
  readonly nonce: string;
  readonly purpose: CardPurpose;
  /** At set-up: what the card is to be called, and the card it takes the place of. */
  readonly name: string;
  readonly replaces: string | null;
}

/** It belongs to this browser's visit and to its session: taken elsewhere it opens nothing. */
const owner = ({ visitSecret, handle }: Visit): string =>
  `card|${sha256Base64Url(visitSecret)}|${handle?.locator ?? ''}`;

/**
 * PV-1: sends the browser to the host that asks for the card. What is expected back travels sealed in a cookie of this
 * browser, so that nobody else's card, and nobody else's answer, is taken for it.
 */
export async function askForCard(
  visit: Visit,
  cards: CardPorts,
  purpose: CardPurpose,
  more: { readonly name?: string; readonly replaces?: string | null } = {},
): Promise<Response> {
  const { hall, now } = visit;
  const ticket = newTicket(hall.random, purpose, now);
  const { name = '', replaces = null } = more;
  const pending: Pending = { nonce: ticket.nonce, purpose, name, replaces };
  const sealed = await hall.cookies.seal(owner(visit), JSON.stringify(pending));
  const secure = hall.site.secureCookies;
  visit.cookies.push(writeCookie(COOKIE, sealed, { secure, maxAge: TICKET_LIFETIME_MS / SECOND }));
  // Browsers keep to the certificate they once chose for a host: a new name asks anew.
  const label = toBase64Url(hall.random(12))
    .toLowerCase()
    .replace(/[^a-z0-9]/g, 'x');
  const query = `ticket=${encodeURIComponent(writeTicket(ticket, ticketTag(hall)))}`;
  const headers = new Headers({
    Location: `${cards.originFor(label)}${localPath(visit, CHECK_PATH)}?${query}`,
    'Cache-Control': 'no-store',
  });
  for (const line of visit.cookies) headers.append('Set-Cookie', line);
  return new Response(null, { status: 303, headers });
}

async function pendingOf(visit: Visit, purpose: CardPurpose): Promise<Pending | null> {
  const { c, hall } = visit;
  const value = readCookie(c.req.header('cookie'), cookieName(COOKIE, hall.site.secureCookies));
  const text = value === null ? null : await hall.cookies.open(owner(visit), value);
  if (text === null) return null;
  // Only this file seals under that name, and AES-GCM vouches that nobody changed it since.
  const pending: Pending = JSON.parse(text);
  return pending.purpose === purpose ? pending : null;
}

/** A card that came back, with what was kept while it was away. */
export interface TakenCard {
  readonly card: Card;
  readonly name: string;
  readonly replaces: string | null;
}

/** What came back from the other host, before anybody made sure that it comes for the first time. */
export interface Presentation {
  /** To be used up before anything is done with the finding. */
  readonly proof: OnceOnly;
  readonly found: Result<TakenCard, { readonly reason: CertificateError }>;
}

/**
 * PV-1: what the other host found out, for this browser, this session, this errand and now; otherwise `token.missing`,
 * `token.invalid` or `token.bad`. Whoever goes on with it uses its proof up first.
 */
export async function readCardAnswer(
  visit: Visit,
  purpose: CardPurpose,
  token: string,
): Promise<Result<Presentation, { readonly reason: PivError }>> {
  const { hall, now } = visit;
  if (token === '') return err({ reason: 'token.missing' });
  const pending = await pendingOf(visit, purpose);
  if (pending === null) return err({ reason: 'token.invalid' });
  const opened = await hall.cookies.open(findingName(pending.nonce), token);
  if (opened === null) return err({ reason: 'token.bad' });
  const finding = readFinding(opened, now);
  visit.cookies.push(writeCookie(COOKIE, '', { secure: hall.site.secureCookies, maxAge: 0 }));
  if (finding === null) return err({ reason: 'token.invalid' });
  const { result } = finding;
  const { nonce, name, replaces } = pending;
  return ok({
    proof: { id: nonce, until: now + TICKET_LIFETIME_MS },
    found: 'card' in result ? ok({ card: result.card, name, replaces }) : err({ reason: result.error }),
  });
}

/** The same, used up at once where no account's counter is asked anyway. One storage call. */
export async function takeCard(
  visit: Visit,
  cards: CardPorts,
  purpose: CardPurpose,
  token: string,
): Promise<Result<TakenCard, { readonly reason: PivError }>> {
  const read = await readCardAnswer(visit, purpose, token);
  if (!read.ok) return read;
  const { proof, found } = read.value;
  return (await cards.useOnce(proof.id, proof.until, visit.now)) ? found : err({ reason: 'token.invalid' });
}

const OFFER_COOKIE = 'gh_add_card';
const OFFER_SECONDS = 30 * 60;

/** RT-1 (8): after another factor succeeds, this browser's owner is asked whether to add the card that was not known. */
export const offerCardLater = (visit: Visit, wanted: boolean): void => {
  const { secureCookies: secure } = visit.hall.site;
  visit.cookies.push(
    writeCookie(OFFER_COOKIE, wanted ? '1' : '', { secure, maxAge: wanted ? OFFER_SECONDS : 0 }),
  );
};

/** Whether this browser waits for that question. */
export const isCardOffered = ({ c, hall }: Visit): boolean =>
  readCookie(c.req.header('cookie'), cookieName(OFFER_COOKIE, hall.site.secureCookies)) === '1';

/** A factor id as it may come from a form; null for anything else. */
export const factorIdOf = (text: string | null): string | null =>
  text !== null && UUID.test(text) ? text : null;
