import type { Hono } from 'hono';
import * as v from 'valibot';
import type { AccountOverview } from '../../accounts/model.ts';
import { isLegacyNameId } from '../../accounts/rules/legacy-name-id.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { readE164 } from '../../factors/phone/read-number.ts';
import { type AppEnv, newRoutes } from '../../http.ts';
import { isLocale, LOCALES } from '../../kernel/locale.ts';
import type { SandboxPorts } from '../ports.ts';
import { ProfileBody, readProfileWish } from '../profile-wish.ts';
import { showCredential } from '../show-credential.ts';
import { TEST_FACTORS, type TestAccount, USUAL_TEST_FACTORS } from '../test-account.ts';
import { type ApiContext, PROBLEMS, readBody, refuse } from './api-body.ts';
import { createTestAccount, type TestAccountRefusal } from './create-test-account.ts';
import { eraseTestAccount } from './erase-test-account.ts';

const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

const LEGACY_NAME_ID = `A whole number from 1 to ${Number.MAX_SAFE_INTEGER}.`;

const MAX_PHONES = NUMBERS['phones.max'];

const Wish = v.strictObject({
  email: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  password: v.optional(v.pipe(v.string(), v.maxLength(1024))),
  locale: v.optional(v.picklist(LOCALES, 'One of en, es, fr, zh.')),
  factors: v.optional(
    v.pipe(
      v.array(
        v.picklist(
          TEST_FACTORS,
          `One of ${TEST_FACTORS.join(', ')}; other methods cannot be made this way yet.`,
        ),
      ),
      v.maxLength(10),
    ),
  ),
  phones: v.optional(v.pipe(v.array(v.pipe(v.string(), v.maxLength(16))), v.maxLength(5))),
  profile: v.optional(v.nullable(ProfileBody)),
  legacy_name_id: v.optional(
    v.nullable(v.pipe(v.number(), v.check<number, string>(isLegacyNameId, LEGACY_NAME_ID))),
  ),
});

/** `/accounts`: makes, shows and deletes test accounts, through the same code as the pages. */
export function accountsApi(ports: SandboxPorts): Hono<AppEnv> {
  const api = newRoutes();

  api.post('/', async (c) => {
    const body = await readBody(c, Wish);
    if (!body.ok) return body.error;
    const { email, password, locale, factors, profile } = body.value;
    const phones = (body.value.phones ?? []).map(readE164);
    if (phones.includes(null)) {
      const message = 'Phone numbers in international form, such as +12025550143.';
      return refuse(c, PROBLEMS.invalid, { errors: [{ field: 'phones', code: 'phones.invalid', message }] });
    }
    const wished = factors?.filter((factor) => factor === 'phone') ?? [];
    if (new Set(phones).size + wished.length > MAX_PHONES) {
      const message = `An account has ${MAX_PHONES} phones at most, made-up ones included.`;
      return refuse(c, PROBLEMS.invalid, { errors: [{ field: 'phones', code: 'phones.too_many', message }] });
    }
    if (factors?.includes('piv') && (ports.hall.cards?.testAuthority ?? null) === null) {
      const message = 'No authority for test cards is set up here.';
      return refuse(c, PROBLEMS.invalid, {
        errors: [{ field: 'factors', code: 'factors.unavailable', message }],
      });
    }
    const wish = {
      email: email ?? null,
      password: password ?? null,
      locale: locale !== undefined && isLocale(locale) ? locale : 'en',
      factors: factors ?? USUAL_TEST_FACTORS,
      phones: phones.flatMap((phone) => phone?.e164 ?? []),
      profile: profile === undefined || profile === null ? null : readProfileWish(profile),
      legacyNameId: body.value.legacy_name_id ?? null,
    } as const;
    const made = await createTestAccount(ports.hall, wish, c.get('now'));
    return made.ok ? c.json(showAccount(made.value), 201) : refuseAccount(c, made.error);
  });

  api.get('/:uuid', async (c) => {
    const uuid = await reachable(ports, c.req.param('uuid'));
    const overview = uuid === null ? null : await ports.hall.accounts.overview(uuid);
    return overview === null ? refuse(c, PROBLEMS.notFound) : c.json(showOverview(overview));
  });

  api.delete('/:uuid', async (c) => {
    const uuid = await reachable(ports, c.req.param('uuid'));
    if (uuid === null) return refuse(c, PROBLEMS.notFound);
    await eraseTestAccount(ports.hall, uuid, c.get('now'));
    return c.body(null, 204);
  });

  return api;
}

/** On a laptop every account may be read and deleted; in a shared sandbox only those this interface made. */
async function reachable({ hall, originOf }: SandboxPorts, uuid: string): Promise<string | null> {
  if (!UUID.test(uuid)) return null;
  const origin = await originOf(uuid);
  const own = hall.site.environment === 'local' || hall.site.environment === 'test';
  return origin === 'sandbox' || (own && origin !== null) ? uuid : null;
}

const showAccount = (account: TestAccount) => ({
  uuid: account.uuid,
  email: account.email,
  password: account.password,
  locale: account.locale,
  totp_secret: account.totpSecret,
  backup_codes: account.backupCodes,
  personal_key: account.personalKey,
  phones: account.phones,
  credential: account.credentials.map(showCredential)[0] ?? null,
  credentials: account.credentials.map(showCredential),
  piv:
    account.card === null
      ? null
      : {
          certificate: account.card.certificate,
          chain: account.card.chain,
          private_key: account.card.privateKey,
        },
  legacy_name_id: account.legacyNameId,
});

const instant = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

const showOverview = (overview: AccountOverview) => ({
  uuid: overview.uuid,
  locale: overview.facts.emailLocale,
  created_at: instant(overview.createdAt),
  suspended: overview.facts.suspended,
  banned_from: overview.facts.bans?.apps ?? [],
  emails: overview.emails.map(({ id, address, confirmedAt }) => ({
    id,
    address,
    confirmed_at: instant(confirmedAt),
  })),
  factors: overview.factors.map(({ id, kind, label }) => ({ id, kind, label })),
  backup_codes_left: overview.backupCodesLeft,
  legacy_name_id: overview.facts.legacyNameId ?? null,
});

const MESSAGES: Readonly<Record<TestAccountRefusal['reason'], string>> = {
  malformed: 'This is not an email address.',
  taken: 'An account with this address exists.',
  number_taken: 'An account with this number exists.',
  missing: 'A password cannot be empty.',
  too_short: 'A password has at least 12 characters.',
  too_long: 'A password has at most 128 characters.',
  confirmation_mismatch: 'The passwords differ.',
  too_weak: 'The password is too easy to guess.',
  breached: 'The password is known from a data breach.',
};

function refuseAccount(c: ApiContext, { field, reason }: TestAccountRefusal): Response {
  const errors = [{ field, code: `${field}.${reason}`, message: MESSAGES[reason] }];
  return refuse(c, reason === 'taken' ? PROBLEMS.taken : PROBLEMS.invalid, { errors });
}
