import type { MessageKey } from '../../ui/index.ts';
import type { PivError } from '../piv/model.ts';

/** What each thing that can be wrong means for the person, and what to do (PV-1). */
export const PIV_PROBLEMS = {
  'certificate.none': 'piv.error.none',
  'certificate.bad': 'piv.error.bad',
  'certificate.expired': 'piv.error.expired',
  'certificate.invalid': 'piv.error.invalid',
  'certificate.not_auth_cert': 'piv.error.not_auth_cert',
  'certificate.revoked': 'piv.error.revoked',
  'certificate.unverified': 'piv.error.unverified',
  'token.bad': 'piv.error.token',
  'token.invalid': 'piv.error.token',
  'token.missing': 'piv.error.token',
  'token.http_failure': 'piv.error.token',
  'user.not_found': 'piv.error.not_found',
  'user.piv_cac_mismatch': 'piv.error.mismatch',
  'user.no_piv_cac_associated': 'piv.error.no_card',
} as const satisfies Record<PivError, MessageKey>;
