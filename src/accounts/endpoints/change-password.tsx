import { displayName } from '../../apps/model.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { disavowLink } from '../../signin/endpoints/disavow-link.ts';
import { endOthers, pathOf, type SignedIn } from '../../signin/endpoints/hall.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { appOf, flashNext, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ChangePasswordPage } from '../pages/change-password.tsx';
import { passwordProblem } from '../pages/problems.ts';
import { estimatorFor } from '../rules/estimator-for.ts';
import { checkNewPassword, type PasswordRefusal } from '../rules/password-policy.ts';
import { accountPage, addressesOf, eventOf, type SignedInAct } from './signed-in.ts';

/** PW-5: asks for a new password; PW-6: the page a forced change leads to. */
export const showChangePassword: Act = (visit) => allowed(visit, (found) => draw(found, null));

/**
 * PW-5, SU-7: stores the new password, forgets remembered browsers (RD-3), ends every other session (BT-5), gives
 * this one a new secret and tells every confirmed address.
 */
export const changePassword: Act = (visit) =>
  allowed(visit, (found) =>
    withForm(found.visit, async (form) => {
      const { state, handle } = found;
      const { hall, now, c } = visit;
      const [addresses, app] = await Promise.all([addressesOf(found), appOf(visit)]);
      const checked = await checkNewPassword(
        {
          password: form.get('password') ?? '',
          confirmation: form.get('password_confirmation') ?? '',
          addresses,
          appName: app === null ? null : displayName(app),
          productName: hall.site.brand,
        },
        { estimateStrength: estimatorFor(await hall.commonPasswords()), isBreached: hall.isBreached },
      );
      if (!checked.ok) return draw(found, checked.error);

      const record = await hall.passwords.make(state.account, checked.value);
      await hall.accounts.changePassword(state.account, record, eventOf(found, 'password_changed'));
      const facts = { passwordChangeRequired: false };
      const [rotated] = await Promise.all([
        hall.sessions.rotate(handle, now, [{ kind: 'facts', facts }]),
        endOthers(visit, state.account),
      ]);
      if (rotated !== null) visit.cookies.push(hall.sessions.toCookie(rotated.handle));
      hall.after(tellChanged(found, addresses));
      flashNext(visit, {
        type: 'success',
        text: translator(c.get('locale'))('accounts.change_password.done'),
      });
      return go(visit, state.facts.passwordChangeRequired ? '/continue' : '/account');
    }),
  );

async function tellChanged({ visit, state }: SignedIn, addresses: readonly string[]): Promise<void> {
  const { hall, now } = visit;
  const locale = state.facts.emailLocale;
  const disavowUrl = await disavowLink(hall, state.account, locale, now);
  await hall.notify(addresses, locale, { kind: 'password-changed', disavowUrl, at: now });
}

function draw(found: SignedIn, refusal: PasswordRefusal | null): Promise<Response> {
  const t = translator(found.visit.c.get('locale'));
  const problem = refusal === null ? null : passwordProblem(t, refusal);
  const errors =
    problem === null
      ? {}
      : refusal?.reason === 'confirmation_mismatch'
        ? { confirmation: problem }
        : { password: problem };
  const forced = found.state.facts.passwordChangeRequired;
  return accountPage(
    found,
    (page, email) => <ChangePasswordPage page={page} email={email} forced={forced} errors={errors} />,
    problem === null ? {} : { status: 422 },
  );
}

/**
 * Signed-in people, and those whose next step is exactly this page. RA-1 applies to both; whoever is forced to be here
 * has nowhere else to go, so a second factor of this session, however old, is enough for them.
 */
async function allowed(visit: Visit, act: SignedInAct): Promise<Response> {
  const { hall, handle, now } = visit;
  if (handle === null) return go(visit, '/');
  const asked = await hall.sessions.ask(handle, { now, arrivedAt: now, request: null, code: null });
  if (asked.kind !== 'step') {
    visit.cookies.push(hall.sessions.clearCookie());
    return go(visit, '/?timeout=session');
  }
  const found = { visit, handle, state: asked.state };
  if (asked.step.kind === 'change-password') {
    const real = asked.state.events.some(
      ({ method }) => method !== 'password' && method !== 'remember_device',
    );
    return (real ? null : requireRecentFactor(visit, found)) ?? act(found);
  }
  if (asked.step.kind !== 'grant') return go(visit, pathOf(asked.step));
  return requireRecentFactor(visit, found) ?? act(found);
}
