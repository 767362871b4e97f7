import { readUserAgent } from '../../accounts/rules/user-agent.ts';
import type { App } from '../../apps/model.ts';
import type { AuthenticationNeed } from '../../assurance/model.ts';
import type { Act } from '../../signin/endpoints/act.tsx';
import { standing } from '../../signin/endpoints/current-step.ts';
import { RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { rememberPreset } from '../../signin/endpoints/remembered-device.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import type { FactorKind } from '../model.ts';
import { AuthenticatorChallengePage, BackupCodeChallengePage } from '../pages/challenge.tsx';
import { CHALLENGE_PATHS, challengeKinds } from './kinds.ts';
import { lockedOut } from './locked-out.tsx';
import { platformHint } from './platform-hint.ts';

/** A person whose turn it is to show a second factor. */
export interface Challenge extends SignedIn {
  readonly app: App | null;
  /** Kinds to ask for, the default first. */
  readonly kinds: readonly FactorKind[];
}

/** The browser, as far as the choice of a method depends on it. */
export const deviceOf = (visit: Visit) => ({
  mobile: readUserAgent(visit.c.req.header('user-agent')).mobile,
  platformAuthenticatorHint: platformHint(visit),
});

/**
 * The person at the second-factor pages, or where they belong instead: nobody is asked who need not be, and while the
 * account is locked nobody is asked at all (FC-2).
 */
export async function requireChallenge(visit: Visit): Promise<Challenge | Response> {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { handle, state } = signedIn;
  const { hall, now } = visit;
  if (state.facts.methods.length === 0) return go(visit, '/continue');
  const locked = await hall.attempts.lockedUntil(state.account, state.facts.secondFactorSucceededAt, now);
  if (locked !== null) return lockedOut(visit, handle, locked);
  const { stored, app, step } = await standing(signedIn);
  const again = (await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) !== null;
  if (!again && step.kind !== 'second-factor') return go(visit, '/continue');
  const need: AuthenticationNeed = stored?.request.need.authentication ?? 'second-factor';
  return { ...signedIn, app, kinds: challengeKinds(state.facts.methods, need, deviceOf(visit)) };
}

/** `/login/two_factor`: the page of the default method (FC-3). */
export const showDefault: Act = async (visit) => {
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  const [kind] = challenge.kinds;
  return go(visit, (kind && CHALLENGE_PATHS[kind]) ?? '/login/two_factor/options');
};

const PAGES = { totp: AuthenticatorChallengePage, backup_codes: BackupCodeChallengePage } as const;
export type CodeKind = keyof typeof PAGES;

/** The page that asks for a code of one kind. */
export const showChallenge =
  (kind: CodeKind): Act =>
  async (visit) => {
    const challenge = await requireChallenge(visit);
    if (challenge instanceof Response) return challenge;
    const { app, kinds, state } = challenge;
    if (!kinds.includes(kind)) return go(visit, '/login/two_factor/options');
    const ChallengePage = PAGES[kind];
    return show(
      visit,
      { app },
      <ChallengePage
        page={pageOf(visit, { app, state })}
        remember={rememberPreset(visit, app)}
        others={kinds.length > 1}
      />,
    );
  };

/** The same page after a code that was not right; the code is not shown again, the box stays as it was. */
export async function challengeRefused(
  { visit, state }: SignedIn,
  kind: CodeKind,
  refused: { readonly error: string; readonly remember: boolean },
): Promise<Response> {
  const app = await appOf(visit);
  const ChallengePage = PAGES[kind];
  const others = state.facts.methods.length > 1;
  return show(
    visit,
    { app, status: 422 },
    <ChallengePage page={pageOf(visit, { app, state })} others={others} {...refused} />,
  );
}
