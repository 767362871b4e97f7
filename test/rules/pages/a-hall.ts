import { Hono } from 'hono';
import type {
  AccountEmail,
  AccountOverview,
  Connection,
  Device,
  HistoryEvent,
} from '../../../src/accounts/model.ts';
import { EVENT_KINDS } from '../../../src/accounts/model.ts';
import type { Accounts } from '../../../src/accounts/ports/accounts.ts';
import type { Attempts } from '../../../src/accounts/ports/attempts.ts';
import type { NewEvent } from '../../../src/accounts/ports/events.ts';
import type { Passwords } from '../../../src/accounts/ports/passwords.ts';
import type { LinkKind } from '../../../src/accounts/tables.ts';
import { APP_DEFAULTS } from '../../../src/apps/defaults.ts';
import type { App } from '../../../src/apps/model.ts';
import { ATTRIBUTES } from '../../../src/consent/attributes.ts';
import type { AppLink } from '../../../src/consent/model.ts';
import type { Connections } from '../../../src/consent/ports.ts';
import type { FactorKind, FactorSummary } from '../../../src/factors/model.ts';
import type { Factors } from '../../../src/factors/ports.ts';
import type { AppEnv } from '../../../src/http.ts';
import { toBase64Url } from '../../../src/kernel/bytes.ts';
import { hmacSha256 } from '../../../src/kernel/crypto.ts';
import { isLocale, type Locale } from '../../../src/kernel/locale.ts';
import { err, ok } from '../../../src/kernel/result.ts';
import type { Notice } from '../../../src/notices/notice.ts';
import type {
  AccountFacts,
  SessionChange,
  SessionProfile,
  SessionState,
} from '../../../src/sessions/model.ts';
import type { SessionHandle, Sessions, StoredRequests } from '../../../src/sessions/ports.ts';
import { applyChange } from '../../../src/sessions/rules.ts';
import { decideNextStep } from '../../../src/signin/decide-next-step.ts';
import type { HallPorts, Site } from '../../../src/signin/ports.ts';
import { hearLine, keepOut } from '../../support/heard-lines.ts';
import { secretsIn } from '../../support/log-watch.ts';

export const NOW = Date.UTC(2026, 10, 22, 12, 0, 0);

/** A port method that the page under test must not call. */
const never = (name: string) => (): never => {
  throw new Error(`${name} was not expected`);
};

interface HeldAccount {
  uuid: string;
  password: string | null;
  origin: 'sign-up' | 'sandbox';
  createdAt: number;
  facts: AccountFacts;
  emails: AccountEmail[];
  factors: FactorSummary[];
  backupCodes: string[];
  backupCodesMadeAt: number | null;
  connections: (Connection & { revoked: boolean; subject: string })[];
  events: HistoryEvent[];
  devices: Device[];
  rememberRevokedAt: number | null;
  passwordCheckedAt: number | null;
}

interface HeldSession {
  locator: string;
  secret: Uint8Array<ArrayBuffer>;
  state: SessionState;
  profile: SessionProfile;
}

interface HeldLink {
  kind: LinkKind;
  account: string;
  emailId: string | null;
  expiresAt: number;
  usedAt: number | null;
}

export interface World {
  readonly hall: HallPorts;
  readonly accounts: Map<string, HeldAccount>;
  readonly sessions: Map<string, HeldSession>;
  readonly links: Map<string, HeldLink>;
  readonly apps: Map<string, App>;
  readonly sent: { to: readonly string[]; locale: Locale; notice: Notice }[];
  /** What was spent at limits, and which limit refuses from now on. */
  readonly refuseAt: Set<string>;
  /** Makes an account with one confirmed address and an authentication app; returns its uuid. */
  readonly person: (over?: Partial<HeldAccount>) => HeldAccount;
  /** Signs somebody in with password and app code; returns the Cookie header. */
  readonly signIn: (account: HeldAccount, over?: Partial<SessionState>) => string;
}

const SITE: Site = {
  environment: 'test',
  brand: 'Gatehouse',
  origin: 'https://idp.test',
  secureCookies: true,
  docsUrl: 'https://docs.test',
  links: { help: 'https://help.test/' },
  singleSession: false,
  rulesPublishedAt: 0,
};

