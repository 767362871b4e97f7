import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { env } from 'cloudflare:workers';
import { describe, expect, it, vi } from 'vitest';
import { toBase64Url } from '../../src/kernel/bytes.ts';
import { sha256Base64Url } from '../../src/kernel/crypto.ts';
import { HOUR, MINUTE, SECOND } from '../../src/kernel/time.ts';
import { sessions } from '../../src/platform/objects/sessions.ts';
import { MAX_GRANTS } from '../../src/sessions/model.ts';
import type { SessionHandle } from '../../src/sessions/ports.ts';
import {
  ACCOUNT,
  APP,
  askForCode,
  RULES_PUBLISHED_AT,
  SUBJECT,
  sessionStart,
  testKeys,
} from '../support/sessions.ts';

const OTHER_APP = '77777777-7c34-4e21-8a6d-5e4f3a2b1c0d';
const VERIFIER = 'a verifier that nobody guesses, of good length';
const RIGHT = {
  challengeAnswer: sha256Base64Url(VERIFIER),
  provenApp: null,
  proofId: null,
  claimedApp: null,
} as const;
const WRONG = { ...RIGHT, challengeAnswer: sha256Base64Url('another verifier') } as const;
/** Longer than a fresh code may wait to be written. */
const PAST_THE_FLUSH = 400;

const store = sessions(env.SESSIONS, testKeys(), {
  secureCookies: true,
  rulesPublishedAt: RULES_PUBLISHED_AT,
});
const stubOf = (handle: SessionHandle) => env.SESSIONS.getByName(handle.locator);
const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
const now = Date.now();

const begin = (at = now) => store.begin(sessionStart(at), at);

async function code(handle: SessionHandle, at = now, app = APP): Promise<string> {
  const first = askForCode(at, sha256Base64Url(VERIFIER), app);
  let asked = await store.ask(handle, first);
  if (asked.kind === 'step' && asked.step.kind === 'continue-as') {
    await store.change(handle, at, [{ kind: 'continued', app }]);
    asked = await store.ask(handle, first);
  }
  if (asked.kind !== 'granted' || asked.code === null) throw new Error(`no code: ${JSON.stringify(asked)}`);
  return asked.code;
}

async function redeemed(text: string, at = now) {
  const result = await store.redeem(text, RIGHT, at);
  if (!result.ok) throw new Error(result.error.reason);
  return result.value;
}

const refusal = async (text: string, attempt: Parameters<typeof store.redeem>[1] = RIGHT, at = now) => {
  const result = await store.redeem(text, attempt, at);
  return result.ok ? null : result.error.reason;
};

const rows = (handle: SessionHandle) =>
  runInDurableObject(stubOf(handle), (_object, state) => [...state.storage.kv.list()].map(([key]) => key));

/** The object's process dies: what was not on disk when it last answered is gone. */
const crash = (handle: SessionHandle) =>
  runInDurableObject(stubOf(handle), (_object, state) => state.abort('a test wants it gone')).catch(() => {});

describe('SUB-1 codes and tokens of one session', () => {
  it('have nothing in common by which apps of two agencies could know that they are of one person', async () => {
    const handle = await begin();
    const codes = [await code(handle), await code(handle, now, OTHER_APP)];
    const tokens = await Promise.all(codes.map(async (text) => (await redeemed(text)).accessToken));
    const parts = [...codes, ...tokens].flatMap((text) => {
      const [, body = ''] = /^gh_(?:code|at)_([\w-]{75})$/.exec(text) ?? [];
      // Four bytes and more of the address would show as six letters in the same place.
      return Array.from({ length: 26 }, (_, at) => `${at}:${body.slice(at, at + 6)}`);
    });
    expect(parts).not.toContain('0:');
    expect(new Set(parts).size).toBe(parts.length);
    for (const part of parts) expect(handle.locator).not.toContain(part.slice(part.indexOf(':') + 1));
  });

  it('are refused with the address of another session', async () => {
    const [one, two] = [await code(await begin()), await code(await begin())];
    const prefix = 'gh_code_'.length;
    const swapped = `${one.slice(0, prefix + 32)}${two.slice(prefix + 32)}`;
    expect(await refusal(swapped)).toBe('unknown');
    await redeemed(two);
  });
});

