import { accounts } from './es/accounts.ts';
import { consent } from './es/consent.ts';
import { developers } from './es/developers.ts';
import { entry } from './es/entry.ts';
import { factors } from './es/factors.ts';
import { help } from './es/help.ts';
import { identity } from './es/identity.ts';
import { layout } from './es/layout.ts';
import { notices } from './es/notices.ts';
import { oidc } from './es/oidc.ts';
import { phone } from './es/phone.ts';
import { piv } from './es/piv.ts';
import { reset } from './es/reset.ts';
import { saml } from './es/saml.ts';
import { sandbox } from './es/sandbox.ts';
import { signin } from './es/signin.ts';
import { webauthn } from './es/webauthn.ts';
import type { Messages } from './messages.ts';

export const es = {
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