/** A hall over maps: every port the account and sandbox pages use, with the rules their contracts state. */
export function aWorld(site: Partial<Site> = {}): World {
  const accounts = new Map<string, HeldAccount>();
  const sessionMap = new Map<string, HeldSession>();
  const links = new Map<string, HeldLink>();
  const apps = new Map<string, App>();
  const sent: World['sent'] = [];
  const refuseAt = new Set<string>();
  let counter = 0;
  const uuid = (): string => {
    counter += 1;
    return `00000000-0000-4000-8000-${String(counter).padStart(12, '0')}`;
  };
  const held = (id: string): HeldAccount => {
    const account = accounts.get(id);
    if (account === undefined) throw new Error('no such account');
    return account;
  };
  const write = (account: HeldAccount, event: NewEvent): number => {
    const id = account.events.length + 1;
    account.events.unshift({
      id,
      kind: EVENT_KINDS[event.kind],
      at: event.at,
      deviceId: null,
      browser: event.browser?.name ?? null,
      place: event.browser?.place ?? null,
      app: event.app ?? null,
      disavowedAt: null,
    });
    return id;
  };
  const profileOf = (account: HeldAccount): SessionProfile => ({
    emails: account.emails.flatMap(({ id, address, confirmedAt, lastSignInAt }) =>
      confirmedAt === null ? [] : [{ id, address, lastSignInAt }],
    ),
    x509: null,
  });

  const accountPorts: Accounts = {
    findByEmail: async (address) => {
      const by = (confirmed: boolean) =>
        [...accounts.values()].find((one) =>
          one.emails.some((email) => email.address === address && (email.confirmedAt !== null) === confirmed),
        );
      const found = by(true) ?? by(false);
      if (found === undefined) return null;
      const email = found.emails.find((one) => one.address === address);
      return { ...found, emailId: email?.id ?? '', reset: null, profile: null };
    },
    findByUuid: async (id) => {
      const found = accounts.get(id);
      return found === undefined
        ? null
        : { ...found, emailId: found.emails[0]?.id ?? '', reset: null, profile: null };
    },
    overview: async (id): Promise<AccountOverview | null> => {
      const found = accounts.get(id);
      if (found === undefined) return null;
      return {
        uuid: found.uuid,
        emails: found.emails,
        factors: found.factors,
        backupCodesLeft: found.backupCodes.length,
        backupCodesMadeAt: found.backupCodesMadeAt,
        connections: found.connections.filter((one) => !one.revoked),
        disconnected: [],
        facts: found.facts,
        createdAt: found.createdAt,
        hasPassword: found.password !== null,
      };
    },
    profile: async (id) => profileOf(held(id)),
    create: async (input) => {
      const account = blank(uuid(), input.now);
      account.origin = input.origin;
      account.facts = {
        ...account.facts,
        emailLocale: input.emailLocale,
        rulesAcceptedAt: input.rulesAcceptedAt,
        methods: [],
      };
      account.password = null;
      const emailId = uuid();
      account.emails = [{ id: emailId, address: input.address, confirmedAt: null, lastSignInAt: null }];
      accounts.set(account.uuid, account);
      return { uuid: account.uuid, emailId };
    },
    abandon: async (id) => void accounts.delete(id),
    completeSignUp: async ({ uuid: id, emailId, password, event }) => {
      const account = held(id);
      account.password = password;
      account.emails = account.emails.map((one) =>
        one.id === emailId ? { ...one, confirmedAt: event.at } : one,
      );
      write(account, event);
      return ok(null);
    },
    changePassword: async (id, password, event) => {
      const account = held(id);
      account.password = password;
      account.facts = { ...account.facts, passwordChangeRequired: false };
      account.rememberRevokedAt = event.at;
      write(account, event);
      return true;
    },
    rehash: never('rehash'),
    recordPassword: never('recordPassword'),
    recordSecondFactor: never('recordSecondFactor'),
    recordEvent: async (id, event) => ({ eventId: write(held(id), event) }),
    createLink: async ({ kind, account, emailId, now, lifetimeMs }) => {
      counter += 1;
      const token = `token-${counter}`;
      links.set(token, {
        kind,
        account,
        emailId: emailId ?? null,
        expiresAt: now + lifetimeMs,
        usedAt: null,
      });
      return () => token;
    },
    openLink: async (kind, token, now) => {
      const link = links.get(token);
      if (link === undefined || link.kind !== kind) return err({ reason: 'unknown' });
      if (link.usedAt !== null) return err({ reason: 'used', account: link.account });
      if (now >= link.expiresAt) return err({ reason: 'expired', account: link.account });
      return ok({
        account: link.account,
        emailId: link.emailId ?? '',
        eventId: null,
        requestId: null,
        createdAt: now,
      });
    },
    useLink: async (_kind, token, now) => {
      const link = links.get(token);
      if (link === undefined || link.usedAt !== null) return false;
      link.usedAt = now;
      return true;
    },
    addEmail: async (id, address) => {
      const account = held(id);
      const known = account.emails.find((one) => one.address === address);
      if (known?.confirmedAt != null) return err({ reason: 'already_confirmed' });
      if (known !== undefined) return ok(known);
      if (account.emails.length >= 12) return err({ reason: 'limit' });
      const email = { id: uuid(), address, confirmedAt: null, lastSignInAt: null };
      account.emails = [...account.emails, email];
      return ok(email);
    },
    confirmEmail: async (id, emailId, now) => {
      const account = held(id);
      const email = account.emails.find((one) => one.id === emailId);
      if (email === undefined) return err({ reason: 'gone' });
      const taken = [...accounts.values()].some(
        (other) =>
          other !== account &&
          other.emails.some((one) => one.address === email.address && one.confirmedAt !== null),
      );
      if (taken) return err({ reason: 'address_taken' });
      const confirmed = { ...email, confirmedAt: now };
      account.emails = account.emails.map((one) => (one.id === emailId ? confirmed : one));
      return ok(confirmed);
    },
    deleteEmail: async (id, emailId, event) => {
      const account = held(id);
      const email = account.emails.find((one) => one.id === emailId);
      if (email === undefined) return err({ reason: 'gone' });
      const confirmed = account.emails.filter((one) => one.confirmedAt !== null);
      if (email.confirmedAt !== null && confirmed.length === 1) return err({ reason: 'last' });
      account.emails = account.emails.filter((one) => one.id !== emailId);
      write(account, event);
      return ok(email);
    },
    setEmailLocale: async (id, locale) => {
      const account = held(id);
      account.facts = { ...account.facts, emailLocale: locale };
    },
    acceptRules: never('acceptRules'),
    decline: never('decline'),
    revokeRememberedDevices: async (id, event) => {
      const account = held(id);
      account.rememberRevokedAt = event.at;
      write(account, event);
    },
    setLegacyNameId: never('setLegacyNameId'),
    suspend: never('suspend'),
    reinstate: never('reinstate'),
    isBlocked: async () => false,
    recordSessionsEnded: never('recordSessionsEnded'),
    requirePasswordChange: never('requirePasswordChange'),
    requestReset: never('requestReset'),
    cancelReset: never('cancelReset'),
    takeDueResets: never('takeDueResets'),
    resetMailed: never('resetMailed'),
    putBackReset: never('putBackReset'),
    history: async (id, { deviceId, limit, before }) =>
      held(id)
        .events.filter((event) => deviceId === undefined || event.deviceId === deviceId)
        .filter((event) => before === undefined || event.id < before)
        .slice(0, limit),
    devices: async (id, limit) => held(id).devices.slice(0, limit),
    disavowEvent: never('disavowEvent'),
    sessionLocators: async (id) =>
      [...sessionMap.values()]
        .filter((one) => one.state.account === id)
        .map(({ locator, state }) => ({
          locator,
          deviceId: state.deviceId,
          browser: 'Firefox 140 on Linux',
          startedAt: state.startedAt,
        })),
    forgetSession: async () => {},
    forgetSessions: async () => {},
    erase: async (id) => accounts.delete(id),
    takeDueNotices: never('takeDueNotices'),
  };

  const factorPorts: Factors = {
    totps: never('totps'),
    addTotp: async ({ account: id, name, event }) => {
      const account = held(id);
      const factorId = uuid();
      account.factors = [
        ...account.factors,
        { id: factorId, kind: 'totp', label: name, createdAt: event.at },
      ];
      write(account, event);
      return ok({ id: factorId });
    },
    acceptTotpStep: never('acceptTotpStep'),
    addWebauthn: never('addWebauthn'),
    webauthnCredentials: never('webauthnCredentials'),
    findByCredential: never('findByCredential'),
    addCard: never('addCard'),
    cards: async () => [],
    findByCard: never('findByCard'),
    recordSecondCardUse: never('recordSecondCardUse'),
    recordSecondUse: never('recordSecondUse'),
    addPersonalKey: never('addPersonalKey'),
    consumePersonalKey: never('consumePersonalKey'),
    rename: async (id, factorId, name) => {
      const account = held(id);
      if (!account.factors.some((one) => one.id === factorId)) return err({ reason: 'gone' });
      account.factors = account.factors.map((one) => (one.id === factorId ? { ...one, label: name } : one));
      return ok(null);
    },
    remove: async (id, factorId, event) => {
      const account = held(id);
      const before = account.factors.length;
      account.factors = account.factors.filter((one) => one.id !== factorId);
      write(account, event);
      return account.factors.length < before;
    },
    replaceBackupCodes: async (id, event) => {
      const account = held(id);
      account.backupCodes = Array.from({ length: 10 }, (_, n) => `ABCDEFGHJK${String(n).padStart(2, '0')}`);
      account.backupCodesMadeAt = event.at;
      write(account, event);
      return account.backupCodes;
    },
    consumeBackupCode: never('consumeBackupCode'),
    deleteBackupCodes: never('deleteBackupCodes'),
    kinds: async (id) => {
      const account = held(id);
      const kinds = new Set<FactorKind>(account.factors.map(({ kind }) => kind));
      if (account.backupCodes.length > 0) kinds.add('backup_codes');
      return [...kinds];
    },
  };

  const linkOf = (one: HeldAccount['connections'][number]): AppLink => ({
    subject: one.subject,
    agreed: ATTRIBUTES.filter((name) => one.agreed.includes(name)),
    consentedAt: one.consentedAt,
    revoked: one.revoked,
    emailId: one.emailId,
  });
  const connectionPorts: Connections = {
    find: async (id, app) => {
      const found = held(id).connections.find((one) => one.app === app);
      return found === undefined ? null : linkOf(found);
    },
    agree: never('agree'),
    revoke: async (id, app, event) => {
      const account = held(id);
      if (!account.connections.some((one) => one.app === app && !one.revoked)) return false;
      account.connections = account.connections.map((one) =>
        one.app === app ? { ...one, revoked: true, agreed: [] } : one,
      );
      write(account, event);
      return true;
    },
    chooseEmail: async (id, app, emailId) => {
      const account = held(id);
      account.connections = account.connections.map((one) => (one.app === app ? { ...one, emailId } : one));
      return true;
    },
    touch: never('touch'),
  };

  const cookie = (locator: string): string =>
    `__Host-session=${locator}; __Host-gh_visit=${toBase64Url(new Uint8Array(32))}`;
  const mine = (handle: SessionHandle): HeldSession | null => sessionMap.get(handle.locator) ?? null;
  const apply = (one: HeldSession, changes: readonly SessionChange[]): SessionState => {
    for (const change of changes) {
      if (change.kind === 'sealed') one.profile = JSON.parse(change.sealed);
      one.state = applyChange(one.state, change, NOW);
    }
    return one.state;
  };
  const sessions: Sessions = {
    fromCookie: (header) => {
      const locator = /__Host-session=([\w-]+)/.exec(header ?? '')?.[1];
      return locator === undefined ? null : { locator, secret: hmacSha256(new Uint8Array(1), locator) };
    },
    toCookie: (handle) => `__Host-session=${handle.locator}; Path=/; Secure; HttpOnly`,
    clearCookie: () => '__Host-session=; Path=/; Max-Age=0; Secure; HttpOnly',
    reserve: never('reserve'),
    begin: never('begin'),
    view: async (handle) => mine(handle)?.state ?? null,
    peek: never('peek'),
    ask: async (handle, { now, arrivedAt, request }) => {
      const one = mine(handle);
      if (one === null) return { kind: 'no-session', why: null };
      const step = decideNextStep({
        now,
        session: one.state,
        request,
        arrivedAt,
        app: undefined,
        rulesPublishedAt: 0,
      });
      return { kind: 'step', step, state: one.state };
    },
    change: async (handle, _now, changes) => {
      const one = mine(handle);
      return one === null ? null : apply(one, changes);
    },
    rotate: async (handle, _now, changes) => {
      const one = mine(handle);
      return one === null ? null : { handle, state: apply(one, changes) };
    },
    successor: () => null,
    end: async (handle) => {
      const one = mine(handle);
      sessionMap.delete(handle.locator);
      return one?.state ?? null;
    },
    endFor: async (locator) => sessionMap.delete(locator),
    whyEnded: async () => null,
    refreshFor: async (locator, _account, changes) => {
      const one = sessionMap.get(locator);
      if (one === undefined) return false;
      one.state = { ...one.state, stale: true };
      apply(one, changes);
      return true;
    },
    summary: async (locator) => {
      const one = sessionMap.get(locator);
      return one === undefined ? null : { lastSeenAt: one.state.lastSeenAt, startedAt: one.state.startedAt };
    },
    profile: async (handle, state) => (state.stale ? null : (mine(handle)?.profile ?? null)),
    sealProfile: async (_handle, _state, profile) => JSON.stringify(profile),
    sealDraft: async (_handle, _state, _name, text) => text,
    openDraft: async (_handle, state, name) => state.drafts[name] ?? null,
    unlocked: async () => null,
    redeem: never('redeem'),
    appOfCode: never('appOfCode'),
    userinfo: never('userinfo'),
  };

  const requests: StoredRequests = {
    store: never('store'),
    load: async () => null,
    remove: never('remove'),
    isId: () => false,
  };
  const passwords: Passwords = {
    make: async (_account, password) => ({ record: `record:${password}`, dataKey: new Uint8Array(32) }),
    verify: async (_account, record, password) =>
      record === `record:${password}`
        ? { matches: true, dataKey: new Uint8Array(32), upgraded: null }
        : { matches: false, dataKey: null, upgraded: null },
  };
  const attempts: Attempts = {
    spend: async (_subject, limits, now) => {
      const limit = limits.find((name) => refuseAt.has(name));
      return limit === undefined ? { allowed: true } : { allowed: false, limit, retryAt: now + 60_000 };
    },
    clear: async () => {},
    useOnce: never('useOnce'),
    giveBack: never('giveBack'),
    keepCode: never('keepCode'),
    checkCode: never('checkCode'),
    lock: never('lock'),
    secondFactor: never('secondFactor'),
    lockedUntil: never('lockedUntil'),
  };
  const tag = (name: string, text: string): string =>
    toBase64Url(hmacSha256(new Uint8Array(2), `${name}/${text}`));
  const commonPasswords = ['password', '123456789', 'qwertyuiop'];
  const hall: HallPorts = {
    site: { ...SITE, ...site },
    sessions,
    requests,
    accounts: accountPorts,
    factors: factorPorts,
    cards: null,
    phones: {
      list: async () => [],
      add: never('phones.add'),
      change: never('phones.change'),
      fingerprint: (number) => `fingerprint:${number}`,
      lastArrival: never('lastArrival'),
      news: async () => null,
      noteFailure: never('phones.noteFailure'),
      noteOptOut: never('phones.noteOptOut'),
      noteOptIn: never('phones.noteOptIn'),
    },
    phoneService: null,
    profiles: {
      find: never('profiles.find'),
      open: never('profiles.open'),
      wrap: never('profiles.wrap'),
      create: never('profiles.create'),
      keep: never('profiles.keep'),
      reactivate: never('profiles.reactivate'),
      deactivate: never('profiles.deactivate'),
    },
    connections: connectionPorts,
    passwords,
    attempts,
    findApp: async (id) => apps.get(id) ?? null,
    notify: async (to, locale, notice) => {
      sent.push({ to, locale, notice });
      return to.length;
    },
    cookies: {
      seal: async (_name, text) => text,
      open: async (_name, value) => value,
      tag,
      csrf: (secret) => toBase64Url(hmacSha256(new Uint8Array(3), secret)),
      device: (value) => tag('device', value),
    },
    doors: {},
    commonPasswords: async () => commonPasswords,
    isBreached: async () => false,
    recheckBreached: null,
    findMailRoute: async (domain) => ({ takesMail: domain !== 'nowhere.example', hosts: [] }),
    random: (length) => {
      counter += 1;
      return hmacSha256(new Uint8Array(4), `${counter}`).slice(0, Math.min(32, length)).length === length
        ? hmacSha256(new Uint8Array(4), `${counter}`).slice(0, length)
        : new Uint8Array(Array.from({ length }, (_, n) => (counter * 31 + n * 7) % 256));
    },
    after: (work) => void work,
    log: (level, event, facts) => hearLine(JSON.stringify({ level, event, ...facts })),
  };

  return {
    hall,
    accounts,
    sessions: sessionMap,
    links,
    apps,
    sent,
    refuseAt,
    person: (over = {}) => {
      const account = { ...blank(uuid(), NOW - 86_400_000), ...over };
      if (account.emails.length === 0) {
        account.emails = [
          { id: uuid(), address: 'pat@agency.gov', confirmedAt: NOW - 1000, lastSignInAt: NOW - 1000 },
        ];
      }
      accounts.set(account.uuid, account);
      keepOut(
        secretsIn([account.password, account.backupCodes, account.emails.map(({ address }) => address)]),
      );
      return account;
    },
    signIn: (account, over = {}) => {
      const locator = `session-${sessionMap.size + 1}`;
      const handle = sessions.fromCookie(cookie(locator));
      if (handle === null) throw new Error('unreadable cookie');
      const state: SessionState = {
        account: account.uuid,
        digest: '',
        previous: null,
        startedAt: NOW - 60_000,
        lastSeenAt: NOW - 1000,
        authenticatedAt: NOW - 60_000,
        events: [
          { method: 'password', at: NOW - 60_000 },
          { method: 'totp', at: NOW - 50_000 },
        ],
        facts: account.facts,
        apps: {},
        emailId: account.emails[0]?.id ?? '',
        wrappedKey: '',
        sealed: '',
        stale: false,
        drafts: {},
        setUps: [],
        logout: null,
        locale: 'en',
        deviceId: null,
        lastHandOffAt: null,
        reminded: [],
        ...over,
      };
      sessionMap.set(locator, { locator, secret: handle.secret, state, profile: profileOf(account) });
      return cookie(locator);
    },
  };
}