describe('COD-3 codes are held per request', () => {
  it('a newer code or token of the same app takes nothing from the ones before', async () => {
    const handle = await begin();
    const [one, two] = [await code(handle), await code(handle)];
    const tokens = [await redeemed(two), await redeemed(one)].map(({ accessToken }) => accessToken);
    await code(handle);
    for (const token of tokens) expect(await store.userinfo(token, now)).not.toBeNull();
  });
});

describe('COD-2 a code is redeemed once', () => {
  it('gives one of two concurrent attempts the token', async () => {
    const text = await code(await begin());
    const both = await Promise.all([store.redeem(text, RIGHT, now), store.redeem(text, RIGHT, now)]);
    expect(both.filter((one) => one.ok)).toHaveLength(1);
    expect(both.map((one) => (one.ok ? 'won' : one.error.reason)).sort()).toEqual(['replayed', 'won']);
  });

  it('releases what the session holds', async () => {
    const { release, profile } = await redeemed(await code(await begin()));
    expect(release).toMatchObject({
      app: APP,
      account: ACCOUNT,
      payload: '{"made":"for the test"}',
      facts: { subject: SUBJECT },
      stale: false,
    });
    expect(profile?.emails[0]?.address).toBe('pat@mailbox.test');
  });

  it('COD-4 takes back the token when the code is presented again', async () => {
    const text = await code(await begin());
    const { accessToken } = await redeemed(text);
    expect(await store.userinfo(accessToken, now)).not.toBeNull();
    expect(await refusal(text)).toBe('replayed');
    expect(await store.userinfo(accessToken, now)).toBeNull();
  });

  it('leaves a code usable after a failed attempt', async () => {
    const text = await code(await begin());
    expect(await refusal(text, WRONG)).toBe('verifier_mismatch');
    await redeemed(text);
  });

  it('burns a code at the fifth failure, also across a crash', async () => {
    const handle = await begin();
    const text = await code(handle);
    for (let i = 0; i < 5; i += 1) expect(await refusal(text, WRONG)).toBe('verifier_mismatch');
    expect(await refusal(text)).toBe('burnt');
    await crash(handle);
    expect(await refusal(text)).toBe('burnt');
  });

  it('refuses a code after five minutes, of another app, or altered', async () => {
    const handle = await begin();
    const text = await code(handle);
    expect(await refusal(text, { ...RIGHT, claimedApp: OTHER_APP })).toBe('other_app');
    expect(await refusal(`${text.slice(0, -2)}${text.endsWith('AA') ? 'BA' : 'AA'}`)).toBe('unknown');
    expect(await refusal(text, RIGHT, now + 5 * MINUTE)).toBe('expired');
    expect(await refusal('gh_code_short')).toBe('unknown');
  });

  it('TOK-9 refuses the same proof for a second code', async () => {
    const handle = await begin();
    const [one, two] = [await code(handle), await code(handle)];
    const proof = { ...RIGHT, provenApp: APP, proofId: { value: 'jti-1', expiresAt: now + HOUR } };
    expect((await store.redeem(one, proof, now)).ok).toBe(true);
    expect(await refusal(two, proof)).toBe('proof_replayed');
  });
});

