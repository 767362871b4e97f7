import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { go, type Visit } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { choosePhone } from '../phone/choose-phone.ts';
import { type Channel, isChannel } from '../phone/model.ts';
import { type Challenge, requireChallenge } from './challenge.tsx';
import { deliverCode } from './deliver-code.ts';
import { reaches } from './phone-challenge.tsx';
import { waitingCode } from './phone-draft.ts';
import { requireSetUp } from './set-up.ts';

/** Says that another code is on its way, or that it is too soon for one. */
function tell(visit: Visit, tooSoon: boolean): void {
  const t = translator(visit.c.get('locale'));
  flashNext(
    visit,
    tooSoon
      ? { type: 'error', text: t('phone.code.too_soon') }
      : { type: 'info', text: t('phone.code.sent_again') },
  );
}

/** Sends a sign-in code to one phone of the account, or another one, the asked way or as its owner prefers. */
export async function sendSignInCode(
  challenge: Challenge,
  asked: { readonly phone: string | null; readonly channel: Channel | null },
): Promise<Response> {
  const { visit, state } = challenge;
  const waiting = await waitingCode(challenge, 'sign_in');
  const phone = choosePhone(
    await visit.hall.phones.list(state.account),
    asked.phone ?? waiting?.phone ?? null,
  );
  if (phone === null) return go(visit, '/login/two_factor/options');
  const wanted = asked.channel ?? phone.delivery;
  const channel = reaches(visit, phone.country, wanted) ? wanted : 'sms';
  const sent = await deliverCode(
    challenge,
    { purpose: 'sign_in', number: phone.number, country: phone.country, channel },
    phone.id,
  );
  if (sent instanceof Response) return sent;
  if (waiting !== null && (sent.failure === null || sent.failure === 'too_soon'))
    tell(visit, sent.failure === 'too_soon');
  return go(visit, `/login/two_factor/${sent.channel}`);
}

/** Sends another code to the number that is being added, the asked way. */
async function sendSetUpCode(visit: Visit, channel: Channel | null): Promise<Response> {
  const signedIn = await requireSetUp(visit, '/phone_setup');
  if (signedIn instanceof Response) return signedIn;
  const waiting = await waitingCode(signedIn, 'confirm_phone');
  if (waiting === null) return go(visit, '/phone_setup');
  const { purpose, number, country } = waiting;
  const sending = { purpose, number, country, channel: channel ?? waiting.channel };
  const sent = await deliverCode(signedIn, sending, null);
  if (sent instanceof Response) return sent;
  if (sent.failure === null || sent.failure === 'too_soon') tell(visit, sent.failure === 'too_soon');
  return go(visit, '/phone_setup/code');
}

/** `/otp/send`: another code, by text or by call (PH-3). */
export const sendAnotherCode: Act = (arrived) =>
  withForm(
    arrived,
    async (form, visit) => {
      const word = form.get('channel');
      const channel = isChannel(word) ? word : null;
      if (form.get('use') === 'set_up') return sendSetUpCode(visit, channel);
      const challenge = await requireChallenge(visit);
      return challenge instanceof Response ? challenge : sendSignInCode(challenge, { phone: null, channel });
    },
    '/login/two_factor',
  );

/** Links from before lead to the page that sends (UR-4); opening a link sends nothing by itself. */
export const oldSendLink: Act = (visit) => go(visit, '/login/two_factor');
