import type { Attempts as AttemptsPort, LimitName } from '../accounts/ports.ts';
import { isEnforced, type LimiterId, limiterFor } from '../accounts/rules/limits.ts';
import { fromBase64Url } from '../kernel/bytes.ts';
import type { Environment } from '../signin/ports.ts';
import type { Keyholder } from './keys/keyholder.ts';
import type { Attempts } from './objects/attempts.ts';

const LIMITERS: Readonly<Record<LimitName, LimiterId>> = {
  'sign-in-session': 'signin.session_failures',
  'sign-in-email-ip': 'signin.email_ip',
  'sign-in-ip': 'signin.ip',
  'sign-in-user-ip': 'signin.user_ip',
  'register-email': 'register.email_unconfirmed',
  'register-ip': 'register.ip',
  'reset-email': 'reset_email.max',
  'account-reset': 'account_reset.short',
  'account-reset-day': 'account_reset.long',
  'backup-code-user-ip': 'backup_code.user_ip',
  'reauthenticate-password': 'signin.user_ip',
};

/** Limits by network alone: a laptop, a test server and a whole office come from one address. */
const BY_NETWORK: ReadonlySet<LimitName> = new Set(['sign-in-ip', 'register-ip']);

/** Counters and locks on the Attempts objects. Subjects are digested first: an object never sees an address. */
export function attempts(
  namespace: DurableObjectNamespace<Attempts>,
  keys: Keyholder,
  environment: Environment,
): AttemptsPort {
  const place = (subject: string) => {
    const digest = keys.fingerprint('limiter', subject);
    const shard = (fromBase64Url(digest)?.[0] ?? 0).toString(16).padStart(2, '0');
    return { digest, object: namespace.getByName(`limits:${shard}`) };
  };
  const production = environment === 'production';
  // On a laptop and in a sandbox everybody shares few addresses, and a partner's test suite signs in all day.
  const enforced = (limit: LimitName): boolean =>
    isEnforced(LIMITERS[limit], production) &&
    (environment === 'staging' || production || !BY_NETWORK.has(limit));
  return {
    async spend(subject, limits, now) {
      const counted = limits.filter(enforced);
      if (counted.length === 0) return { allowed: true };
      const { digest, object } = place(subject);
      const answer = await object.spend(
        counted.map((limit) => ({
          key: `${limit}:${digest}`,
          limiter: limiterFor(LIMITERS[limit], production),
        })),
        now,
      );
      if (answer.allowed) return answer;
      const limit = counted.find((name) => answer.key === `${name}:${digest}`);
      return { allowed: false, limit: limit ?? 'sign-in-email-ip', retryAt: answer.retryAt };
    },
    async clear(subject, limits) {
      const { digest, object } = place(subject);
      await object.clear(limits.map((limit) => `${limit}:${digest}`));
    },
    secondFactor: async (account, succeededAt, now) =>
      namespace.getByName(`account:${account}`).secondFactor(succeededAt, now),
    lockedUntil: async (account, succeededAt, now) =>
      namespace.getByName(`account:${account}`).lockedUntil(succeededAt, now),
  };
}
