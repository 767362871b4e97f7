import { withForm } from '../../signin/endpoints/act.tsx';
import { ManagePhonePage, RemovePhonePage } from '../pages/phone-manage.tsx';
import { groupNumber, maskNumber } from '../phone/mask-number.ts';
import { type HeldPhone, isChannel } from '../phone/model.ts';
import { planOf } from '../phone/number-plans.ts';
import { askRemoval, managed, managePage, managing, removing } from './manage-factor.tsx';
import { reaches } from './phone-challenge.tsx';

const own = managing(['phone'], async ({ hall }, account, phone) =>
  (await hall.phones.list(account)).find(({ id }) => id === phone),
);

const inFull = ({ number, country }: HeldPhone): string => groupNumber(number, planOf(country)?.code ?? '');

/** MM-1, PH-5: default and delivery of one phone. */
export const showManagePhone = own(({ signedIn, held: phone }) =>
  managePage(signedIn, (page) => (
    <ManagePhonePage
      page={page}
      phone={phone}
      number={inFull(phone)}
      voice={reaches(signedIn.visit, phone.country, 'voice')}
    />
  )),
);

/** MM-1, PH-5. What the country does not have cannot be preferred. */
export const changePhone = own(({ signedIn, held: phone }) =>
  withForm(signedIn.visit, async (form) => {
    const { visit, state } = signedIn;
    const asked = form.get('channel');
    const delivery = isChannel(asked) && reaches(visit, phone.country, asked) ? asked : phone.delivery;
    const makeDefault = form.get('default') === '1';
    await visit.hall.phones.change(state.account, phone.id, { delivery, makeDefault }, visit.now);
    return managed(visit, 'phone.manage.saved');
  }),
);

/** MM-2, MM-3: asks before it is removed, or says why it has to stay. */
export const askRemovePhone = own((phone) =>
  askRemoval(phone, (page) => <RemovePhonePage page={page} id={phone.held.id} number={inFull(phone.held)} />),
);

/** MM-3: removes it, forgets remembered browsers, and tells every confirmed address. */
export const removePhone = own((phone) =>
  removing(phone, {
    event: 'phone_removed',
    name: maskNumber(phone.held.number),
    done: 'phone.remove.done',
  }),
);
