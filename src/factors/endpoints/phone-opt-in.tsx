import { DAY } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { PhoneOptInPage, type PhoneOptInProps } from '../pages/phone-opt-in.tsx';
import { canReach, capabilityOf } from '../phone/capabilities.ts';
import { maskNumber } from '../phone/mask-number.ts';
import type { NumberNews } from '../phone/ports.ts';
import { deliverCode } from './deliver-code.ts';
import { type WaitingCode, waitingCode } from './phone-draft.ts';

/** Carriers let a number opt back in once in this time (PH-6). */
const OPT_IN_AGAIN_MS = 30 * DAY;

/** A code that waits behind an opt-out, with what is known of its number. */
interface Barred {
  readonly signedIn: SignedIn;
  readonly waiting: WaitingCode;
  readonly news: NumberNews;
}

const codePage = ({ purpose, channel }: WaitingCode): string =>
  purpose === 'sign_in' ? `/login/two_factor/${channel}` : '/phone_setup/code';

/** The number this browser just asked a code for, if the address names it: nobody else's opt-out is shown or changed. */
async function requireBarred(visit: Visit): Promise<Barred | Response> {
  const signedIn = await requirePassword(visit);
  if (signedIn instanceof Response) return signedIn;
  const uuid = visit.c.req.param('uuid') ?? '';
  for (const purpose of ['sign_in', 'confirm_phone'] as const) {
    const waiting = await waitingCode(signedIn, purpose);
    const news = waiting === null ? null : await visit.hall.phones.news(waiting.number);
    if (waiting === null || news === null || news.uuid !== uuid) continue;
    return news.optedOutAt === null ? go(visit, codePage(waiting)) : { signedIn, waiting, news };
  }
  return go(visit, '/login/two_factor');
}

const mayOptIn = ({ news, signedIn }: Barred): boolean =>
  news.optedInAt === null || signedIn.visit.now - news.optedInAt >= OPT_IN_AGAIN_MS;

/** A number that wants no texts may still be called, where its country has calls. */
function mayCall({ hall }: Visit, { country, purpose }: WaitingCode): boolean {
  const capability = capabilityOf(country, hall.phoneService?.countries ?? null);
  return capability !== null && canReach(capability, 'voice', purpose === 'sign_in');
}

async function page({ signedIn, waiting, news }: Barred, way: PhoneOptInProps['way']): Promise<Response> {
  const { visit, state } = signedIn;
  const app = await appOf(visit);
  const element = (
    <PhoneOptInPage
      page={pageOf(visit, { app, state })}
      uuid={news.uuid}
      number={maskNumber(waiting.number)}
      way={way}
      call={mayCall(visit, waiting) ? (waiting.purpose === 'sign_in' ? 'sign_in' : 'set_up') : null}
      othersHref={
        waiting.purpose === 'sign_in' ? '/login/two_factor/options' : '/authentication_methods_setup?choose=1'
      }
    />
  );
  return show(visit, { app }, element);
}

/** PH-6: the number opted out of texts; its owner may opt back in, or use another method. */
export const showOptIn: Act = async (visit) => {
  const barred = await requireBarred(visit);
  if (barred instanceof Response) return barred;
  return page(barred, mayOptIn(barred) ? 'here' : 'later');
};

/** Opts back in where the company lets us, and sends the code that waited. */
export const optIn: Act = (arrived) =>
  withForm(arrived, async (_form, visit) => {
    const barred = await requireBarred(visit);
    if (barred instanceof Response) return barred;
    if (!mayOptIn(barred)) return page(barred, 'later');
    const { hall, now } = visit;
    const { signedIn, waiting } = barred;
    if (!(await hall.phoneService?.optBackIn(waiting.number))) return page(barred, 'by_text');
    await hall.phones.noteOptIn(waiting.number, now);
    const sent = await deliverCode(signedIn, waiting, waiting.phone);
    return sent instanceof Response ? sent : go(visit, codePage(sent));
  });
