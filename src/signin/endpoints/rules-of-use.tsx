import { mustAcceptRules } from '../../accounts/rules/rules-of-use.ts';
import { translator } from '../../ui/index.ts';
import { RulesOfUsePage } from '../pages/rules-of-use.tsx';
import { type Act, withForm } from './act.tsx';
import { requirePassword } from './require-signed-in.ts';
import { pageOf, show } from './show-page.ts';
import { appOf, go } from './visit.tsx';

/** The rules of use. Somebody who has to accept them gets the form; everybody else just reads. */
export const showRules: Act = async (visit) => {
  const { hall, now, handle } = visit;
  const state = handle === null ? null : await hall.sessions.view(handle, now);
  const app = await appOf(visit);
  const asking =
    state !== null && mustAcceptRules(state.facts.rulesAcceptedAt, hall.site.rulesPublishedAt, now);
  return show(visit, { app }, <RulesOfUsePage page={pageOf(visit, { app, state })} asking={asking} />);
};

/** Records the acceptance for good and in this session. */
export const acceptRules: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const signedIn = await requirePassword(visit);
    if (signedIn instanceof Response) return signedIn;
    const { hall, now } = visit;
    const { state, handle } = signedIn;
    if (form.get('accept') !== '1') {
      const app = await appOf(visit);
      const page = pageOf(visit, { app, state });
      const error = translator(visit.c.get('locale'))('signin.rules.accept_missing');
      return show(visit, { app, status: 422 }, <RulesOfUsePage page={page} asking error={error} />);
    }
    await hall.accounts.acceptRules(state.account, now);
    await hall.sessions.change(handle, now, [{ kind: 'facts', facts: { rulesAcceptedAt: now } }]);
    return go(visit, '/continue');
  });
