import { displayName } from '../../apps/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { standing } from '../../signin/endpoints/current-step.ts';
import { requirePassword } from '../../signin/endpoints/require-signed-in.ts';
import { profileOf, shownEmail } from '../../signin/endpoints/session-profile.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { go, isAbout } from '../../signin/endpoints/visit.tsx';
import { ContinueAsPage } from '../pages/continue-as.tsx';

/** FLO-7: asks before the app learns who is signed in here. */
export const showContinueAs: Act = async (visit) => {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const { app, step } = await standing(signedIn);
  if (app === null || step.kind !== 'continue-as') return go(visit, '/continue');
  const { handle, state } = signedIn;
  const email = shownEmail(await profileOf(visit, handle, state), state);
  const page = pageOf(visit, { app, state });
  return show(visit, { app }, <ContinueAsPage page={page} app={displayName(app)} email={email} />);
};

/** Continues, or signs out and keeps the app's question for somebody else (SI-7). */
export const chooseAccount: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    if (!isAbout(visit, form.get('request_id'))) return go(visit, '/continue');
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now, request } = visit;
    const { handle } = signedIn;
    if (form.get('choice') === 'other') {
      await hall.sessions.end(handle, now);
      hall.after(hall.accounts.forgetSession(handle.locator));
      visit.cookies.push(hall.sessions.clearCookie());
      return go(visit, request === null ? '/' : `/?request_id=${request.id}`);
    }
    const { app, known, step } = await standing(signedIn);
    if (app === null || known === undefined || step.kind !== 'continue-as') return go(visit, '/continue');
    await hall.sessions.change(handle, now, [
      { kind: 'link', app: app.uuid, link: known.link },
      { kind: 'continued', app: app.uuid },
    ]);
    return go(visit, '/continue');
  });