describe('what survives eviction and crash', () => {
  it('a code, once it had the time to be written', async () => {
    const handle = await begin();
    const text = await code(handle);
    await pause(PAST_THE_FLUSH);
    await evictDurableObject(stubOf(handle));
    await redeemed(text);
  });

  it('nothing of a code that had no time: one sign-in has to be repeated, and no more', async () => {
    const handle = await begin();
    // Timers stand still: on a busy machine the quarter of a second may be over before the crash.
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const text = await code(handle);
    await crash(handle);
    vi.useRealTimers();
    expect(await refusal(text)).toBe('unknown');
    await redeemed(await code(handle));
  });

  it('a redemption at once: the token works and the code stays spent', async () => {
    const handle = await begin();
    const text = await code(handle);
    const { accessToken } = await redeemed(text);
    await crash(handle);
    expect(await store.userinfo(accessToken, now)).not.toBeNull();
    expect(await refusal(text)).toBe('replayed');
  });

  it('a revocation at once, also of a grant whose place is taken by one not written yet', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    await pause(PAST_THE_FLUSH);
    for (let i = 0; i < MAX_GRANTS; i += 1) await code(handle, now, OTHER_APP);
    await store.change(handle, now, [{ kind: 'revoke-app', app: APP }]);
    await crash(handle);
    expect(await store.userinfo(accessToken, now)).toBeNull();
  });

  it('and waits with one timer, however long the session is in use', async () => {
    const set = vi.spyOn(globalThis, 'setTimeout');
    const cleared = vi.spyOn(globalThis, 'clearTimeout');
    const handle = await begin();
    for (let i = 1; i <= 3; i += 1) {
      await code(handle, now + i);
      await pause(PAST_THE_FLUSH);
    }
    const stopped = new Set<unknown>(cleared.mock.calls.map(([id]) => id));
    // Those of the last-seen time are too long to have ended by themselves.
    const waiting = set.mock.calls.filter(
      ([, ms = 0], call) =>
        ms > 5 * SECOND && ms <= 10 * SECOND && !stopped.has(set.mock.results[call]?.value),
    );
    set.mockRestore();
    cleared.mockRestore();
    expect(waiting).toHaveLength(1);
  });
});

describe('the number of grants is bounded', () => {
  it('lets the oldest give way and keeps the latest', async () => {
    const handle = await begin();
    const texts: string[] = [];
    for (let i = 0; i <= MAX_GRANTS; i += 1) texts.push(await code(handle));
    expect(await refusal(texts[0] ?? '')).toBe('unknown');
    await redeemed(texts[1] ?? '');
    await redeemed(texts[MAX_GRANTS] ?? '');
  });

  it('takes nothing from an app for the sake of one that asks all the time, crash or not', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    const waiting = await code(handle);
    let latest = '';
    for (let i = 0; i < MAX_GRANTS; i += 1) latest = await code(handle, now, OTHER_APP);
    await pause(PAST_THE_FLUSH);
    await crash(handle);
    for (let i = 0; i < MAX_GRANTS; i += 1) latest = await code(handle, now, OTHER_APP);
    expect(await store.userinfo(accessToken, now)).not.toBeNull();
    await redeemed(waiting);
    await redeemed(latest);
  });

  it('gives up codes that nobody can redeem any more before tokens', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    for (let i = 1; i < MAX_GRANTS; i += 1) await code(handle);
    const later = now + 6 * MINUTE;
    for (let i = 1; i < MAX_GRANTS; i += 1) await code(handle, later);
    expect(await store.userinfo(accessToken, later)).not.toBeNull();
  });

  it('goes on after a crash where it stood', async () => {
    const handle = await begin();
    const [one, two] = [await code(handle), await code(handle)];
    await pause(PAST_THE_FLUSH);
    await crash(handle);
    const three = await code(handle);
    for (const text of [one, two, three]) await redeemed(text);
  });
});

describe('whom an app is asked about', () => {
  const { link: _, ...unasked } = askForCode(now, null);

  it('is looked up only once nothing else is left to ask', async () => {
    const halfway = sessionStart(now, { events: [{ method: 'password', at: now }] });
    const early = await store.ask(await store.begin(halfway, now), unasked);
    expect(early).toMatchObject({ kind: 'step', step: { kind: 'second-factor' } });
    expect(await store.ask(await begin(), unasked)).toEqual({ kind: 'unknown-app', account: ACCOUNT });
  });

  it('is looked up at once when the app expects somebody particular', async () => {
    const handle = await store.begin(sessionStart(now, { events: [{ method: 'password', at: now }] }), now);
    const request = unasked.request === null ? null : { ...unasked.request, subjectHint: SUBJECT };
    expect(await store.ask(handle, { ...unasked, request })).toEqual({
      kind: 'unknown-app',
      account: ACCOUNT,
    });
  });
});

