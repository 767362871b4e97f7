import { accounts } from './en/accounts.ts';
import { consent } from './en/consent.ts';
import { developers } from './en/developers.ts';
import { entry } from './en/entry.ts';
import { factors } from './en/factors.ts';
import { help } from './en/help.ts';
import { identity } from './en/identity.ts';
import { layout } from './en/layout.ts';
import { notices } from './en/notices.ts';
import { oidc } from './en/oidc.ts';
import { phone } from './en/phone.ts';
import { piv } from './en/piv.ts';
import { reset } from './en/reset.ts';
import { saml } from './en/saml.ts';
import { sandbox } from './en/sandbox.ts';
import { signin } from './en/signin.ts';
import { webauthn } from './en/webauthn.ts';

const words = {
  ...layout,
  ...signin,
  ...accounts,
  ...entry,
  ...factors,
  ...help,
  ...webauthn,
  ...piv,
  ...identity,
  ...consent,
  ...oidc,
  ...phone,
  ...reset,
  ...saml,
  ...sandbox,
  ...developers,
  ...notices,
} as const;

/**
 * Every word of the product in English, the source of keys and placeholders. A deployed Worker holds them as one text and
 * reads it when the first word is asked for (`scripts/support/english-words.ts`).
 */
export const english = (): typeof words => words;
