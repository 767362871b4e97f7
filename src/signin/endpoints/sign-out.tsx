import { at, translator } from '../../ui/index.ts';
import { SignOutPage } from '../pages/sign-out.tsx';
import { type Act, withForm } from './act.tsx';
import { endSession } from './end-sessions.ts';
import { flashNext } from './flash.ts';
import { pageOf, show } from './show-page.ts';
import { go } from './visit.tsx';

/** Asks whether to sign out (UR-11). A GET changes nothing. */
export const askSignOut: Act = async (visit) => {
  const { hall, now, handle } = visit;
  const state = handle === null ? null : await hall.sessions.view(handle, now);
  if (state === null) return go(visit, '/');
  const page = pageOf(visit, { state });
  return show(visit, {}, <SignOutPage page={page} stayHref={at(page, '/continue')} />);
};

/** Ends the session, and with it every code and token it issued (SE-6). */
export const signOut: Act = (arrived) =>
  withForm(
    arrived,
    async (_form, visit) => {
      const { hall, now, handle, c } = visit;
      if (handle !== null) {
        await endSession(hall, handle, now);
        visit.cookies.push(hall.sessions.clearCookie());
      }
      flashNext(visit, { type: 'success', text: translator(c.get('locale'))('signin.sign_out.done') });
      return go(visit, '/');
    },
    '/sign_out',
  );
