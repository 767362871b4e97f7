import type { NewEvent } from '../../accounts/ports.ts';
import type { SessionChange } from '../../sessions/model.ts';
import { disavowLink } from '../../signin/endpoints/disavow-link.ts';
import { profileOf, refreshOthers, requirePassword, type SignedIn } from '../../signin/endpoints/hall.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import { type MessageKey, translator } from '../../ui/index.ts';
import type { AuthenticationMethod, FactorKind } from '../model.ts';
import { KIND_NAMES } from '../pages/kind-words.ts';
import { isOnlyPlatform } from '../set-up-progress.ts';
import { factorPassed } from './factor-passed.ts';
import { summaries, withKind } from './kinds.ts';

/**
 * Somebody who may set up a method now: past the password and, once the account has a method, past a recent second
 * factor (RA-2). `back` is the page to come back to when the form has another path. A session that believes the account
 * has no method asks the database: another session may have set one up, and then this one must use it first.
 */
export async function requireSetUp(visit: Visit, back?: string): Promise<SignedIn | Response> {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state, handle } = signedIn;
  const { hall, now } = visit;
  if (state.facts.suspended) return go(visit, '/continue');
  if (state.facts.methods.length > 0) return requireRecentFactor(visit, signedIn, 'set_up', back) ?? signedIn;
  const methods = await hall.factors.kinds(state.account);
  if (methods.length === 0) return signedIn;
  await hall.sessions.change(handle, now, [{ kind: 'facts', facts: { methods } }]);
  return go(visit, '/continue');
}

/** An event of this browser, now. */
export const eventOf = ({ now, browser }: Visit, kind: NewEvent['kind']): NewEvent => ({
  kind,
  at: now,
  browser,
});

/** Where to go after a method was added: the next one ticked, or a word about a second one, or on (MC-1, MC-4, MC-5). */
export function afterSetUp(methods: readonly FactorKind[], open: readonly FactorKind[]): string {
  if (open.length > 0) return '/authentication_methods_setup';
  if (isOnlyPlatform(summaries(methods))) return '/authentication_methods_setup';
  if (methods.length > 1) return '/continue';
  return methods[0] === 'backup_codes' ? '/confirm_backup_codes' : '/auth_method_confirmation';
}

/**
 * A method was added: the session knows it, and counts it as used (its owner just proved it); other sessions and every
 * confirmed address hear of it (MC-8, NT-1).
 */
export async function methodAdded(
  visit: Visit,
  signedIn: SignedIn,
  added: {
    readonly kind: FactorKind;
    readonly method: AuthenticationMethod;
    /** The person's own name for it; null when it has none. */
    readonly name: string | null;
    readonly changes: readonly SessionChange[];
    /** Another page than usual comes first. */
    readonly next?: string;
  },
): Promise<Response> {
  const { hall } = visit;
  const { state } = signedIn;
  const methods = withKind(state.facts.methods, added.kind);
  const open = state.setUps.filter((kind) => kind !== added.kind);
  const facts = { kind: 'facts', facts: { methods } } as const;
  const passed = await factorPassed(visit, signedIn, {
    method: added.method,
    remember: null,
    changes: [facts, { kind: 'set-ups', kinds: open }, ...added.changes],
    next: added.next ?? afterSetUp(methods, open),
  });
  if (passed instanceof Response) return passed;
  if (state.facts.methods.length > 0)
    hall.after(refreshOthers(passed.signedIn.visit, state.account, [facts]));
  hall.after(tellAboutFactor(passed.signedIn, 'factor-added', added.kind, added.name));
  return passed.response;
}

/** Mails every confirmed address that a method was added or removed, with a way to object (NT-1). */
export async function tellAboutFactor(
  { visit, handle, state }: SignedIn,
  news: 'factor-added' | 'factor-removed',
  kind: FactorKind,
  name: string | null,
): Promise<void> {
  const { hall, now } = visit;
  const locale = state.facts.emailLocale;
  const key: MessageKey = KIND_NAMES[kind];
  const word = translator(locale)(key);
  const [{ emails }, disavowUrl] = await Promise.all([
    profileOf(visit, handle, state),
    disavowLink(hall, state.account, locale, now),
  ]);
  const addresses = emails.map(({ address }) => address);
  const factor = name === null ? word : `${word} (${name})`;
  await hall.notify(addresses, locale, { kind: news, factor, disavowUrl, at: now });
}
