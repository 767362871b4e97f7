import { describe, expect, it } from 'vitest';
import {
  NewPasswordPage,
  RequestResetPage,
  ResetMailedPage,
} from '../../../src/accounts/pages/password-reset.tsx';
import {
  CancelSignUpPage,
  CheckEmailPage,
  CreatePasswordPage,
  EnterEmailPage,
} from '../../../src/accounts/pages/sign-up.tsx';
import { ConsentPage } from '../../../src/consent/pages/consent.tsx';
import { BackToPhonePage, ContinueAsPage } from '../../../src/consent/pages/continue-as.tsx';
import { SelectEmailPage } from '../../../src/consent/pages/select-email.tsx';
import { OFFERED_KINDS } from '../../../src/factors/factor-menu.ts';
import { FACTOR_KINDS } from '../../../src/factors/model.ts';
import { AuthenticatorSetUpPage } from '../../../src/factors/pages/authenticator-set-up.tsx';
import {
  BackupCodesIntroPage,
  BackupCodesPage,
  DeleteCodesPage,
  RegenerateCodesPage,
} from '../../../src/factors/pages/backup-codes.tsx';
import {
  AuthenticatorChallengePage,
  BackupCodeChallengePage,
  ChallengeOptionsPage,
} from '../../../src/factors/pages/challenge.tsx';
import { LockedPage } from '../../../src/factors/pages/locked.tsx';
import { FactorMenuPage } from '../../../src/factors/pages/menu.tsx';
import {
  BackupCodeReminderPage,
  OnlyBackupCodesPage,
  SecondMethodPage,
  SecondMethodReminderPage,
} from '../../../src/factors/pages/reminders.tsx';
import { qrSvg } from '../../../src/factors/totp/qr.ts';
import { LOCALES } from '../../../src/kernel/locale.ts';
import { RulesOfUsePage } from '../../../src/signin/pages/rules-of-use.tsx';
import { SignInPage } from '../../../src/signin/pages/sign-in.tsx';
import { SignOutPage } from '../../../src/signin/pages/sign-out.tsx';
import {
  AppInactivePage,
  BouncedPage,
  ProofingUnavailablePage,
  RestrictedPage,
  SuspendedPage,
} from '../../../src/signin/pages/status-pages.tsx';
import type { Markup, Page } from '../../../src/ui/index.ts';
import {
  aPage,
  expectForms,
  expectFrame,
  expectLanguageKept,
  expectProblems,
  expectWords,
  htmlOf,
} from './page-rules.ts';

type Draw = (page: Page) => Markup;

const EMAIL = 'pat@agency.gov';
const WRONG = 'This is wrong.';
const QR = qrSvg('otpauth://totp/a', { title: 'QR', description: 'Scan it' });
const ENTRIES = OFFERED_KINDS.map((kind, index) => ({ kind, recommended: index === 0, held: 0 }));
const HELP = [{ tag: 'p', href: null, blank: false, children: ['Use your badge address'] }] as const;
const SHARED = [
  { name: 'email', values: [EMAIL] },
  { name: 'all_emails', values: [EMAIL, 'pat@home.example'] },
  { name: 'verified_at', values: ['November 22, 2026'] },
] as const;

