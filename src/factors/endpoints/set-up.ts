import type { EventKind } from '../../accounts/model.ts';
import type { NewEvent } from '../../accounts/ports/events.ts';
import type { SessionChange } from '../../sessions/model.ts';
import { standing } from '../../signin/endpoints/current-step.ts';
import { disavowTokens, notifyWithDisavow } from '../../signin/endpoints/disavow-link.ts';
import { dropFlash } from '../../signin/endpoints/flash.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { pathOf } from '../../signin/endpoints/step-path.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import type { AuthenticationMethod, FactorKind } from '../model.ts';
import { isOnlyPlatform } from '../set-up-progress.ts';
import { factorPassed } from './factor-passed.ts';
import { summaries, withKind } from './kinds.ts';

/** Somebody who may set up a method now (`requireSettingUp`), and of whom no new password is asked first (`passwordFirst`). */
export async function requireSetUp(visit: Visit, back?: string): Promise<SignedIn | Response> {
  const signedIn = await requireSettingUp(visit, back);
  return signedIn instanceof Response ? signedIn : ((await passwordFirst(signedIn)) ?? signedIn);
}

/** PW-6, FLO-4: the way to the new password that is asked first; only a method that the app demands comes before it. */
export async function passwordFirst(signedIn: SignedIn): Promise<Response | null> {
  if (!signedIn.state.facts.passwordChangeRequired) return null;
  const { step } = await standing(signedIn);
  return step.kind === 'change-password' ? go(signedIn.visit, pathOf(step)) : null;
}

/**
 * Somebody in the midst of setting up a method: past the password and, once the account has a method, past a recent second
 * factor (RA-2). `back` is the page to come back to when the form has another path. A session that believes the account
 * has no method asks the database: another session may have set one up, and then this one must use it first.
 */
export async function requireSettingUp(visit: Visit, back?: string): Promise<SignedIn | Response> {
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
    /** Its id; null for backup codes, which are one set. */
    readonly factor: string | null;
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
  const methodCount = (state.facts.methodCount ?? state.facts.methods.length) + 1;
  const facts = { kind: 'facts', facts: { methods, methodCount } } as const;
  const passed = await factorPassed(visit, signedIn, {
    method: added.method,
    remember: null,
    changes: [facts, { kind: 'set-ups', kinds: open }, ...added.changes],
    next: added.next ?? afterSetUp(methods, open),
  });
  if (passed instanceof Response) {
    await takeAway(signedIn, added);
    dropFlash(visit);
    return go(visit, '/?timeout=session');
  }
  if (state.facts.methods.length > 0)
    hall.after(refreshOthers(passed.signedIn.visit, state.account, [facts]));
  hall.after(tellAboutFactor(passed.signedIn, 'factor-added', added.kind, added.name));
  return passed.response;
}

/** What the history calls the removal of each kind. */
export const REMOVED_EVENTS = {
  totp: 'authenticator_disabled',
  phone: 'phone_removed',
  security_key: 'webauthn_key_removed',
  platform_passkey: 'webauthn_platform_removed',
  piv: 'piv_cac_disabled',
  backup_codes: 'backup_codes_removed',
  personal_key: 'personal_key_removed',
} as const satisfies Record<FactorKind, EventKind>;

/**
 * The session was ended while it added a method (SE-6). Whoever ended it, as a reset does, must not find a way in that
 * they did not make; the last method of an account that had others stays.
 */
async function takeAway(
  { visit, state }: SignedIn,
  { kind, factor }: { readonly kind: FactorKind; readonly factor: string | null },
): Promise<void> {
  const { factors } = visit.hall;
  const event = eventOf(visit, REMOVED_EVENTS[kind]);
  if (factor === null) await factors.deleteBackupCodes(state.account, event, true);
  else await factors.remove(state.account, factor, event, state.facts.methods.length === 0);
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
  const word = translator(locale)(`factors.kind.${kind}`);
  const [{ emails }, tokens] = await Promise.all([
    profileOf(visit, handle, state),
    disavowTokens(hall, state.account, now),
  ]);
  const factor = name === null ? word : `${word} (${name})`;
  await notifyWithDisavow(hall, emails, locale, tokens, (disavowUrl) => ({
    kind: news,
    factor,
    disavowUrl,
    at: now,
  }));
}