describe('SE-1 a session ends', () => {
  it('fifteen minutes after the last page, and not before', async () => {
    const handle = await begin();
    expect(await store.view(handle, now + 14 * MINUTE)).not.toBeNull();
    expect(await store.view(handle, now + 28 * MINUTE)).not.toBeNull();
    expect(await store.view(handle, now + 43 * MINUTE)).toBeNull();
  });

  it('twelve hours after sign-in, however busy', async () => {
    const handle = await begin();
    let at = now;
    while (at + 14 * MINUTE < now + 12 * HOUR) {
      at += 14 * MINUTE;
      expect(await store.view(handle, at)).not.toBeNull();
    }
    expect(await store.view(handle, now + 12 * HOUR - 1)).not.toBeNull();
    expect(await store.view(handle, now + 12 * HOUR)).toBeNull();
  });

  it('TOK-12 and UIN-2 no later for a code that is redeemed and a token that is shown', async () => {
    const handle = await begin();
    const text = await code(handle);
    const { accessToken, release } = await redeemed(text, now + 4 * MINUTE);
    expect(release.sessionEndsAt).toBe(now + 15 * MINUTE);
    expect(await store.userinfo(accessToken, now + 14 * MINUTE)).not.toBeNull();
    expect(await store.view(handle, now + 15 * MINUTE)).toBeNull();
  });

  it('SE-3 tells the seconds left without adding any', async () => {
    const handle = await begin();
    expect(await store.peek(handle, now + 10 * MINUTE)).toBe(300);
    expect(await store.peek(handle, now + 14 * MINUTE)).toBe(60);
    expect(await store.view(handle, now + 15 * MINUTE)).toBeNull();
  });

  it('UIN-2 takes its tokens with it', async () => {
    const { accessToken } = await redeemed(await code(await begin()));
    expect(await store.userinfo(accessToken, now + 14 * MINUTE)).not.toBeNull();
    expect(await store.userinfo(accessToken, now + 15 * MINUTE)).toBeNull();
  });

  it('at sign-out: codes and tokens are dead, nothing is left on disk', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    const open = await code(handle);
    expect(await store.end(handle, now)).not.toBeNull();
    expect(await store.userinfo(accessToken, now)).toBeNull();
    expect(await refusal(open)).toBe('unknown');
    expect(await store.view(handle, now)).toBeNull();
    expect(await rows(handle)).toEqual([]);
  });

  it('from elsewhere only for its own account', async () => {
    const handle = await begin();
    expect(await store.endFor(handle.locator, 'somebody else', 'signed-out')).toBe(false);
    expect(await store.endFor(handle.locator, ACCOUNT, 'signed-out')).toBe(true);
    expect(await store.view(handle, now)).toBeNull();
  });

  it('leaves nothing behind when its alarm finds it over', async () => {
    const handle = await begin(now - 13 * HOUR);
    // Its time was over when the alarm was set, so it comes by itself.
    await expect.poll(() => rows(handle)).toEqual([]);
  });
});