const blank = (uuid: string, createdAt: number): HeldAccount => ({
  uuid,
  password: 'record:correct horse battery staple',
  origin: 'sign-up',
  createdAt,
  facts: {
    methods: ['totp'],
    rulesAcceptedAt: NOW - 1000,
    suspended: false,
    passwordChangeRequired: false,
    identityHeld: 'none',
    verifiedAt: null,
    secondFactorSucceededAt: null,
    emailLocale: 'en',
  },
  emails: [],
  factors: [{ id: `${uuid.slice(0, -3)}aaa`, kind: 'totp', label: 'My phone', createdAt }],
  backupCodes: [],
  backupCodesMadeAt: null,
  connections: [],
  events: [],
  devices: [],
  rememberRevokedAt: null,
  passwordCheckedAt: null,
});

/** A router around routes under test, with what the middleware would have established. */
export function anApp(routes: Hono<AppEnv>, now = NOW): Hono<AppEnv> {
  const app = new Hono<AppEnv>();
  app.use('*', async (c, next) => {
    const asked = c.req.query('locale') ?? 'en';
    c.set('requestId', 'request-1');
    c.set('now', now);
    c.set('locale', isLocale(asked) ? asked : 'en');
    c.set('localeInPath', undefined);
    c.set('path', new URL(c.req.url).pathname);
    c.set('nonce', 'bm9uY2Utbm9uY2Utbm9uY2U');
    await next();
  });
  app.route('/', routes);
  return app;
}

/** Posts one of our own forms as the browser would. */
export const post = (
  app: Hono<AppEnv>,
  path: string,
  cookie: string,
  fields: Readonly<Record<string, string>>,
): Promise<Response> =>
  Promise.resolve(
    app.request(`https://idp.test${path}`, {
      method: 'POST',
      headers: { cookie, origin: 'https://idp.test', 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams(fields).toString(),
    }),
  );

/** Gets a page. */
export const get = (app: Hono<AppEnv>, path: string, cookie = ''): Promise<Response> =>
  Promise.resolve(app.request(`https://idp.test${path}`, { headers: { cookie } }));

/** The CSRF token in a page. */
export const csrfIn = (html: string): string => /name="csrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

/** A registered app with ordinary settings. */
export const anOidcApp = (over: Partial<App> = {}): App => ({
  ...APP_DEFAULTS,
  issuer: 'urn:gov:test:app',
  redirect_uris: ['https://parks.example/result'],
  friendly_name: 'Parks',
  uuid: '00000000-0000-4000-8000-0000000000aa',
  agencyId: '00000000-0000-4000-8000-0000000000bb',
  createdAt: NOW,
  updatedAt: NOW,
  etag: 'e',
  ...over,
});
