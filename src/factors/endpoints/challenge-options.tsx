import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { go } from '../../signin/endpoints/visit.tsx';
import { translator } from '../../ui/index.ts';
import { ChallengeOptionsPage } from '../pages/challenge.tsx';
import { maskNumber } from '../phone/mask-number.ts';
import type { HeldPhone } from '../phone/model.ts';
import { type Challenge, requireChallenge } from './challenge.tsx';
import { CHALLENGE_PATHS } from './kinds.ts';
import { sendSignInCode } from './phone-send.ts';

/** Each phone is a choice of its own (FC-3); their numbers are looked up only for people who have some. */
const phonesOf = async ({ visit, kinds, state }: Challenge): Promise<readonly HeldPhone[]> =>
  kinds.includes('phone') ? visit.hall.phones.list(state.account) : [];

async function optionsPage(
  challenge: Challenge,
  phones: readonly HeldPhone[],
  error?: string,
): Promise<Response> {
  const { visit, app, kinds, state } = challenge;
  const masked = phones.map(({ id, number }) => ({ id, number: maskNumber(number) }));
  const element = (
    <ChallengeOptionsPage page={pageOf(visit, { app, state })} kinds={kinds} phones={masked} error={error} />
  );
  return show(visit, error === undefined ? { app } : { app, status: 422 }, element);
}

/** FC-3: all methods to choose from. */
export const showOptions: Act = async (visit) => {
  const challenge = await requireChallenge(visit);
  if (challenge instanceof Response) return challenge;
  return optionsPage(challenge, await phonesOf(challenge));
};

/** Leads to the page of the chosen method. */
export const chooseOption: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const challenge = await requireChallenge(visit);
    if (challenge instanceof Response) return challenge;
    const selection = form.get('selection');
    const chosen = challenge.kinds.find((kind) => kind === selection);
    const path = chosen === undefined ? undefined : CHALLENGE_PATHS[chosen];
    if (path !== undefined) return go(visit, path);
    const phones = await phonesOf(challenge);
    const phone = phones.find(({ id }) => `phone:${id}` === selection);
    if (phone !== undefined) return sendSignInCode(challenge, { phone: phone.id, channel: null });
    return optionsPage(challenge, phones, translator(visit.c.get('locale'))('factors.options.missing'));
  });
