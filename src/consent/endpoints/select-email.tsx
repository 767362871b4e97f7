import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { go, isAbout } from '../../signin/endpoints/visit.tsx';
import { SelectEmailPage } from '../pages/select-email.tsx';
import { type ConsentStep, emailDraft, requireConsentStep } from './consent-step.ts';

function page({ visit, app, appName, state, profile, email }: ConsentStep, failed: boolean): Response {
  const told = pageOf(visit, { app, state });
  const element = (
    <SelectEmailPage
      page={told}
      app={appName}
      emails={profile.emails}
      selected={email?.id}
      error={failed ? told.t('consent.email.missing') : undefined}
    />
  );
  return show(visit, failed ? { app, status: 422 } : { app }, element);
}

/** EM-5: the confirmed addresses to choose from. */
export const showSelectEmail: Act = async (visit) => {
  const step = await requireConsentStep(visit);
  return step instanceof Response ? step : page(step, false);
};

/** Keeps the choice until the person agrees. */
export const selectEmail: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    if (!isAbout(visit, form.get('request_id'))) return go(visit, '/continue');
    const step = await requireConsentStep(visit);
    if (step instanceof Response) return step;
    const { app, handle, state, profile } = step;
    const chosen = profile.emails.find(({ id }) => id === form.get('selected_email_id'));
    if (chosen === undefined) return page(step, true);
    const { hall, now } = visit;
    const name = emailDraft(app);
    const value = await hall.sessions.sealDraft(handle, state, name, chosen.id);
    await hall.sessions.change(handle, now, [{ kind: 'draft', name, value }]);
    return go(visit, '/sign_up/completed');
  });
