import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import type { SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { addressKey, appOf, go, type Visit } from '../../signin/endpoints/visit.tsx';
import { formatDuration, type MessageKey, translator } from '../../ui/index.ts';
import { ONE_TIME_CODE_LIFETIME_MS, readOneTimeCode } from '../one-time-code.ts';
import { PhoneCodePage } from '../pages/phone-code.tsx';
import { PhoneSetUpPage, type PhoneSetUpProps } from '../pages/phone-set-up.tsx';
import { canReach, capabilities, capabilityOf } from '../phone/capabilities.ts';
import { maskNumber } from '../phone/mask-number.ts';
import { type Channel, type HeldPhone, isChannel, type LineType, type PhoneNumber } from '../phone/model.ts';
import type { PhoneService } from '../phone/ports.ts';
import { LONGEST_TYPED, readPhoneNumber } from '../phone/read-number.ts';
import { SECOND_FACTOR_LOCK_MS } from '../second-factor-lock.ts';
import { deliverCode, FAILURE_WORDS } from './deliver-code.ts';
import { lockedOut } from './locked-out.tsx';
import { lookUpBarredUntil } from './phone-cost-limits.ts';
import { forgetWaiting, secondsLeft, type WaitingCode, waitingCode } from './phone-draft.ts';
import { codeArrived, useOf } from './send-code.ts';
import { eventOf, methodAdded, requireSetUp } from './set-up.ts';

const MENU = '/authentication_methods_setup?choose=1';
const CODE_PAGE = '/phone_setup/code';
const MAX_PHONES = NUMBERS['phones.max'];

/** Somebody who may add a phone, here and now. */
interface Adding {
  readonly signedIn: SignedIn;
  readonly service: PhoneService;
  readonly held: readonly HeldPhone[];
}

/** RA-2, and room for one more (`phones.max`). */
async function requireAdding(visit: Visit): Promise<Adding | Response> {
  const signedIn = await requireSetUp(visit, '/phone_setup');
  if (signedIn instanceof Response) return signedIn;
  const { phoneService: service, phones } = visit.hall;
  if (service === null) return go(visit, MENU);
  const has = signedIn.state.facts.methods.includes('phone');
  const held = has ? await phones.list(signedIn.state.account) : [];
  if (held.length < MAX_PHONES) return { signedIn, service, held };
  flashNext(visit, { type: 'error', text: translator(visit.c.get('locale'))('phone.add.limit') });
  return go(visit, MENU);
}

/** The country to preset: where the edge says the person is, if we serve it. */
function countryHere(visit: Visit, { countries }: PhoneService): string {
  const cf: object = visit.c.req.raw.cf ?? {};
  const country = 'country' in cf && typeof cf.country === 'string' ? cf.country : 'US';
  return capabilityOf(country, countries) === null ? 'US' : country;
}

async function page(
  visit: Visit,
  { signedIn, service }: Adding,
  form: Pick<PhoneSetUpProps, 'country' | 'number' | 'channel' | 'errors'>,
  status: 422 | 429 = 422,
): Promise<Response> {
  const app = await appOf(visit);
  const element = (
    <PhoneSetUpPage
      page={pageOf(visit, { app, state: signedIn.state })}
      countries={capabilities(service.countries)}
      {...form}
    />
  );
  return show(visit, form.errors === undefined ? { app } : { app, status }, element);
}

/** PH-1. */
export const showPhoneSetUp: Act = async (visit) => {
  const adding = await requireAdding(visit);
  if (adding instanceof Response) return adding;
  return page(visit, adding, { country: countryHere(visit, adding.service), channel: 'sms' });
};

type Problem = { readonly field: 'country' | 'number' | 'channel'; readonly key: MessageKey };

const lineProblem = (line: LineType, channel: Channel): Problem | null => {
  switch (line) {
    case 'voip':
      return { field: 'number', key: 'phone.add.voip' };
    case 'premium':
      return { field: 'number', key: 'phone.add.special' };
    case 'blocked':
      return { field: 'number', key: 'phone.failure.blocked' };
    case 'landline':
      return channel === 'sms' ? { field: 'channel', key: 'phone.add.landline' } : null;
    case 'mobile':
    case 'unknown':
      return null;
  }
};

/** Everything that can be told wrong with a number without asking anybody (PH-2). */
function checkNumber(
  { service, held }: Adding,
  typed: string,
  country: string,
  channel: Channel,
): PhoneNumber | Problem {
  const read = readPhoneNumber(typed, country);
  if (!read.ok) {
    const { reason } = read.error;
    const picked = reason === 'unsupported_country' && country === '';
    return picked
      ? { field: 'country', key: 'phone.add.country_missing' }
      : { field: 'number', key: `phone.add.${reason}` };
  }
  const number = read.value;
  if (held.some((phone) => phone.number === number.e164))
    return { field: 'number', key: 'phone.add.already' };
  const capability = capabilityOf(number.country, service.countries);
  if (capability === null) return { field: 'number', key: 'phone.add.unsupported_country' };
  if (!canReach(capability, channel, false)) {
    return channel === 'voice'
      ? { field: 'channel', key: 'phone.add.no_voice' }
      : { field: 'number', key: 'phone.add.no_text' };
  }
  return number;
}

/** PH-2, PH-3: checks the number and sends the first code to it. */
export const addPhone: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const adding = await requireAdding(visit);
    if (adding instanceof Response) return adding;
    const { hall, now, c } = visit;
    const t = translator(c.get('locale'));
    const typed = (form.get('number') ?? '').slice(0, LONGEST_TYPED + 1);
    const country = (form.get('country') ?? '').slice(0, 2);
    const asked = form.get('channel');
    const channel: Channel = isChannel(asked) ? asked : 'sms';
    const tooMany = (retryAt: EpochMs) => {
      const time = formatDuration(c.get('locale'), (retryAt - now) / SECOND);
      const errors = { number: t('phone.add.many', { time }) };
      return page(visit, adding, { country, number: typed, channel, errors }, 429);
    };
    const refuse = ({ field, key }: Problem) => {
      const offered = key === 'phone.add.landline' ? 'voice' : channel;
      const errors = { [field]: problemWords(visit, key) };
      return page(visit, adding, { country, number: typed, channel: offered, errors });
    };
    const spent = await hall.attempts.spend(`phone-setup:${addressKey(c)}`, ['phone-setup-ip'], now);
    if (!spent.allowed) return tooMany(spent.retryAt);
    const checked = checkNumber(adding, typed, country, channel);
    if ('field' in checked) return refuse(checked);
    const { service, signedIn } = adding;
    const barred = service.costs ? await lookUpBarredUntil(signedIn, checked.e164) : null;
    if (barred !== null) return tooMany(barred);
    const problem = lineProblem(await service.lookUp(checked.e164), channel);
    if (problem !== null) return refuse(problem);
    const sending = {
      purpose: 'confirm_phone',
      number: checked.e164,
      country: checked.country,
      channel,
    } as const;
    const sent = await deliverCode(signedIn, sending, null);
    return sent instanceof Response ? sent : go(visit, CODE_PAGE);
  });

