import type { AppSettings } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { NAMEID_EMAIL, NAMEID_EMAIL_20, NAMEID_PERSISTENT } from '../wire/names.ts';
import type { SamlError } from './errors.ts';

/** What the NameID will hold and how it is labelled (A8). */
export interface NameIdChoice {
  readonly format: typeof NAMEID_PERSISTENT | typeof NAMEID_EMAIL;
  readonly value: 'subject' | 'email' | 'legacy-number';
}

type Registration = Pick<
  AppSettings,
  'email_nameid_format_allowed' | 'nameid_format' | 'use_legacy_name_id_behavior'
>;

const PERSISTENT: NameIdChoice = { format: NAMEID_PERSISTENT, value: 'subject' };
const EMAIL: NameIdChoice = { format: NAMEID_EMAIL, value: 'email' };

/**
 * A6 to A9: persistent and e-mail (1.1) are recognised, the latter only with permission; any other format, and none,
 * means the app's default. A registration that names persistent outright stays with it even where e-mail is permitted.
 */
export function chooseNameId(app: Registration, requested: string | null): Result<NameIdChoice, SamlError> {
  const email = (): Result<NameIdChoice, SamlError> =>
    app.email_nameid_format_allowed ? ok(EMAIL) : err('unauthorized_nameid_format');
  if (requested === NAMEID_PERSISTENT) return ok(PERSISTENT);
  if (requested === NAMEID_EMAIL) return email();
  if (requested !== null && app.use_legacy_name_id_behavior) {
    return requested === NAMEID_EMAIL_20
      ? email()
      : ok({ format: NAMEID_PERSISTENT, value: 'legacy-number' });
  }
  const prefersEmail = app.email_nameid_format_allowed && app.nameid_format !== NAMEID_PERSISTENT;
  return ok(prefersEmail ? EMAIL : PERSISTENT);
}
