import type { NewEvent } from '../../accounts/ports/events.ts';
import { readEmailAddress } from '../../accounts/rules/email-address.ts';
import { estimatorFor } from '../../accounts/rules/estimator-for.ts';
import { checkNewPassword, type PasswordRefusal } from '../../accounts/rules/password-policy.ts';
import { toBase32 } from '../../factors/totp/base32.ts';
import { generateTotpSecret, TOTP_DRIFT_STEPS, totpStep } from '../../factors/totp/totp.ts';
import { inGroupsOfFour, randomCrockford } from '../../kernel/crockford.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { generatePersonalKey, showPersonalKey } from '../../proofing/rules/personal-key.ts';
import type { HallPorts } from '../../signin/ports.ts';
import type { SoftwareCredential, TestAccount, TestAccountWish } from '../test-account.ts';
import { addSoftwareCredential } from './add-software-credential.ts';
import { addTestCard } from './add-test-card.ts';
import { madeUpPhones } from './made-up-phones.ts';

export type TestAccountRefusal =
  | { readonly field: 'email'; readonly reason: 'malformed' | 'taken' }
  | { readonly field: 'legacy_name_id'; readonly reason: 'number_taken' }
  | {
      readonly field: 'password';
      readonly reason: PasswordRefusal['reason'];
      readonly refusal: PasswordRefusal;
    };

/** Reserved for tests by RFC 2606: no message to it can ever reach anybody. */
const MADE_UP_DOMAIN = 'mailbox.test';
const TOTP_NAME = 'Test app';

/**
 * Makes a confirmed account through the same doors as sign-up: the address rules, the password policy, one password
 * derivation, one event each. A code of the current time step works at once in the made authentication app.
 */
export async function createTestAccount(
  hall: HallPorts,
  wish: TestAccountWish,
  now: EpochMs,
): Promise<Result<TestAccount, TestAccountRefusal>> {
  const address = readEmailAddress(wish.email ?? madeUpAddress(hall));
  if (!address.ok) return err({ field: 'email', reason: 'malformed' });
  const email = address.value;
  const password = wish.password ?? inGroupsOfFour(randomCrockford(hall.random, 20));
  if (wish.password !== null) {
    const checked = await checkNewPassword(
      { password, confirmation: password, addresses: [email], appName: null, productName: hall.site.brand },
      { estimateStrength: estimatorFor(await hall.commonPasswords()), isBreached: hall.isBreached },
    );
    if (!checked.ok) return err({ field: 'password', reason: checked.error.reason, refusal: checked.error });
  }
  const known = await hall.accounts.findByEmail(email);
  if (known?.emails.some((held) => held.address === email && held.confirmedAt !== null)) {
    return err({ field: 'email', reason: 'taken' });
  }
  const { uuid, emailId } = await hall.accounts.create({
    address: email,
    emailLocale: wish.locale,
    rulesAcceptedAt: now,
    origin: 'sandbox',
    now,
  });
  const legacyNameId = wish.legacyNameId ?? null;
  if (legacyNameId !== null && !(await hall.accounts.setLegacyNameId(uuid, legacyNameId, null)).ok) {
    await hall.accounts.abandon(uuid);
    return err({ field: 'legacy_name_id', reason: 'number_taken' });
  }
  const event = (kind: NewEvent['kind']): NewEvent => ({ kind, at: now, browser: null });
  const made = await hall.passwords.make(uuid, password);
  const completed = await hall.accounts.completeSignUp({
    uuid,
    emailId,
    password: made.record,
    event: event('account_created'),
  });
  if (!completed.ok) {
    await hall.accounts.abandon(uuid);
    return err({ field: 'email', reason: 'taken' });
  }
  const totpSecret = wish.factors.includes('totp') ? generateTotpSecret(hall.random) : null;
  if (totpSecret !== null) {
    // The steps a code may come from now must still be unused (TO-1).
    const step = totpStep(now) - TOTP_DRIFT_STEPS - 1;
    await hall.factors.addTotp({
      account: uuid,
      name: TOTP_NAME,
      secret: totpSecret,
      step,
      event: event('authenticator_enabled'),
    });
  }
  const asFactor = wish.factors.includes('personal_key');
  const personalKey = wish.profile || asFactor ? generatePersonalKey(hall.random) : null;
  if (asFactor && personalKey !== null)
    await hall.factors.addPersonalKey({ account: uuid, key: personalKey, event: event('new_personal_key') });
  if (wish.profile && personalKey !== null) {
    await hall.profiles.create({
      account: uuid,
      ...wish.profile,
      verifiedAt: now,
      openers: [
        { kind: 'password', key: made.dataKey },
        { kind: 'personal_key', key: personalKey },
      ],
      event: event('account_verified'),
    });
  }
  const codes = wish.factors.includes('backup_codes')
    ? await hall.factors.replaceBackupCodes(uuid, event('backup_codes_added'), false)
    : [];
  const named = [...new Set(wish.phones)];
  const wished = wish.factors.filter((factor) => factor === 'phone');
  const phones = [...named, ...madeUpPhones(hall.random, wished.length, named)];
  for (const [index, number] of phones.entries()) {
    // Later ones are newer, so the last is asked first (PH-5).
    const added = { ...event(index === 0 ? 'phone_confirmed' : 'phone_added'), at: now + index };
    await hall.phones.add({ account: uuid, number, delivery: 'sms', isDefault: false, event: added });
  }
  const credentials: SoftwareCredential[] = [];
  for (const kind of ['security_key', 'platform_passkey'] as const) {
    if (wish.factors.includes(kind)) credentials.push(await addSoftwareCredential(hall, uuid, kind, now));
  }
  return ok({
    uuid,
    email,
    password,
    locale: wish.locale,
    totpSecret: totpSecret === null ? null : toBase32(totpSecret),
    backupCodes: codes.map(inGroupsOfFour),
    personalKey: personalKey === null ? null : showPersonalKey(personalKey),
    phones,
    credentials,
    card: wish.factors.includes('piv') ? await addTestCard(hall, uuid, email, now) : null,
    legacyNameId,
  });
}

const madeUpAddress = (hall: HallPorts): string =>
  `person-${randomCrockford(hall.random, 10).toLowerCase()}@${MADE_UP_DOMAIN}`;
