import type { HelpContext } from './model.ts';

/**
 * Names of ready-made help texts by context (portal-and-operations P43); `blank` is the absence of text and not listed.
 * Their words stand in the catalogues of every language, as `help.<context>.<name>`.
 */
export const HELP_PRESETS: Readonly<Record<HelpContext, readonly string[]>> = {
  sign_in: ['first_time', 'agency_email', 'piv_cac'],
  sign_up: ['first_time', 'agency_email', 'same_email'],
  forgot_password: ['troubleshoot_html'],
};