function problemWords(visit: Visit, key: MessageKey): string {
  const t = translator(visit.c.get('locale'));
  switch (key) {
    case 'phone.add.missing':
    case 'phone.add.impossible':
    case 'phone.add.unsupported_country':
    case 'phone.add.special':
    case 'phone.add.country_missing':
    case 'phone.add.already':
    case 'phone.add.no_voice':
    case 'phone.add.no_text':
    case 'phone.add.voip':
    case 'phone.add.landline':
    case 'phone.failure.blocked':
      return t(key);
    default:
      return t('phone.add.impossible');
  }
}

async function codePage(adding: Adding, waiting: WaitingCode, error?: string): Promise<Response> {
  const { signedIn, service } = adding;
  const { visit, state } = signedIn;
  const t = translator(visit.c.get('locale'));
  const app = await appOf(visit);
  const other: Channel = waiting.channel === 'sms' ? 'voice' : 'sms';
  const capability = capabilityOf(waiting.country, service.countries);
  const element = (
    <PhoneCodePage
      page={pageOf(visit, { app, state })}
      use="set_up"
      channel={waiting.channel}
      number={maskNumber(waiting.number)}
      otherChannel={capability !== null && canReach(capability, other, false)}
      failure={waiting.failure === null || error !== undefined ? null : t(FAILURE_WORDS[waiting.failure])}
      error={error}
      secondsLeft={secondsLeft(waiting, visit.now)}
      remember={null}
      others={false}
    />
  );
  return show(visit, error === undefined ? { app } : { app, status: 422 }, element);
}