const PAGES: Readonly<Record<string, Draw>> = {
  'sign-in': (page) => <SignInPage page={page} help={HELP} />,
  'sign-in without an app': (page) => <SignInPage page={{ ...page, app: undefined }} help={[]} />,
  'sign-in refused': (page) => <SignInPage page={page} help={[]} email={EMAIL} refusal={WRONG} />,
  'rules of use, asking': (page) => <RulesOfUsePage page={page} asking />,
  'rules of use, reading': (page) => <RulesOfUsePage page={page} asking={false} />,
  'sign-out': (page) => <SignOutPage page={page} stayHref={`/${page.t.locale}/continue`} />,
  restricted: (page) => <RestrictedPage page={page} app="Parks" everywhere={false} />,
  'restricted everywhere': (page) => <RestrictedPage page={page} app="Parks" everywhere />,
  suspended: (page) => <SuspendedPage page={page} />,
  bounced: (page) => <BouncedPage page={page} />,
  'bounced without an app': (page) => <BouncedPage page={{ ...page, app: undefined }} />,
  'app inactive': (page) => <AppInactivePage page={page} />,
  'proofing unavailable': (page) => <ProofingUnavailablePage page={page} />,
  'proofing without an app': (page) => <ProofingUnavailablePage page={{ ...page, app: undefined }} />,
  'enter email': (page) => <EnterEmailPage page={page} emailLocale="es" terms={false} />,
  'check email': (page) => <CheckEmailPage page={page} email={EMAIL} />,
  'create password': (page) => <CreatePasswordPage page={page} email={EMAIL} token="t" />,
  'cancel sign-up': (page) => (
    <CancelSignUpPage page={page} token="t" backHref={`/${page.t.locale}/continue`} />
  ),
  'request reset': (page) => <RequestResetPage page={page} />,
  'reset mailed': (page) => <ResetMailedPage page={page} email={EMAIL} />,
  'new password': (page) => <NewPasswordPage page={page} purpose="reset" email={EMAIL} token="t" />,
  disavow: (page) => <NewPasswordPage page={page} purpose="disavow" email={EMAIL} token="t" />,
  'authenticator code': (page) => <AuthenticatorChallengePage page={page} remember others />,
  'backup code': (page) => <BackupCodeChallengePage page={page} remember={false} others={false} />,
  'all methods': (page) => <ChallengeOptionsPage page={page} kinds={FACTOR_KINDS} />,
  locked: (page) => <LockedPage page={page} time="10 minutes" />,
  'method menu': (page) => <FactorMenuPage page={page} entries={ENTRIES} optional={false} demanded={false} />,
  'method menu for more': (page) => <FactorMenuPage page={page} entries={ENTRIES} optional demanded />,
  'empty method menu': (page) => <FactorMenuPage page={page} entries={[]} optional={false} demanded />,
  'authenticator set-up': (page) => <AuthenticatorSetUpPage page={page} qr={QR} secret="ABCD EFGH" />,
  'backup codes intro': (page) => <BackupCodesIntroPage page={page} />,
  'backup codes': (page) => <BackupCodesPage page={page} codes={['AAAA-BBBB-CCCC', 'DDDD-EEEE-FFFF']} />,
  'regenerate codes': (page) => <RegenerateCodesPage page={page} />,
  'delete codes': (page) => <DeleteCodesPage page={page} />,
  'second method': (page) => <SecondMethodPage page={page} />,
  'only backup codes': (page) => <OnlyBackupCodesPage page={page} />,
  'second method reminder': (page) => <SecondMethodReminderPage page={page} />,
  'backup code reminder': (page) => <BackupCodeReminderPage page={page} />,
  'consent, first time': (page) => (
    <ConsentPage page={page} app="Parks" reason="first-time" shared={SHARED} mayChangeEmail oneMethod />
  ),
  'consent, nothing to share': (page) => (
    <ConsentPage
      page={page}
      app="Parks"
      reason="expired"
      shared={[]}
      mayChangeEmail={false}
      oneMethod={false}
    />
  ),
  'select email': (page) => (
    <SelectEmailPage page={page} app="Parks" emails={[{ id: '1', address: EMAIL }]} selected="1" />
  ),
  'continue as': (page) => <ContinueAsPage page={page} app="Parks" email={EMAIL} />,
  'back to the phone': (page) => <BackToPhonePage page={page} app="Parks" />,
};

const WITH_PROBLEMS: Readonly<Record<string, { readonly draw: Draw; readonly fields: readonly string[] }>> = {
  'sign-in': {
    draw: (page) => <SignInPage page={page} help={[]} email="x" errors={{ email: WRONG, password: WRONG }} />,
    fields: ['email', 'password'],
  },
  'rules of use': {
    draw: (page) => <RulesOfUsePage page={page} asking error={WRONG} />,
    fields: ['accept'],
  },
  'enter email': {
    draw: (page) => (
      <EnterEmailPage page={page} emailLocale="fr" terms={false} errors={{ email: WRONG, terms: WRONG }} />
    ),
    fields: ['email', 'terms_accepted'],
  },
  'create password': {
    draw: (page) => (
      <CreatePasswordPage
        page={page}
        email={EMAIL}
        token="t"
        errors={{ password: WRONG, password_confirmation: WRONG }}
      />
    ),
    fields: ['password', 'password_confirmation'],
  },
  'request reset': {
    draw: (page) => <RequestResetPage page={page} error={WRONG} />,
    fields: ['email'],
  },
  'authenticator code': {
    draw: (page) => <AuthenticatorChallengePage page={page} remember others error={WRONG} />,
    fields: ['code'],
  },
  'backup code': {
    draw: (page) => <BackupCodeChallengePage page={page} remember others error={WRONG} />,
    fields: ['code'],
  },
  'all methods': {
    draw: (page) => <ChallengeOptionsPage page={page} kinds={['totp', 'backup_codes']} error={WRONG} />,
    fields: ['selection'],
  },
  'method menu': {
    draw: (page) => (
      <FactorMenuPage page={page} entries={ENTRIES} optional={false} demanded={false} error={WRONG} />
    ),
    fields: ['selection'],
  },
  'authenticator set-up': {
    draw: (page) => (
      <AuthenticatorSetUpPage page={page} qr={QR} secret="ABCD" errors={{ name: WRONG, code: WRONG }} />
    ),
    fields: ['name', 'code'],
  },
  'select email': {
    draw: (page) => (
      <SelectEmailPage page={page} app="Parks" emails={[{ id: '1', address: EMAIL }]} error={WRONG} />
    ),
    fields: ['selected_email_id'],
  },
};

