import { readUserAgent } from '../../accounts/rules/user-agent.ts';
import { absoluteUrl } from '../../signin/endpoints/absolute-url.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { refreshOthers } from '../../signin/endpoints/refresh-others.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { clearRequestCookie, go, isAbout, type Visit } from '../../signin/endpoints/visit.tsx';
import type { StoredSignInRequest } from '../../signin/model.ts';
import { formatDate, localeNames } from '../../ui/index.ts';
import { ConsentPage, type SharedAttribute } from '../pages/consent.tsx';
import { BackToPhonePage } from '../pages/continue-as.tsx';
import { emailToPin, sharesOneEmail } from '../shared-email.ts';
import { type ConsentStep, emailDraft, requireConsentStep } from './consent-step.ts';

/** What would be shared, with values; attributes without a value are not shown (CNS-3). */
function sharedOf({ stored, state, profile, email, visit }: ConsentStep): readonly SharedAttribute[] {
  const { attributes } = stored.request;
  const locale = visit.c.get('locale');
  const values: Readonly<Partial<Record<SharedAttribute['name'], readonly string[]>>> = {
    email: sharesOneEmail(attributes) && email !== null ? [email.address] : [],
    all_emails: profile.emails.map(({ address }) => address),
    // Apps are told the language in use when they are answered (UIN-10), not the one mail is written in.
    locale: [localeNames[locale]],
    verified_at: state.facts.verifiedAt === null ? [] : [formatDate(locale, state.facts.verifiedAt)],
    x509_subject: profile.x509 === null ? [] : [profile.x509.subject],
    x509_issuer: profile.x509 === null ? [] : [profile.x509.issuer],
  };
  return attributes.flatMap((name) => {
    const held = name === 'x509_presented' ? [] : (values[name] ?? []);
    return name === 'x509_presented' || held.length === 0 ? [] : [{ name, values: held }];
  });
}

/** CO-1, CO-2: the consent page. */
export const showConsent: Act = async (visit) => {
  const step = await requireConsentStep(visit);
  if (step instanceof Response) return step;
  const { app, appName, reason, state, stored } = step;
  return show(
    visit,
    { app },
    <ConsentPage
      page={pageOf(visit, { app, state })}
      app={appName}
      reason={reason}
      shared={sharedOf(step)}
      mayChangeEmail={sharesOneEmail(stored.request.attributes)}
      oneMethod={state.facts.methods.length === 1}
    />,
  );
};

/** CO-4, FLO-8: the answer can only be opened on a phone, and this browser is not on one. */
const answerOpensOnPhone = ({ hall, c }: Visit, stored: StoredSignInRequest): boolean =>
  hall.doors[stored.door]?.answersToDevice(stored) === true &&
  !readUserAgent(c.req.header('user-agent')).mobile;

/** CO-3: records the agreement, and goes on to the app. */
export const agree: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    if (!isAbout(visit, form.get('request_id'))) return go(visit, '/continue');
    const step = await requireConsentStep(visit);
    if (step instanceof Response) return step;
    const { hall, now, browser } = visit;
    const { app, appName, state, handle, stored, email, pinnedId } = step;
    const { attributes } = stored.request;
    const { link, first } = await hall.connections.agree({
      account: state.account,
      app: app.uuid,
      agency: app.agencyId,
      attributes,
      emailId: emailToPin(attributes, email, pinnedId),
      now,
      event: { kind: 'sp_user_consent_granted', at: now, browser, app: app.uuid },
    });
    const agreement = { kind: 'link', app: app.uuid, link } as const;
    // CNS-4: browsers that know the app share the same address from now on, without asking the database for it.
    await Promise.all([
      hall.sessions.change(handle, now, [agreement, { kind: 'draft', name: emailDraft(app), value: null }]),
      first ? null : refreshOthers(visit, state.account, [agreement]),
    ]);
    if (first) hall.after(tellConnected(step));
    if (!answerOpensOnPhone(visit, stored)) return go(visit, '/continue');

    await hall.sessions.end(handle, now);
    hall.after(hall.accounts.forgetSession(handle.locator));
    visit.cookies.push(hall.sessions.clearCookie(), clearRequestCookie(hall));
    const signedOut = { ...visit, handle: null, request: null };
    return show(signedOut, { app }, <BackToPhonePage page={pageOf(signedOut, { app })} app={appName} />);
  });

/** Tells every confirmed address about the first connection with an app (CO-3, NT-1). */
async function tellConnected({ visit, state, profile, appName }: ConsentStep): Promise<void> {
  const { hall, now } = visit;
  const locale = state.facts.emailLocale;
  await hall.notify(
    profile.emails.map(({ address }) => address),
    locale,
    {
      kind: 'app-connected',
      app: appName,
      accountUrl: absoluteUrl(hall, locale, '/account/connected_services'),
      at: now,
    },
  );
}
