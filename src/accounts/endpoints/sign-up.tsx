import type { Hono } from 'hono';
import type { App } from '../../apps/model.ts';
import { type AppEnv, newRoutes } from '../../http.ts';
import { isLocale } from '../../kernel/locale.ts';
import { type Act, visiting, withForm } from '../../signin/endpoints/act.tsx';
import { appHelp } from '../../signin/endpoints/app-help.ts';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import {
  addressKey,
  adoptRequest,
  appOf,
  go,
  loadRequest,
  type Visit,
} from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { ErrorPage } from '../../ui/error-page.tsx';
import { HelpText, translator } from '../../ui/index.ts';
import { emailProblem } from '../pages/problems.ts';
import { CheckEmailPage, EnterEmailPage, type EnterEmailProps } from '../pages/sign-up.tsx';
import { acceptEmailAddress } from '../rules/email-acceptance.ts';
import { EMAIL_MAX } from '../rules/email-address.ts';
import { askCancel, cancelSignUp } from './cancel-sign-up.tsx';
import { confirmLink, createPassword, showCreatePassword } from './create-password.tsx';
import { keepAddress, keptAddress } from './entered-address.ts';
import { mailSignUp } from './sign-up-mail.ts';

type Entered = Omit<EnterEmailProps, 'page' | 'help'>;

function page(visit: Visit, app: App | null, entered: Entered): Response {
  const help = <HelpText nodes={appHelp(visit, app, 'sign_up')} />;
  const element = <EnterEmailPage page={pageOf(visit, { app })} help={help} {...entered} />;
  return show(visit, entered.errors === undefined ? { app } : { app, status: 422 }, element);
}

/** SU-1: the first page of sign-up. */
const showEnterEmail: Act = async (arrived) => {
  const visit = await adoptRequest(arrived, arrived.c.req.query('request_id'));
  const [stored, app] = await Promise.all([loadRequest(visit), appOf(visit)]);
  const email = stored?.request.emailHint ?? undefined;
  return page(visit, stored === null ? null : app, {
    email,
    emailLocale: visit.c.get('locale'),
    terms: false,
  });
};

/** SU-2, SU-3: checks what can be checked without knowing accounts, then answers alike for every address (AE-1). */
const enterEmail: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const { hall, now, c } = visit;
    const t = translator(c.get('locale'));
    const typed = (form.get('email') ?? '').slice(0, EMAIL_MAX * 2);
    const chosen = form.get('email_language') ?? '';
    const emailLocale = isLocale(chosen) ? chosen : c.get('locale');
    const terms = form.get('terms_accepted') === '1';
    // Before anything is looked up: whoever may ask without end has a resolver here (SU-2).
    const network = await hall.attempts.spend(`ip:${addressKey(c)}`, ['register-ip'], now);
    if (!network.allowed) {
      const app = await appOf(visit);
      const requestId = c.get('requestId');
      const told = pageOf(visit, { app });
      return show(
        visit,
        { app, status: 429 },
        <ErrorPage page={told} kind="too-many" requestId={requestId} />,
      );
    }
    const { environment } = hall.site;
    const accepted = await acceptEmailAddress(typed, {
      sandbox: environment === 'sandbox',
      findMailRoute: hall.findMailRoute,
    });
    if (!accepted.ok || !terms) {
      const errors = {
        email: accepted.ok ? undefined : emailProblem(t, accepted.error),
        terms: terms ? undefined : t('entry.sign_up.terms_missing'),
      };
      return page(visit, await appOf(visit), { email: typed, emailLocale, terms, errors });
    }
    const { address: email, mailIsGoogle } = accepted.value;
    const entered = { email, locale: emailLocale, mailIsGoogle };
    await keepAddress(visit, 'sign-up', entered);
    hall.after(mailSignUp(visit, entered));
    return go(visit, '/sign_up/verify_email');
  });

/** SU-3: "check your email", with the address. */
const showVerifyEmail: Act = async (visit) => {
  const entered = await keptAddress(visit, 'sign-up');
  if (entered === null) return go(visit, '/sign_up/enter_email');
  const app = await appOf(visit);
  return show(visit, { app }, <CheckEmailPage page={pageOf(visit, { app })} email={entered.email} />);
};

/** Sends again what was sent, within the same limit. */
const resend: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const entered = await keptAddress(visit, 'sign-up');
    if (entered === null) return go(visit, '/sign_up/enter_email');
    visit.hall.after(mailSignUp(visit, entered));
    flashNext(visit, {
      type: 'success',
      text: translator(visit.c.get('locale'))('entry.sign_up.check_resent'),
    });
    return go(visit, '/sign_up/verify_email');
  });

/** Creating an account (accounts section 3). */
export function signUpRoutes(hall: HallPorts): Hono<AppEnv> {
  const act = visiting(hall);
  const routes = newRoutes();
  routes.get('/sign_up/enter_email', act(showEnterEmail)).post('/sign_up/enter_email', act(enterEmail));
  routes.get('/sign_up/verify_email', act(showVerifyEmail)).post('/sign_up/verify_email', act(resend));
  routes.get('/sign_up/email/confirm', act(confirmLink));
  routes.get('/sign_up/enter_password', act(showCreatePassword));
  // LC-1: where a refused password left somebody who then chooses another language.
  routes
    .get('/sign_up/create_password', act(showCreatePassword))
    .post('/sign_up/create_password', act(createPassword));
  routes.get('/sign_up/cancel', act(askCancel)).post('/sign_up/cancel', act(cancelSignUp));
  return routes;
}