describe.each(LOCALES)('UX-2, L10-1 every page of the way in, in %s', (locale) => {
  it.each(Object.keys(PAGES))('%s', (name) => {
    const html = htmlOf(PAGES[name]?.(aPage(locale)));
    expectFrame(html, locale);
    expectWords(html);
    expectLanguageKept(html, locale);
    expectForms(html);
  });
});

describe('UX-3 problems are told beside the field and at the top', () => {
  it.each(Object.keys(WITH_PROBLEMS))('%s', (name) => {
    const { draw, fields = [] } = WITH_PROBLEMS[name] ?? {};
    const html = htmlOf(draw?.(aPage('en')));
    expectFrame(html, 'en');
    expectForms(html);
    expectProblems(html, fields);
  });
});

describe('form conventions password managers and scripts rely on', () => {
  it('asks for address and password with the words of the autofill standard', () => {
    const html = htmlOf(<SignInPage page={aPage('en')} help={[]} email={EMAIL} />);
    expect(html).toMatch(/<input[^>]*type="email"[^>]*value="pat@agency.gov"[^>]*autocomplete="username"/);
    expect(html).toMatch(/<input[^>]*type="password"[^>]*autocomplete="current-password"/);
    expect(html.match(/<button[^>]*type="submit"/g)).toHaveLength(1);
  });

  it('asks for a new password twice, never with a value, beside the hidden address (SU-6, UX-7)', () => {
    const html = htmlOf(<CreatePasswordPage page={aPage('en')} email={EMAIL} token="t" />);
    const fields = html.match(/<input[^>]*autocomplete="new-password"[^>]*>/g) ?? [];
    expect(fields).toHaveLength(2);
    expect(fields.some((field) => /\svalue=/.test(field))).toBe(false);
    expect(html).toMatch(/<input[^>]*value="pat@agency.gov"[^>]*autocomplete="username"[^>]*hidden/);
  });

  it('asks for codes with one input of autocomplete one-time-code (UX-9)', () => {
    for (const draw of [PAGES['authenticator code'], PAGES['backup code'], PAGES['authenticator set-up']]) {
      const html = htmlOf(draw?.(aPage('en')));
      expect(html.match(/autocomplete="one-time-code"/g)).toHaveLength(1);
      expect(html).toMatch(/<input[^>]*autocomplete="one-time-code"[^>]*name="code"/);
    }
  });

  it('carries the app question in the form, so that another browser can finish it (AP-1)', () => {
    const html = htmlOf(<SignInPage page={aPage('en')} help={[]} />);
    expect(html).toContain('name="request_id" value="ticket-1"');
  });

  it('draws an app\u2019s help text from a tree, never as HTML (AP-3)', () => {
    const nodes = [{ tag: 'p', href: null, blank: false, children: ['<script>alert(1)</script>'] }] as const;
    const html = htmlOf(<SignInPage page={aPage('en')} help={nodes} />);
    expect(html).toContain('&lt;script&gt;');
  });

  it('shows every backup code as text beside the buttons that need a script (BC-1, UX-13)', () => {
    const html = htmlOf(<BackupCodesPage page={aPage('en')} codes={['AAAA-BBBB-CCCC', 'DDDD-EEEE-FFFF']} />);
    expect(html).toContain('<code>AAAA-BBBB-CCCC</code>');
    expect(html).toContain('<code>DDDD-EEEE-FFFF</code>');
  });
});