describe('SE-5 the cookie', () => {
  const rotate = async (handle: SessionHandle, at = now) => {
    const grown = { kind: 'authenticated', method: 'backup_code', primary: false } as const;
    const rotated = await store.rotate(handle, at, [grown]);
    if (rotated === null) throw new Error('no session');
    return rotated;
  };

  it('changes when authentication grows; the one before works ten seconds more', async () => {
    const handle = await begin();
    const rotated = await store.rotate(handle, now, [
      { kind: 'authenticated', method: 'backup_code', primary: false },
    ]);
    if (rotated === null) throw new Error('no session');
    expect(await store.view(rotated.handle, now)).not.toBeNull();
    expect(await store.view(handle, now + 9 * SECOND)).not.toBeNull();
    expect(await store.view(handle, now + 10 * SECOND)).toBeNull();
    expect(await store.profile(rotated.handle, rotated.state)).not.toBeNull();
    expect(await store.profile(handle, rotated.state)).toBeNull();
  });

  it('from before the rotation still opens drafts and personal data, and issues codes that work', async () => {
    const handle = await begin();
    const before = await store.view(handle, now);
    if (before === null) throw new Error('no session');
    const value = await store.sealDraft(handle, before, 'pending', 'JBSWY3DP');
    await store.change(handle, now, [{ kind: 'draft', name: 'pending', value }]);
    const rotated = await rotate(handle);
    const late = await store.view(handle, now + SECOND);
    if (late === null) throw new Error('no session');
    expect(await store.openDraft(handle, late, 'pending')).toBe('JBSWY3DP');
    expect((await store.profile(handle, late))?.emails[0]?.address).toBe('pat@mailbox.test');
    // What the late request keeps is readable with the new cookie, and the other way round.
    const kept = await store.sealDraft(handle, late, 'late', 'kept');
    const changed = await store.change(handle, now + SECOND, [{ kind: 'draft', name: 'late', value: kept }]);
    expect(changed && (await store.openDraft(handle, changed, 'late'))).toBe('kept');
    const after = await store.view(rotated.handle, now + SECOND);
    expect(after && (await store.openDraft(rotated.handle, after, 'late'))).toBe('kept');
    expect((await redeemed(await code(handle, now + SECOND), now + SECOND)).profile).not.toBeNull();
  });

  it('is not rotated by the one before: who clicked twice gets the cookie of the first click', async () => {
    const handle = await begin();
    const first = await rotate(handle);
    const second = await rotate(handle, now + SECOND);
    expect(second.handle.secret).toEqual(first.handle.secret);
    expect(await store.profile(second.handle, second.state)).not.toBeNull();
    const late = await store.view(handle, now + SECOND);
    expect(late && store.successor(handle, late)).toEqual(first.handle);
    expect(await store.view(first.handle, now + HOUR / 10)).not.toBeNull();
  });

  it('is handed to nobody again once the browser has used it', async () => {
    const handle = await begin();
    const first = await rotate(handle);
    const current = await store.view(first.handle, now);
    expect(current && store.successor(first.handle, current)).toBeNull();
    const late = await store.view(handle, now + SECOND);
    expect(late && store.successor(handle, late)).toBeNull();
    const again = await rotate(handle, now + SECOND);
    expect(again.handle.secret).toEqual(handle.secret);
    expect(await store.profile(again.handle, again.state)).not.toBeNull();
    expect(await store.view(first.handle, now + SECOND)).not.toBeNull();
    expect(await store.view(handle, now + 10 * SECOND)).toBeNull();
  });

  it('opens nothing with another secret', async () => {
    const handle = await begin();
    const forged = { ...handle, secret: new Uint8Array(32) };
    expect(await store.view(forged, now)).toBeNull();
    expect((await store.ask(forged, askForCode(now, null))).kind).toBe('no-session');
    expect(await store.change(forged, now, [{ kind: 'reminded', what: 'x' }])).toBeNull();
    expect(await store.end(forged, now)).toBeNull();
    expect(await store.view(handle, now)).not.toBeNull();
  });

  it('is read back from its own line and from no altered one', async () => {
    const handle = await begin();
    const line = store.toCookie(handle).split(';')[0] ?? '';
    expect(line.startsWith('__Host-gh_session=')).toBe(true);
    expect(store.fromCookie(line)?.locator).toBe(handle.locator);
    const foreign = `__Host-gh_session=${toBase64Url(new Uint8Array(24))}${toBase64Url(handle.secret)}`;
    expect(store.fromCookie(foreign)).toBeNull();
    expect(store.fromCookie(line.slice(0, -1))).toBeNull();
  });

  it('does not open an access token altered in one character', async () => {
    const { accessToken } = await redeemed(await code(await begin()));
    const at = accessToken.length - 5;
    const altered = `${accessToken.slice(0, at)}${accessToken[at] === 'A' ? 'B' : 'A'}${accessToken.slice(at + 1)}`;
    expect(await store.userinfo(altered, now)).toBeNull();
  });
});

