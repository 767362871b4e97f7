import type { AssuranceNeed } from './model.ts';

/**
 * Whether a remembered device may stand in for the second factor (oidc MFA-1, accounts RD-4): never at AAL2 in any
 * form, nor when identity is asked about, nor for apps set to `ial` 2 or a `default_aal` of 2 or more.
 */
export const allowsRememberedDevice = (
  need: AssuranceNeed,
  app: { readonly ial: 1 | 2; readonly default_aal: 1 | 2 | 3 | null },
): boolean =>
  need.authentication === 'second-factor' &&
  need.identity === 'none' &&
  app.ial === 1 &&
  (app.default_aal ?? 0) < 2;
