import type { Messages } from './messages.ts';
import { accounts } from './zh/accounts.ts';
import { consent } from './zh/consent.ts';
import { developers } from './zh/developers.ts';
import { entry } from './zh/entry.ts';
import { factors } from './zh/factors.ts';
import { help } from './zh/help.ts';
import { identity } from './zh/identity.ts';
import { layout } from './zh/layout.ts';
import { notices } from './zh/notices.ts';
import { oidc } from './zh/oidc.ts';
import { phone } from './zh/phone.ts';
import { piv } from './zh/piv.ts';
import { reset } from './zh/reset.ts';
import { saml } from './zh/saml.ts';
import { sandbox } from './zh/sandbox.ts';
import { signin } from './zh/signin.ts';
import { webauthn } from './zh/webauthn.ts';

export const zh = {
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
