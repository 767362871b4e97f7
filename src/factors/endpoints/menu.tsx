import { readUserAgent } from '../../accounts/rules/user-agent.ts';
import type { App } from '../../apps/model.ts';
import type { AuthenticationNeed } from '../../assurance/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { go, loadRequest, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { type FactorMenuEntry, factorMenu, isGovernmentAddress } from '../factor-menu.ts';
import type { FactorSummary } from '../model.ts';
import { FactorMenuPage } from '../pages/menu.tsx';
import { isOnlyPlatform } from '../set-up-progress.ts';
import { SET_UP_PATHS, summaries } from './kinds.ts';
import { recommendsCard } from './piv-offer.tsx';
import { platformHint } from './platform-hint.ts';
import { requireSetUp } from './set-up.ts';

interface Menu {
  readonly app: App | null;
  readonly need: AuthenticationNeed;
  readonly entries: readonly FactorMenuEntry[];
}

/** What this person can add on this device for this request; only kinds that have a set-up page. */
async function readMenu(visit: Visit, { handle, state }: SignedIn): Promise<Menu> {
  const { hall, c } = visit;
  const stored = await loadRequest(visit);
  const app = stored === null ? null : await hall.findApp(stored.request.app);
  const need = stored?.request.need.authentication ?? 'second-factor';
  const overview = state.facts.methods.length === 0 ? null : await hall.accounts.overview(state.account);
  const codes = state.facts.methods.includes('backup_codes') ? summaries(['backup_codes']) : [];
  const held: readonly FactorSummary[] = [...(overview?.factors ?? []), ...codes];
  const { emails } = await profileOf(visit, handle, state);
  const { entries } = factorMenu({
    need,
    held,
    mobile: readUserAgent(c.req.header('user-agent')).mobile,
    platformAuthenticator: platformHint(visit),
    governmentAddress: emails.some(({ address }) => isGovernmentAddress(address)),
  });
  const offered = entries.filter(
    ({ kind }) =>
      SET_UP_PATHS[kind] !== undefined &&
      (kind !== 'piv' || hall.cards !== null) &&
      (kind !== 'phone' || hall.phoneService !== null),
  );
  const recommended = offered.find((entry) => entry.recommended) ?? offered[0];
  return {
    app,
    need,
    entries: offered.map((entry) => ({ ...entry, recommended: entry === recommended })),
  };
}

function page(visit: Visit, { state }: SignedIn, { app, need, entries }: Menu, error?: string): Response {
  const held = state.facts.methods.length > 0;
  const onlyPlatform = isOnlyPlatform(summaries(state.facts.methods));
  const element = (
    <FactorMenuPage
      page={pageOf(visit, { app, state })}
      entries={entries}
      error={error}
      optional={held && !onlyPlatform && (need === 'second-factor' || need === 'fresh-second-factor')}
      onlyPlatform={onlyPlatform}
      demanded={need === 'phishing-resistant' || need === 'piv'}
    />
  );
  return show(visit, error === undefined ? { app } : { app, status: 422 }, element);
}

/** The menu; set-ups ticked earlier and not finished come first unless the person wants to choose again (MC-1). */
export const showMenu: Act = async (visit) => {
  const signedIn = await requireSetUp(visit);
  if (signedIn instanceof Response) return signedIn;
  const [next] = signedIn.state.setUps;
  const path = next === undefined || next === 'personal_key' ? undefined : SET_UP_PATHS[next];
  const chooses = visit.c.req.query('choose') === '1';
  if (path !== undefined && !chooses) return go(visit, path);
  // MC-1: people of the government are shown their card before the menu.
  if (!chooses && signedIn.state.facts.methods.length === 0 && (await recommendsCard(signedIn)))
    return go(visit, '/login/piv_cac_recommended');
  return page(visit, signedIn, await readMenu(visit, signedIn));
};

/** Keeps what was ticked and leads to the first of it, in the order of the menu. */
export const chooseMethods: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requireSetUp(visit);
    if (signedIn instanceof Response) return signedIn;
    const menu = await readMenu(visit, signedIn);
    const ticked = form.getAll('selection');
    const kinds = menu.entries.map(({ kind }) => kind).filter((kind) => ticked.includes(kind));
    const [first] = kinds;
    if (first === undefined && signedIn.state.facts.methods.length === 0) {
      return page(visit, signedIn, menu, translator(visit.c.get('locale'))('factors.menu.missing'));
    }
    await visit.hall.sessions.change(signedIn.handle, visit.now, [{ kind: 'set-ups', kinds }]);
    return go(visit, (first && SET_UP_PATHS[first]) ?? '/continue');
  });
