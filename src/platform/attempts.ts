import type { Attempts as AttemptsPort, LimitName, SentCodeUse } from '../accounts/ports/attempts.ts';
import { isEnforced, type LimiterId, limiterFor } from '../accounts/rules/limits.ts';
import { oneTimeCodeDigest } from '../factors/one-time-code.ts';
import { fromBase64Url, toBase64Url } from '../kernel/bytes.ts';
import { sha256Base64Url } from '../kernel/crypto.ts';
import type { Environment } from '../signin/ports.ts';
import type { Keyholder } from './keys/keyholder.ts';
import { logLine } from './log.ts';
import type { Attempts } from './objects/attempts.ts';

const LIMITERS: Readonly<Record<LimitName, LimiterId>> = {
  'sign-in-session': 'signin.session_failures',
  'sign-in-email-ip': 'signin.email_ip',
  'sign-in-ip': 'signin.ip',
  'sign-in-user-ip': 'signin.user_ip',
  'register-email': 'register.email_unconfirmed',
  'register-ip': 'register.ip',
  'reset-email': 'reset_email.max',
  'reset-ip': 'reset_email.ip',
  'account-reset': 'account_reset.short',
  'account-reset-day': 'account_reset.long',
  'backup-code-user-ip': 'backup_code.user_ip',
  'personal-key': 'personal_key.tries',
  'reauthenticate-password': 'signin.user_ip',
  'otp-send': 'otp_send.max',
  'otp-send-short': 'otp_send.short',
  'otp-send-ip': 'otp_send.ip',
  'otp-send-account': 'otp_send.account_day',
  'otp-send-number': 'otp_send.number_day',
  'look-up-account': 'look_up.account',
  'look-up-number': 'look_up.number',
  'phone-confirmation': 'phone_confirmation.max',
  'phone-setup-ip': 'phone_setup.ip',
  'card-check': 'card_check.errand',
  'card-check-ip': 'card_check.ip',
  'phone-block': 'phone.block',
  'phone-country': 'phone.country',
  'phone-home-country': 'phone.home_country',
};

/** Limits by network alone: a laptop, a test server and a whole office come from one address. */
const BY_NETWORK: ReadonlySet<LimitName> = new Set([
  'sign-in-ip',
  'register-ip',
  'reset-ip',
  'otp-send-ip',
  'phone-setup-ip',
  'card-check-ip',
]);

/** Limits of one browser, whomever it says it is. */
const BY_VISIT: ReadonlySet<LimitName> = new Set(['sign-in-session']);

/** Counters and locks on the Attempts objects. Subjects are digested first: an object never sees an address. */
export function attempts(
  namespace: DurableObjectNamespace<Attempts>,
  keys: Keyholder,
  environment: Environment,
): AttemptsPort {
  const digestOf = (subject: string): string => keys.fingerprint('limiter', subject);
  const objectOf = (digest: string) => {
    const shard = (fromBase64Url(digest)?.[0] ?? 0).toString(16).padStart(2, '0');
    return namespace.getByName(`limits:${shard}`);
  };
  /** Where a subject is counted, and under which key each limit: with a network given, at the network's. */
  const place = (subject: string, network?: string, visit?: Uint8Array) => {
    const own = digestOf(subject);
    const shared = network === undefined ? own : digestOf(`ip:${network}`);
    const keyOf = (limit: LimitName): string => {
      if (BY_NETWORK.has(limit)) return `${limit}:${shared}`;
      return `${limit}:${visit !== undefined && BY_VISIT.has(limit) ? digestOf(`visit:${toBase64Url(visit)}`) : own}`;
    };
    return { keyOf, object: objectOf(shared) };
  };
  const account = (uuid: string) => namespace.getByName(`account:${uuid}`);
  const codeUse = ({ session, purpose, number }: SentCodeUse) => ({
    slot: keys.fingerprint('one-time-code', JSON.stringify(['slot', purpose, session])),
    // The session's locator is part of the target: a code sent for one browser proves nothing in another.
    bound: { purpose, target: JSON.stringify([session, number]) },
  });
  const production = environment === 'production';
  // On a laptop and in a sandbox everybody shares few addresses, and a partner's test suite signs in all day.
  const counts = (limit: LimitName): boolean =>
    environment === 'staging' || production || !BY_NETWORK.has(limit);
  return {
    async spend(subject, limits, now, network, clearedAt = null, visit) {
      const counted = limits.filter(counts);
      if (counted.length === 0) return { allowed: true };
      const { keyOf, object } = place(subject, network, visit);
      const answer = await object.spend(
        counted.map((limit) => ({
          key: keyOf(limit),
          limiter: limiterFor(LIMITERS[limit], production),
          watched: !isEnforced(LIMITERS[limit], production),
        })),
        now,
        clearedAt,
      );
      const nameOf = (key: string) => counted.find((name) => key === keyOf(name));
      // LI-4: nobody is refused, and somebody hears of it.
      for (const key of answer.over ?? []) logLine('warn', 'limit_watched', { what: nameOf(key) ?? '' });
      if (answer.allowed) return { allowed: true };
      const limit = nameOf(answer.key);
      return { allowed: false, limit: limit ?? 'sign-in-email-ip', retryAt: answer.retryAt };
    },
    async clear(subject, limits, network, visit) {
      const { keyOf, object } = place(subject, network, visit);
      await object.clear(limits.map(keyOf));
    },
    async giveBack(subject, limits) {
      const { keyOf, object } = place(subject, undefined);
      await object.giveBack(limits.map(keyOf));
    },
    async keepCode(uuid, code, use, now) {
      const { slot, bound } = codeUse(use);
      const digest = oneTimeCodeDigest(code, bound, (value) => keys.fingerprint('one-time-code', value));
      await account(uuid).keepCode({ slot, digest }, now);
    },
    checkCode: async (uuid, typed, use, succeededAt, now) => {
      const { slot, bound } = codeUse(use);
      const current = oneTimeCodeDigest(typed, bound, (value) => keys.fingerprint('one-time-code', value));
      return account(uuid).checkCode(slot, [current], succeededAt, now);
    },
    lock: async (uuid, succeededAt, now) => account(uuid).lock(succeededAt, now),
    async secondFactor(uuid, succeededAt, now, limit) {
      if (limit === undefined) return account(uuid).secondFactor(succeededAt, now);
      const key = `${limit.name}:${digestOf(`ip:${limit.network}`)}`;
      const counted = { key, limiter: limiterFor(LIMITERS[limit.name], production) };
      return account(uuid).secondFactor(succeededAt, now, counted);
    },
    useOnce: async (uuid, { id, until }, as, succeededAt, now) =>
      account(uuid).useOnce({ id: sha256Base64Url(id), until }, as === 'try', succeededAt, now),
    lockedUntil: async (uuid, succeededAt, now) => account(uuid).lockedUntil(succeededAt, now),
  };
}
