import { accounts } from './fr/accounts.ts';
import { consent } from './fr/consent.ts';
import { developers } from './fr/developers.ts';
import { entry } from './fr/entry.ts';
import { factors } from './fr/factors.ts';
import { help } from './fr/help.ts';
import { identity } from './fr/identity.ts';
import { layout } from './fr/layout.ts';
import { notices } from './fr/notices.ts';
import { oidc } from './fr/oidc.ts';
import { phone } from './fr/phone.ts';
import { piv } from './fr/piv.ts';
import { reset } from './fr/reset.ts';
import { saml } from './fr/saml.ts';
import { sandbox } from './fr/sandbox.ts';
import { signin } from './fr/signin.ts';
import { webauthn } from './fr/webauthn.ts';
import type { Messages } from './messages.ts';

export const fr = {
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
} as const satisfies Messages;
