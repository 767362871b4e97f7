import type { App } from '../../apps/model.ts';
import { isStranger } from '../../sessions/rules.ts';
import { decideNextStep, type Situation } from '../decide-next-step.ts';
import type { Step, StoredSignInRequest } from '../model.ts';
import type { SignedIn } from './require-signed-in.ts';
import { loadRequest } from './visit.tsx';

/** Where a signed-in person stands with the app's question they came with. */
export interface Standing {
  readonly stored: StoredSignInRequest | null;
  readonly app: App | null;
  /** What the session would know of the app after looking the connection up; undefined when there is no connection. */
  readonly known: Situation['app'];
  readonly step: Step;
}

/** Decides, without touching the session, which step is due: a page shows itself only when it is its turn. */
export async function standing({ visit, state }: SignedIn): Promise<Standing> {
  const { hall, now } = visit;
  const stored = await loadRequest(visit);
  const app = stored === null ? null : await hall.findApp(stored.request.app);
  let known: Situation['app'];
  if (stored !== null && app !== null) {
    known = state.apps[app.uuid];
    if (known === undefined && !isStranger(state, app.uuid, { now, arrivedAt: stored.arrivedAt })) {
      const link = await hall.connections.find(state.account, app.uuid);
      if (link !== null) known = { link, visitedAt: null, continuedAt: null };
    }
  }
  const step = decideNextStep({
    now,
    session: state,
    request: app === null ? null : (stored?.request ?? null),
    arrivedAt: stored?.arrivedAt ?? now,
    app: known,
    rulesPublishedAt: hall.site.rulesPublishedAt,
  });
  return { stored, app, known, step };
}
