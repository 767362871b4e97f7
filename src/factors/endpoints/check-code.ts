import type { SecondFactorRecord } from '../../accounts/ports/events.ts';
import { NUMBERS } from '../../accounts/rules/numbers.ts';
import { SECOND } from '../../kernel/time.ts';
import { type Act, withForm } from '../../signin/endpoints/act.tsx';
import { flashNext } from '../../signin/endpoints/flash.ts';
import { ownPath, RETURN_DRAFT } from '../../signin/endpoints/recent-factor.ts';
import { requirePassword, type SignedIn } from '../../signin/endpoints/require-signed-in.ts';
import { addressKey, go } from '../../signin/endpoints/visit.tsx';
import { formatDuration, translator } from '../../ui/index.ts';
import { readBackupCode } from '../backup-codes/backup-codes.ts';
import { readOneTimeCode } from '../one-time-code.ts';
import { SECOND_FACTOR_LOCK_MS } from '../second-factor-lock.ts';
import { verifyTotp } from '../totp/totp.ts';
import { CODES_DRAFT, sealCodes } from './backup-codes-draft.ts';
import { type CodeKind, challengeRefused } from './challenge.tsx';
import { factorPassed, successOf } from './factor-passed.ts';
import { lockedOut } from './locked-out.tsx';
import { tellAboutFactor } from './set-up.ts';

/** A code that comes again this soon after it was right is the same click. */
const SENT_TWICE_MS = 10 * SECOND;

/** How a typed code fared: right, wrong, used before, or not a code at all. `left` counts remaining backup codes. */
type Verdict =
  | { readonly kind: 'right'; readonly left: number | null; readonly recorded: SecondFactorRecord }
  | { readonly kind: 'wrong' | 'replayed' };

async function checkTotp(signedIn: SignedIn, code: string): Promise<Verdict> {
  const { visit, state } = signedIn;
  const { hall, now } = visit;
  let verdict: Verdict = { kind: 'wrong' };
  for (const { id, secret, lastStep } of await hall.factors.totps(state.account)) {
    const checked = verifyTotp({ secret, code, now, lastStep });
    if (checked.ok) {
      const recorded = await hall.factors.acceptTotpStep(id, checked.value.step, successOf(signedIn));
      return recorded === null ? { kind: 'replayed' } : { kind: 'right', left: null, recorded };
    }
    if (checked.error.reason === 'replayed') verdict = { kind: 'replayed' };
  }
  return verdict;
}

async function checkBackupCode(signedIn: SignedIn, code: string): Promise<Verdict> {
  const consumed = await signedIn.visit.hall.factors.consumeBackupCode(code, successOf(signedIn));
  return consumed === null ? { kind: 'wrong' } : { kind: 'right', left: consumed.left, recorded: consumed };
}

/** What was typed, as the kind's code; null when it cannot be one, which costs no try. */
function readCode(kind: CodeKind, typed: string): string | null {
  if (kind === 'totp') return readOneTimeCode(typed);
  const code = readBackupCode(typed);
  return code.ok ? code.value : null;
}

/**
 * A code of one kind at sign-in or when asked again. The try is counted before it is made, so that parallel guesses
 * cannot outrun the counter (FC-1).
 */
export const checkCode =
  (kind: CodeKind): Act =>
  (arrived) =>
    withForm(arrived, async (form, visit) => {
      const signedIn = await requirePassword(visit);
      if (signedIn instanceof Response) return signedIn;
      const { hall, now, browser } = visit;
      const { handle, state } = signedIn;
      if (!state.facts.methods.includes(kind)) return go(visit, '/continue');
      const t = translator(visit.c.get('locale'));
      const remember = form.get('remember_device') === '1';
      const code = readCode(kind, form.get('code') ?? '');
      if (code === null) {
        const error = t(kind === 'totp' ? 'factors.code.malformed' : 'factors.backup_code.malformed');
        return challengeRefused(signedIn, kind, { error, remember });
      }

      const counted = await hall.attempts.secondFactor(
        state.account,
        state.facts.secondFactorSucceededAt,
        now,
        kind === 'backup_codes' ? { name: 'backup-code-user-ip', network: addressKey(visit.c) } : undefined,
      );
      if (!counted.allowed && counted.limited === true) {
        const time = formatDuration(visit.c.get('locale'), (counted.lockedUntil - now) / SECOND);
        return challengeRefused(signedIn, kind, { error: t('accounts.common.limited', { time }), remember });
      }
      if (!counted.allowed) return lockedOut(visit, handle, counted.lockedUntil);
      const verdict =
        kind === 'totp' ? await checkTotp(signedIn, code) : await checkBackupCode(signedIn, code);
      // Sent twice by one impatient person: the first time was right, in this very session.
      const twice = state.events.some(({ method, at }) => method === 'totp' && now - at < SENT_TWICE_MS);
      if (verdict.kind === 'replayed' && twice) return go(visit, '/continue');
      if (verdict.kind !== 'right') {
        hall.after(
          hall.accounts.recordEvent(state.account, { kind: 'sign_in_unsuccessful_2fa', at: now, browser }),
        );
        if (counted.left === 0) return lockedOut(visit, handle, now + SECOND_FACTOR_LOCK_MS);
        const wrong = t(
          verdict.kind === 'replayed'
            ? 'factors.code.replayed'
            : kind === 'totp'
              ? 'factors.code.wrong'
              : 'factors.backup_code.wrong',
        );
        const few = counted.left <= NUMBERS['otp.attempts_left_warning'];
        const error = few ? `${wrong} ${t.plural('factors.code.left', counted.left)}` : wrong;
        return challengeRefused(signedIn, kind, { error, remember });
      }

      const back = ownPath(await hall.sessions.openDraft(handle, state, RETURN_DRAFT)) ?? '/continue';
      const method = kind === 'totp' ? 'totp' : 'backup_code';
      const { recorded } = verdict;
      if (verdict.left !== 0) {
        const passed = await factorPassed(visit, signedIn, { method, remember, next: back, recorded });
        return passed instanceof Response ? passed : passed.response;
      }
      // BC-2: that was the last code; ten new ones are issued and shown at once.
      const event = { kind: 'backup_codes_added', at: now, browser } as const;
      const codes = await hall.factors.replaceBackupCodes(state.account, event, false);
      const sealed = await sealCodes(signedIn, codes);
      flashNext(visit, { type: 'info', text: t('factors.backup_code.last_used') });
      const passed = await factorPassed(visit, signedIn, {
        method,
        remember,
        changes: [{ kind: 'draft', name: CODES_DRAFT, value: sealed }],
        next: '/backup_code_setup',
        recorded,
      });
      if (passed instanceof Response) return passed;
      hall.after(tellAboutFactor(passed.signedIn, 'factor-added', 'backup_codes', null));
      return passed.response;
    });
