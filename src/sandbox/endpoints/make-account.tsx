import type { PasswordRefusal } from '../../accounts/rules/password-policy.ts';
import { isLocale } from '../../kernel/locale.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { pageOf, show } from '../../signin/endpoints/show-page.ts';
import { addressKey, type Visit } from '../../signin/endpoints/visit.tsx';
import type { HallPorts } from '../../signin/ports.ts';
import { formatDuration, type Translate, translator } from '../../ui/index.ts';
import { MadeAccountPage, MakeAccountPage, type MakeAccountProps } from '../pages/accounts.tsx';
import type { SandboxPorts } from '../ports.ts';
import { readProfileWish } from '../profile-wish.ts';
import { TEST_FACTORS, type TestFactor, USUAL_TEST_FACTORS } from '../test-account.ts';
import { createTestAccount, type TestAccountRefusal } from './create-test-account.ts';

const LONGEST = 1024;

/** What the form offers: everything the machine interface makes, cards where there is an authority for them. */
const offeredBy = (hall: HallPorts): readonly TestFactor[] =>
  TEST_FACTORS.filter((factor) => factor !== 'piv' || (hall.cards?.testAuthority ?? null) !== null);

type Form = Omit<MakeAccountProps, 'page'>;

/** Making a test account by hand, through the same code as the machine interface. */
export function makeAccountActs({ hall }: Pick<SandboxPorts, 'hall'>): {
  readonly showMakeAccount: Act;
  readonly makeAccount: Act;
} {
  const draw = (visit: Visit, form: Form, status: 200 | 409 | 422 | 429 = 200) =>
    show(visit, { status }, <MakeAccountPage page={pageOf(visit, {})} {...form} />);
  return {
    showMakeAccount: (visit) =>
      draw(visit, {
        email: '',
        locale: visit.c.get('locale'),
        factors: USUAL_TEST_FACTORS,
        offered: offeredBy(hall),
        profile: false,
        errors: {},
      }),
    makeAccount: (arrived) =>
      withForm(arrived, async (fields, visit) => {
        const { c, now } = visit;
        const t = translator(c.get('locale'));
        const email = (fields.get('email') ?? '').trim().slice(0, LONGEST);
        const password = (fields.get('password') ?? '').slice(0, LONGEST + 1);
        const asked = fields.get('locale') ?? '';
        const ticked = fields.getAll('factors');
        const form: Form = {
          email,
          locale: isLocale(asked) ? asked : c.get('locale'),
          factors: offeredBy(hall).filter((factor) => ticked.includes(factor)),
          offered: offeredBy(hall),
          profile: fields.get('profile') === '1',
          errors: {},
        };
        const wait = await waitOf(visit);
        if (wait !== null)
          return draw(
            visit,
            { ...form, errors: { email: t('sandbox.accounts.limited', { time: wait }) } },
            429,
          );
        const profile = form.profile ? readProfileWish({}) : null;
        const wish = {
          locale: form.locale,
          factors: form.factors,
          profile,
          email: email === '' ? null : email,
          password: password === '' ? null : password,
        };
        const made = await createTestAccount(hall, wish, now);
        if (made.ok) {
          const identity = profile?.identity ?? null;
          const told = <MadeAccountPage page={pageOf(visit, {})} account={made.value} identity={identity} />;
          return show(visit, {}, told);
        }
        const { field } = made.error;
        return draw(visit, { ...form, errors: { [field]: problemOf(t, made.error) } }, 422);
      }),
  };
}

/** A shared sandbox is open to everybody, and every account costs a password derivation. */
async function waitOf({ hall, c, now }: Visit): Promise<string | null> {
  if (hall.site.environment !== 'sandbox') return null;
  const spent = await hall.attempts.spend(`sandbox-account:${addressKey(c)}`, ['register-email'], now);
  return spent.allowed ? null : formatDuration(c.get('locale'), (spent.retryAt - now) / SECOND);
}

function problemOf(t: Translate, refused: TestAccountRefusal): string {
  if (refused.field === 'email') {
    return refused.reason === 'taken' ? t('sandbox.accounts.taken') : t('accounts.email.malformed');
  }
  if (refused.field === 'legacy_name_id') throw new Error('this page asks for no number');
  return passwordWords(t, refused.refusal);
}

function passwordWords(t: Translate, refusal: PasswordRefusal): string {
  switch (refusal.reason) {
    case 'too_short':
      return t('accounts.password.too_short', { min: refusal.min });
    case 'too_long':
      return t('accounts.password.too_long', { max: refusal.max });
    case 'breached':
      return t('accounts.password.breached');
    case 'missing':
    case 'confirmation_mismatch':
    case 'too_weak':
      return t('accounts.password.too_weak');
  }
}
