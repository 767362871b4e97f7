import { concat, fromBase64Url, fromUtf8, toBase64Url, utf8, xor } from '../../kernel/bytes.ts';
import { cookieName, readCookie, writeCookie } from '../../kernel/cookies.ts';
import { err, ok } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { SessionProfile, SessionState } from '../../sessions/model.ts';
import type { Opened, SealedProfile, SessionHandle, Sessions } from '../../sessions/ports.ts';
import { asBeforeRotation } from '../../sessions/rules.ts';
import type { Derived, Keyholder } from '../keys/keyholder.ts';
import { randomBytes } from '../random.ts';
import { type Grant, newLocator, readBearer, readGrant, writeBearer, writeGrant } from './locators.ts';
import { pack, unpack } from './packed.ts';
import type { Session } from './session.ts';

const COOKIE = 'gh_session';

/** What the adapter needs to know of its deployment. */
export interface SessionsConfig {
  readonly secureCookies: boolean;
  /** When the rules of use in force were published. */
  readonly rulesPublishedAt: EpochMs;
}

/** Signed-in browsers on the Session objects. */
export function sessions(
  namespace: DurableObjectNamespace<Session>,
  keys: Keyholder,
  config: SessionsConfig,
): Sessions {
  const name = cookieName(COOKIE, config.secureCookies);
  // A handle is made once for a request, which asks more than once.
  const derived = new WeakMap<SessionHandle, Derived>();
  const derive = (handle: SessionHandle): Derived => {
    const known = derived.get(handle) ?? keys.derive('session', handle.secret);
    derived.set(handle, known);
    return known;
  };
  const digestOf = (handle: SessionHandle): string => derive(handle).digest;
  const object = (locator: string) => namespace.getByName(locator);

  const dataKey = (wrapped: string, pad: Uint8Array): Uint8Array<ArrayBuffer> | null => {
    const bytes = fromBase64Url(wrapped);
    return bytes === null || bytes.length !== 32 ? null : xor(bytes, pad);
  };
  const sealUnder = async (key: Uint8Array<ArrayBuffer>, record: string, text: string): Promise<string> => {
    const iv = randomBytes(12);
    const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
    const sealed = await crypto.subtle.encrypt(
      { name: 'AES-GCM', iv, additionalData: utf8(record) },
      aes,
      utf8(text),
    );
    return toBase64Url(concat(iv, new Uint8Array(sealed)));
  };
  const openUnder = async (
    key: Uint8Array<ArrayBuffer> | null,
    record: string,
    sealed: string,
  ): Promise<string | null> => {
    const bytes = fromBase64Url(sealed);
    if (key === null || bytes === null || bytes.length < 28) return null;
    try {
      const aes = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt']);
      const opened = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv: bytes.subarray(0, 12), additionalData: utf8(record) },
        aes,
        bytes.subarray(12),
      );
      return fromUtf8(new Uint8Array(opened));
    } catch {
      return null;
    }
  };
  const profileRecord = (account: string): string => `profile|${account}`;
  // Only this adapter seals profiles, and AES-GCM vouches that nobody changed them since.
  const parseProfile = (text: string | null): SessionProfile | null =>
    text === null ? null : (JSON.parse(text) as SessionProfile);

  const open = async (tokenPad: Uint8Array, release: Opened['release']): Promise<Opened> => {
    const text = await openUnder(
      dataKey(release.wrappedKey, tokenPad),
      profileRecord(release.account),
      release.sealed,
    );
    const sealed = parseProfile(text);
    if (sealed === null) return { release, profile: null };
    // What answers apps has no use for the key that the identity rests under.
    const { unlocked, ...profile } = sealed;
    const identity = release.identityLocked ? null : (unlocked?.identity ?? null);
    return { release, profile: release.stale ? null : profile, identity };
  };
  const keyOf = (handle: SessionHandle, state: Pick<SealedProfile, 'wrappedKey'>) =>
    dataKey(state.wrappedKey, derive(handle).pad);
  const sealedCopy = async (handle: SessionHandle, state: SealedProfile): Promise<SessionProfile | null> =>
    parseProfile(await openUnder(keyOf(handle, state), profileRecord(state.account), state.sealed));

  const successor = (handle: SessionHandle, { previous }: SessionState): SessionHandle | null => {
    const handover = previous?.digest === digestOf(handle) ? (previous?.handover ?? null) : null;
    const sealed = handover === null ? null : fromBase64Url(handover);
    return sealed === null || sealed.length !== 32
      ? null
      : { locator: handle.locator, secret: xor(sealed, keys.pad('handover', handle.secret)) };
  };

  return {
    fromCookie(header) {
      const value = readCookie(header, name);
      return value === null ? null : readBearer(value, keys);
    },
    toCookie: (handle) =>
      writeCookie(COOKIE, writeBearer(handle), { secure: config.secureCookies, maxAge: null }),
    clearCookie: () => writeCookie(COOKIE, '', { secure: config.secureCookies, maxAge: 0 }),
    reserve: () => ({ locator: newLocator(keys), secret: randomBytes(32) }),
    async begin(start, now, reserved) {
      const handle = reserved ?? { locator: newLocator(keys), secret: randomBytes(32) };
      const key = randomBytes(32);
      const { digest, pad } = keys.derive('session', handle.secret);
      const { profile, marks = [], ...rest } = start;
      const state: SessionState = {
        ...rest,
        digest,
        previous: null,
        startedAt: now,
        lastSeenAt: now,
        authenticatedAt: now,
        apps: {},
        wrappedKey: toBase64Url(xor(key, pad)),
        sealed: await sealUnder(key, profileRecord(start.account), JSON.stringify(profile)),
        stale: false,
        drafts: {},
        setUps: [],
        logout: null,
        lastHandOffAt: null,
        reminded: marks,
      };
      if (!(await object(handle.locator).begin(state)))
        throw new Error('a fresh session locator was already taken');
      return handle;
    },
    view: async (handle, now) => object(handle.locator).view(digestOf(handle), now),
    peek: async (handle, now) => object(handle.locator).peek(digestOf(handle), now),
    async ask(handle, asking) {
      const { code, ...presentation } = asking;
      const { digest, pad } = derive(handle);
      let minted: Grant | null = null;
      let grant = null;
      if (code !== null) {
        const secret = randomBytes(32);
        const derived = keys.derive('code', secret);
        const tokenPad = keys.derive('token', derived.pad).pad;
        minted = { locator: handle.locator, secret, derived };
        grant = { codeDigest: derived.digest, keyDelta: toBase64Url(xor(pad, tokenPad)), ...code };
      }
      const { rulesPublishedAt } = config;
      const presented = unpack(
        await object(handle.locator).present(digest, pack({ ...presentation, rulesPublishedAt, grant })),
      );
      if (presented.kind !== 'granted') return presented;
      return { ...presented, code: minted === null ? null : writeGrant('code', minted) };
    },
    change: async (handle, now, changes) => object(handle.locator).change(digestOf(handle), now, changes),
    async rotate(handle, now, changes) {
      const next = { locator: handle.locator, secret: randomBytes(32) };
      const [before, after] = [derive(handle), derive(next)];
      const state = await object(handle.locator).change(before.digest, now, [
        ...changes,
        {
          kind: 'rotate',
          digest: after.digest,
          keyDelta: toBase64Url(xor(before.pad, after.pad)),
          handover: toBase64Url(xor(next.secret, keys.pad('handover', handle.secret))),
        },
      ]);
      if (state === null) return null;
      if (state.digest === after.digest) return { handle: next, state };
      // Another request of this browser was faster: it goes on with that one's secret.
      const taken = successor(handle, state);
      return taken === null ? { handle, state } : { handle: taken, state: asBeforeRotation(state) };
    },
    successor,
    end: async (handle, now) => object(handle.locator).end(digestOf(handle), now),
    endFor: async (locator, account, reason) => object(locator).endFor(account, reason),
    whyEnded: async (handle) => object(handle.locator).whyEnded(digestOf(handle)),
    refreshFor: async (locator, account, changes, now) => object(locator).refreshFor(account, changes, now),
    summary: async (locator, account, now) => object(locator).summary(account, now),
    async profile(handle, state) {
      return state.stale ? null : sealedCopy(handle, state);
    },
    unlocked: async (handle, state) => (await sealedCopy(handle, state))?.unlocked ?? null,
    async sealProfile(handle, state, profile) {
      const key = keyOf(handle, state);
      if (key === null) return null;
      const unlocked = 'unlocked' in profile ? profile.unlocked : (await sealedCopy(handle, state))?.unlocked;
      const copy: SessionProfile = { ...profile, unlocked: unlocked ?? null };
      return sealUnder(key, profileRecord(state.account), JSON.stringify(copy));
    },
    async sealDraft(handle, state, draft, text) {
      const key = keyOf(handle, state);
      if (key === null) throw new Error('the session key is malformed');
      return sealUnder(key, `draft|${state.account}|${draft}`, text);
    },
    async openDraft(handle, state, draft) {
      const sealed = state.drafts[draft];
      return sealed === undefined
        ? null
        : openUnder(keyOf(handle, state), `draft|${state.account}|${draft}`, sealed);
    },
    async redeem(code, attempt, now, load) {
      const grant = readGrant(code, 'code', keys);
      if (grant === null) return err({ reason: 'unknown' });
      // The token's secret follows from the code's under our root: a code seen in a log does not reveal it, and the
      // session key could be wrapped for the token before the token exists.
      const { digest: codeDigest, pad: tokenSecret } = grant.derived;
      const token = keys.derive('token', tokenSecret);
      const packedAttempt = pack({ ...attempt, codeDigest, tokenDigest: token.digest });
      const redeem = async (withoutProfile: boolean) =>
        unpack(await object(grant.locator).redeem(packedAttempt, now, withoutProfile));
      let loaded: SessionProfile | null = null;
      let redeemed = await redeem(load === undefined);
      if (!redeemed.ok && redeemed.error.reason === 'stale') {
        loaded = load === undefined ? null : await load(redeemed.error.account);
        redeemed = await redeem(true);
      }
      if (!redeemed.ok) {
        const { error } = redeemed;
        return error.reason === 'stale' ? err({ reason: 'unknown' }) : err(error);
      }
      const opened = await open(token.pad, redeemed.value);
      return ok({
        ...opened,
        profile: loaded ?? opened.profile,
        accessToken: writeGrant('token', { locator: grant.locator, secret: tokenSecret, derived: token }),
      });
    },
    async appOfCode(code, now) {
      const grant = readGrant(code, 'code', keys);
      return grant === null ? null : object(grant.locator).appOfCode(grant.derived.digest, now);
    },
    async userinfo(accessToken, now) {
      const grant = readGrant(accessToken, 'token', keys);
      if (grant === null) return null;
      const release = await object(grant.locator).userinfo(grant.derived.digest, now);
      return release === null ? null : open(grant.derived.pad, unpack(release));
    },
  };
}
