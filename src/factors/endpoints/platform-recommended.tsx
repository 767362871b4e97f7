import type { Act } from '../../signin/endpoints/act.tsx';
import { requirePassword } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go } from '../../signin/endpoints/visit.tsx';
import { PlatformRecommendedPage } from '../pages/webauthn-set-up.tsx';
import { offersPlatformOnce } from '../set-up-progress.ts';
import { summaries } from './kinds.ts';
import { platformHint } from './platform-hint.ts';

/** MC-6: offers face or touch unlock to somebody who has phones only; anybody else is sent on. */
export const recommendPlatform: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { state } = signedIn;
  const { methods, passwordChangeRequired } = state.facts;
  if (passwordChangeRequired || !offersPlatformOnce(summaries(methods), platformHint(visit)))
    return go(visit, '/continue');
  const app = await appOf(visit);
  return show(visit, { app }, <PlatformRecommendedPage page={pageOf(visit, { app, state })} />);
};