/** PH-3: asks for the code that proves the number. */
export const showPhoneSetUpCode: Act = async (visit) => {
  const adding = await requireAdding(visit);
  if (adding instanceof Response) return adding;
  const waiting = await waitingCode(adding.signedIn, 'confirm_phone');
  if (waiting === null) return go(visit, '/phone_setup');
  const over = visit.now - waiting.sentAt >= ONE_TIME_CODE_LIFETIME_MS;
  return codePage(
    adding,
    waiting,
    over ? translator(visit.c.get('locale'))('phone.code.expired') : undefined,
  );
};

/** The number is its owner's: it is added, and counts as used now. Wrong codes count like all others (FC-1). */
export const confirmPhone: Act = (arrived) =>
  withForm(arrived, async (form, visit) => {
    const adding = await requireAdding(visit);
    if (adding instanceof Response) return adding;
    const { signedIn, held } = adding;
    const { hall, now, c } = visit;
    const { state, handle } = signedIn;
    const waiting = await waitingCode(signedIn, 'confirm_phone');
    if (waiting === null) return go(visit, '/phone_setup');
    const t = translator(c.get('locale'));
    const code = readOneTimeCode(form.get('code') ?? '');
    if (code === null) return codePage(adding, waiting, t('factors.code.malformed'));
    const checked = await hall.attempts.checkCode(
      state.account,
      code,
      useOf(signedIn, waiting),
      state.facts.secondFactorSucceededAt,
      now,
    );
    if (!checked.allowed) return lockedOut(visit, handle, checked.lockedUntil);
    if (checked.verdict !== 'right') {
      if (checked.left === 0) return lockedOut(visit, handle, now + SECOND_FACTOR_LOCK_MS);
      const wrong = t(checked.verdict === 'expired' ? 'phone.code.expired' : 'factors.code.wrong');
      const few = checked.left <= NUMBERS['otp.attempts_left_warning'];
      const error = few ? `${wrong} ${t.plural('factors.code.left', checked.left)}` : wrong;
      return codePage(adding, waiting, error);
    }
    hall.after(codeArrived(visit, waiting));
    const added = await hall.phones.add({
      account: state.account,
      number: waiting.number,
      delivery: waiting.channel,
      isDefault: false,
      event: eventOf(visit, held.length === 0 ? 'phone_confirmed' : 'phone_added'),
    });
    const forget = forgetWaiting('confirm_phone');
    if (!added.ok) {
      await hall.sessions.change(handle, now, [forget]);
      const full = added.error.reason === 'limit';
      flashNext(visit, { type: 'error', text: t(full ? 'phone.add.limit' : 'phone.add.already') });
      return go(visit, full ? MENU : '/phone_setup');
    }
    flashNext(visit, { type: 'success', text: t('phone.added') });
    return methodAdded(visit, signedIn, {
      kind: 'phone',
      factor: added.value.id,
      method: waiting.channel,
      name: maskNumber(waiting.number),
      changes: [forget],
    });
  });