describe('personal data in the session', () => {
  it('is read anew after it changed elsewhere, and kept again', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    expect(await store.refreshFor(handle.locator, ACCOUNT, [], now)).toBe(true);
    expect((await store.userinfo(accessToken, now))?.profile).toBeNull();
    const state = await store.view(handle, now);
    if (state === null) throw new Error('no session');
    expect(await store.profile(handle, state)).toBeNull();
    const sealed = await store.sealProfile(handle, state, {
      emails: [{ id: 'email-2', address: 'new@mailbox.test', lastSignInAt: null }],
      x509: null,
    });
    await store.change(handle, now, [{ kind: 'sealed', sealed: sealed ?? '' }]);
    expect((await store.userinfo(accessToken, now))?.profile?.emails[0]?.address).toBe('new@mailbox.test');
  });

  it('stays as it is when an agreement elsewhere says which of it is shared (CNS-4)', async () => {
    const handle = await begin();
    const { accessToken } = await redeemed(await code(handle));
    const link = { subject: SUBJECT, agreed: ['email'], consentedAt: now, revoked: false } as const;
    const told = { ...link, emailId: 'email-2' };
    await store.refreshFor(handle.locator, ACCOUNT, [{ kind: 'link', app: APP, link: told }], now);
    const opened = await store.userinfo(accessToken, now);
    expect(opened?.release.emailId).toBe('email-2');
    expect(opened?.profile?.emails).toHaveLength(1);
  });

  it('is nowhere readable in what the object stores', async () => {
    const handle = await begin();
    await redeemed(await code(handle));
    const stored = await runInDurableObject(stubOf(handle), (_object, state) =>
      JSON.stringify([...state.storage.kv.list()]),
    );
    expect(stored).not.toContain('mailbox.test');
    expect(stored).not.toContain(toBase64Url(handle.secret));
  });

  it('keeps drafts sealed', async () => {
    const handle = await begin();
    const state = await store.view(handle, now);
    if (state === null) throw new Error('no session');
    const value = await store.sealDraft(handle, state, 'totp', 'JBSWY3DP');
    const changed = await store.change(handle, now, [{ kind: 'draft', name: 'totp', value }]);
    if (changed === null) throw new Error('no session');
    expect(value).not.toContain('JBSWY3DP');
    expect(await store.openDraft(handle, changed, 'totp')).toBe('JBSWY3DP');
    expect(await store.openDraft(handle, { ...changed, drafts: { other: value } }, 'other')).toBeNull();
  });
});

describe('SE-6 a session that is ended before it begins', () => {
  it('does not begin any more: whoever ended all of them saw it listed', async () => {
    const reserved = store.reserve();
    expect(await store.endFor(reserved.locator, ACCOUNT, 'signed-out')).toBe(false);
    await expect(store.begin(sessionStart(now), now, reserved)).rejects.toThrow();
    expect(await store.view(reserved, now)).toBeNull();
  });

  it('nor after the object was moved or restarted in between', async () => {
    const reserved = store.reserve();
    await store.endFor(reserved.locator, ACCOUNT, 'signed-out');
    await crash(reserved);
    await expect(store.begin(sessionStart(now), now, reserved)).rejects.toThrow();
    expect(await store.view(reserved, now)).toBeNull();
  });

  it('is forgotten once no sign-in can be under way any more', async () => {
    const reserved = store.reserve();
    await store.endFor(reserved.locator, ACCOUNT, 'signed-out');
    expect(await runDurableObjectAlarm(stubOf(reserved))).toBe(true);
    expect(await rows(reserved)).toEqual([]);
  });
});

describe('SE-6 what is written while a session is ended', () => {
  /** Everything a browser, an app or another session could write, all at once and all the time. */
  const writers = (handle: SessionHandle, text: string) => [
    () => store.ask(handle, askForCode(now, sha256Base64Url(VERIFIER))),
    () => store.change(handle, now, [{ kind: 'authenticated', method: 'totp', primary: true }]),
    () => store.rotate(handle, now, []),
    () => store.view(handle, now + 60_000),
    () => store.redeem(text, RIGHT, now),
    () => store.refreshFor(handle.locator, ACCOUNT, [], now),
  ];

  it.each(['from its browser', 'from elsewhere'])('%s comes to nothing', async (from) => {
    const handle = await begin();
    const text = await code(handle);
    const end =
      from === 'from elsewhere'
        ? () => store.endFor(handle.locator, ACCOUNT, 'password')
        : () => store.end(handle, now);
    const before = writers(handle, text).map((write) => write().catch(() => null));
    const ended = end();
    const after = writers(handle, text).map((write) => write().catch(() => null));
    await Promise.all([...before, ended, ...after]);
    for (const write of writers(handle, text)) await write();
    // Fresh codes and times seen are written a moment later than they take effect.
    await pause(PAST_THE_FLUSH);
    expect(await rows(handle)).toEqual(from === 'from elsewhere' ? ['ended'] : []);
    expect(await store.view(handle, now)).toBeNull();
    expect(await refusal(text)).toBe('unknown');
  });
});
