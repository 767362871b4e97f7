import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import {
  profileOf,
  refreshOthers,
  requireSignedIn,
  type SignedIn,
  shownEmail,
} from '../../signin/endpoints/hall.ts';
import { requireRecentFactor } from '../../signin/endpoints/recent-factor.ts';
import { appOf, flashNext, go, pageOf, type Showing, show } from '../../signin/endpoints/visit.tsx';
import { type Page, translator } from '../../ui/index.ts';
import type { FactorSummary } from '../model.ts';
import { KeepFactorPage } from '../pages/manage.tsx';
import { ManagePhonePage, RemovePhonePage } from '../pages/phone-manage.tsx';
import { groupNumber, maskNumber } from '../phone/mask-number.ts';
import { type HeldPhone, isChannel } from '../phone/model.ts';
import { planOf } from '../phone/number-plans.ts';
import { checkRemoval } from '../remove-factor.ts';
import { summaries } from './kinds.ts';
import { reaches } from './phone-challenge.tsx';
import { eventOf, tellAboutFactor } from './set-up.ts';

const METHODS = '/account/two_factor_authentication';

/** A phone of this person's own, and every method held. */
interface Own {
  readonly signedIn: SignedIn;
  readonly phone: HeldPhone;
  readonly methods: readonly FactorSummary[];
}

/** RA-1, and an ordinary 404 for what is not this person's own. */
const own =
  (act: (own: Own) => Promise<Response>): Act =>
  async (visit) => {
    const signedIn = await requireSignedIn(visit);
    if (signedIn instanceof Response) return signedIn;
    const asked = requireRecentFactor(visit, signedIn, 'manage');
    if (asked !== null) return asked;
    const { hall, c } = visit;
    const { account } = signedIn.state;
    const [overview, phones] = await Promise.all([
      hall.accounts.overview(account),
      hall.phones.list(account),
    ]);
    const phone = phones.find(({ id }) => id === c.req.param('id'));
    if (overview === null || phone === undefined) return c.notFound();
    const codes = overview.backupCodesLeft === 0 ? [] : summaries(['backup_codes']);
    return act({ signedIn, phone, methods: [...overview.factors, ...codes] });
  };

async function page(
  { visit, handle, state }: SignedIn,
  draw: (page: Page) => { toString(): string | Promise<string> },
  status: NonNullable<Showing['status']> = 200,
): Promise<Response> {
  const [app, profile] = await Promise.all([appOf(visit), profileOf(visit, handle, state)]);
  const showing: Showing = { app, state, email: shownEmail(profile, state), status };
  return show(visit, showing, draw(pageOf(visit, showing)));
}

const inFull = ({ number, country }: HeldPhone): string => groupNumber(number, planOf(country)?.code ?? '');

/** MM-1, PH-5: default and delivery of one phone. */
export const showManagePhone = own(({ signedIn, phone }) =>
  page(signedIn, (told) => (
    <ManagePhonePage
      page={told}
      phone={phone}
      number={inFull(phone)}
      voice={reaches(signedIn.visit, phone.country, 'voice')}
    />
  )),
);

/** MM-1, PH-5. What the country does not have cannot be preferred. */
export const changePhone = own(({ signedIn, phone }) =>
  withForm(signedIn.visit, async (form) => {
    const { visit, state } = signedIn;
    const asked = form.get('channel');
    const delivery = isChannel(asked) && reaches(visit, phone.country, asked) ? asked : phone.delivery;
    const makeDefault = form.get('default') === '1';
    await visit.hall.phones.change(state.account, phone.id, { delivery, makeDefault }, visit.now);
    flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))('phone.manage.saved') });
    return go(visit, METHODS);
  }),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemovePhone = own(({ signedIn, phone, methods }) => {
  const checked = checkRemoval(methods, phone.id);
  if (checked.ok)
    return page(signedIn, (told) => <RemovePhonePage page={told} id={phone.id} number={inFull(phone)} />);
  const { reason } = checked.error;
  return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
});

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removePhone = own(({ signedIn, phone, methods }) =>
  withForm(signedIn.visit, async () => {
    const { visit, handle, state } = signedIn;
    const { hall, now } = visit;
    const checked = checkRemoval(methods, phone.id);
    // Two removals at once: the database keeps the last method even if both saw two.
    const removed =
      checked.ok && (await hall.factors.remove(state.account, phone.id, eventOf(visit, 'phone_removed')));
    if (!removed) {
      const reason = checked.ok ? 'last_factor' : checked.error.reason;
      return page(signedIn, (told) => <KeepFactorPage page={told} reason={reason} />, 409);
    }
    const facts = { kind: 'facts', facts: { methods: await hall.factors.kinds(state.account) } } as const;
    await hall.sessions.change(handle, now, [facts]);
    hall.after(refreshOthers(visit, state.account, [facts]));
    hall.after(tellAboutFactor(signedIn, 'factor-removed', 'phone', maskNumber(phone.number)));
    flashNext(visit, { type: 'success', text: translator(visit.c.get('locale'))('phone.remove.done') });
    return go(visit, METHODS);
  }),
);
