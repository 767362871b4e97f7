import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import type { BatchItem } from 'drizzle-orm/batch';
import { audit } from '../../apps/tables.ts';
import { toHex, utf8 } from '../../kernel/bytes.ts';
import { sha256 } from '../../kernel/crypto.ts';
import { type EpochMs, MINUTE } from '../../kernel/time.ts';
import type { OidcKeys, PublicJwk, SigningKey } from '../../oidc/ports.ts';
import type { Database, PickDatabase } from '../d1/database.ts';
import { isMissingValue, isUniqueViolation } from '../d1/database.ts';
import type { Keyholder } from './keyholder.ts';
import { dueMoves, publicationOrder } from './rotation.ts';
import { type KeyState, signingKeys } from './tables.ts';

const RSA = { name: 'RSASSA-PKCS1-v1_5', hash: 'SHA-256' } as const;
/** How long an isolate trusts its copy of the ring. */
const RING_AGE_MS = MINUTE;
const JWKS_KEY = 'oidc/jwks';
const SELF_TEST = utf8('gatehouse key self-test');

/** A key as operators see it. */
export interface KeyInfo {
  readonly kid: string;
  readonly use: 'oidc' | 'saml';
  readonly state: KeyState;
  readonly createdAt: EpochMs;
  readonly activatedAt: EpochMs | null;
  readonly retiringAt: EpochMs | null;
  readonly createdBy: string;
}

/** Who moves a key, when and why; every move leaves an audit line (O14). */
export interface Ceremony {
  readonly actor: string;
  readonly reason: string;
  readonly now: EpochMs;
}

/** Moving keys by hand; the calendar uses the same verbs. */
export interface KeyRing extends OidcKeys {
  readonly list: () => Promise<readonly KeyInfo[]>;
  /** Publishes a successor; with `force` it signs at once and the predecessor stops (a compromise: it is not published any more). */
  readonly rotate: (input: { readonly force: boolean; readonly by: Ceremony }) => Promise<KeyInfo>;
  readonly activate: (kid: string, by: Ceremony) => Promise<boolean>;
  readonly retire: (kid: string, by: Ceremony) => Promise<boolean>;
  /** Whatever the calendar asks at `now`. */
  readonly keepCalendar: (now: EpochMs) => Promise<readonly string[]>;
}

interface Ring {
  readonly loadedAt: number;
  readonly signing: SigningKey;
  readonly published: readonly PublicJwk[];
}

type Row = typeof signingKeys.$inferSelect;

/** The OIDC key ring: sealed private keys in D1, public ones in KV and isolate memory. */
export function keyRing(pick: PickDatabase, keys: Keyholder, kv: KVNamespace, clock: () => EpochMs): KeyRing {
  const db = (): Database => pick({ shared: 'keys' });
  let ring: Ring | null = null;
  /** The published set as KV had it, for isolates that never sign. */
  let fetched: { readonly at: number; readonly keys: readonly PublicJwk[] } | null = null;

  const publicOf = (row: Row): PublicJwk => {
    const { n, e }: { n: string; e: string } = JSON.parse(row.publicJwk);
    return { alg: 'RS256', use: 'sig', kty: 'RSA', kid: row.kid, n, e };
  };
  const infoOf = ({ kid, use, state, createdAt, activatedAt, retiringAt, createdBy }: Row): KeyInfo => ({
    kid,
    use,
    state,
    createdAt,
    activatedAt,
    retiringAt,
    createdBy,
  });
  const rows = async (): Promise<readonly Row[]> => {
    const all = await db().select().from(signingKeys).where(eq(signingKeys.use, 'oidc'));
    return all
      .filter((row) => row.state !== 'retired')
      .sort((a, b) => publicationOrder(a.state) - publicationOrder(b.state) || b.createdAt - a.createdAt);
  };

  const make = async (state: 'active' | 'pending', actor: string, now: EpochMs) => {
    const pair = await crypto.subtle.generateKey(
      { ...RSA, modulusLength: 2048, publicExponent: new Uint8Array([1, 0, 1]) },
      true,
      ['sign', 'verify'],
    );
    if (!('privateKey' in pair)) throw new Error('key generation gave no pair');
    const jwk = await crypto.subtle.exportKey('jwk', pair.publicKey);
    if (jwk instanceof ArrayBuffer || jwk.n === undefined || jwk.e === undefined)
      throw new Error('key generation gave no RSA key');
    const pkcs8 = await crypto.subtle.exportKey('pkcs8', pair.privateKey);
    if (!(pkcs8 instanceof ArrayBuffer)) throw new Error('key export failed');
    const kid = toHex(sha256(`${jwk.n}.${jwk.e}`));
    const row: typeof signingKeys.$inferInsert = {
      kid,
      use: 'oidc',
      alg: 'RS256',
      publicJwk: JSON.stringify({ n: jwk.n, e: jwk.e }),
      sealed: await keys.seal('signing-key', { owner: 'oidc', record: kid }, new Uint8Array(pkcs8)),
      state,
      createdAt: now,
      activatedAt: state === 'active' ? now : null,
      createdBy: actor,
    };
    return row;
  };

  const unseal = async (row: Row): Promise<SigningKey> => {
    const pkcs8 = await keys.open('signing-key', { owner: 'oidc', record: row.kid }, row.sealed);
    if (pkcs8 === null) throw new KeysDoNotOpen();
    const key = await crypto.subtle.importKey('pkcs8', pkcs8, RSA, false, ['sign']);
    const { n, e } = publicOf(row);
    const verifier = await crypto.subtle.importKey('jwk', { kty: 'RSA', n, e }, RSA, false, ['verify']);
    const signature = await crypto.subtle.sign(RSA, key, SELF_TEST);
    if (!(await crypto.subtle.verify(RSA, verifier, signature, SELF_TEST)))
      throw new Error('a signing key does not match its public half');
    return { kid: row.kid, key };
  };

  const publish = async (current: readonly Row[]): Promise<void> => {
    await kv.put(JWKS_KEY, JSON.stringify({ keys: current.map(publicOf) }));
  };

  const load = async (): Promise<Ring> => {
    let current = await rows();
    if (!current.some((row) => row.state === 'active')) {
      try {
        await db()
          .insert(signingKeys)
          .values(await make('active', 'first use', clock()));
      } catch (error) {
        // Another isolate was faster; the unique index kept one of the two.
        if (!isUniqueViolation(error)) throw error;
      }
      current = await rows();
      await publish(current);
    }
    const active = current.find((row) => row.state === 'active');
    if (active === undefined) throw new Error('no active signing key');
    const signing = ring?.signing.kid === active.kid ? ring.signing : await unseal(active);
    ring = { loadedAt: Date.now(), signing, published: current.map(publicOf) };
    return ring;
  };
  // Each request waits for its own load: a pending promise must not be shared between requests. When the database
  // does not answer, an aged ring serves on; signatures stay right, only a rotation is noticed later.
  const current = async (): Promise<Ring> => {
    if (ring !== null && Date.now() - ring.loadedAt < RING_AGE_MS) return ring;
    const before = ring;
    try {
      return await load();
    } catch (error) {
      if (before === null || error instanceof KeysDoNotOpen) throw error;
      ring = { ...before, loadedAt: Date.now() };
      return ring;
    }
  };
  const changed = async (): Promise<void> => {
    ring = null;
    fetched = null;
    await load();
    await publish(await rows());
  };

  const auditLine = (action: string, itemId: string | SQL<string>, { actor, reason, now }: Ceremony) =>
    db()
      .insert(audit)
      .values({
        time: now,
        actor,
        action,
        itemType: 'signing_key',
        itemId,
        before: null,
        after: null,
        changes: { reason: [null, reason] },
      });
  /**
   * Moves a key out of one of these states and writes that down. Without a key in them the line has no item and fails, and
   * the whole batch with it: of two operators one wins, and history tells of no move that was not made.
   */
  const move = async (
    action: string,
    kid: string,
    from: readonly KeyState[],
    by: Ceremony,
    changes: readonly [BatchItem<'sqlite'>, ...BatchItem<'sqlite'>[]],
  ): Promise<boolean> => {
    const there = and(
      eq(signingKeys.kid, kid),
      eq(signingKeys.use, 'oidc'),
      inArray(signingKeys.state, [...from]),
    );
    try {
      const item = sql<string>`(SELECT ${signingKeys.kid} FROM ${signingKeys} WHERE ${there})`;
      await db().batch([auditLine(action, item, by), ...changes]);
    } catch (error) {
      if (isMissingValue(error, 'audit.item_id')) return false;
      throw error;
    }
    await changed();
    return true;
  };

  const create = async (by: Ceremony): Promise<string> => {
    const row = await make('pending', by.actor, by.now);
    await db().batch([db().insert(signingKeys).values(row), auditLine('create', row.kid, by)]);
    return row.kid;
  };
  const activate = async (kid: string, by: Ceremony): Promise<boolean> => {
    const successor = (await rows()).find((row) => row.kid === kid && row.state === 'pending');
    if (successor === undefined) return false;
    // O8: a key that does not open or does not match its public half never takes over.
    await unseal(successor);
    return move('activate', kid, ['pending'], by, [
      db()
        .update(signingKeys)
        .set({ state: 'retiring', retiringAt: by.now })
        .where(and(eq(signingKeys.use, 'oidc'), eq(signingKeys.state, 'active'))),
      db().update(signingKeys).set({ state: 'active', activatedAt: by.now }).where(eq(signingKeys.kid, kid)),
    ]);
  };
  const retire = (kid: string, by: Ceremony): Promise<boolean> =>
    move('retire', kid, ['pending', 'retiring'], by, [
      db().update(signingKeys).set({ state: 'retired', retiredAt: by.now }).where(eq(signingKeys.kid, kid)),
    ]);
  const info = async (kid: string): Promise<KeyInfo> => {
    const [row] = await db().select().from(signingKeys).where(eq(signingKeys.kid, kid));
    if (row === undefined) throw new Error('a key vanished while it was moved');
    return infoOf(row);
  };

  return {
    signing: async () => (await current()).signing,
    published: async () => {
      if (ring !== null) return (await current()).published;
      // Relying parties fetch the set far more often than we sign: KV answers a cold isolate without D1.
      if (fetched !== null && Date.now() - fetched.at < RING_AGE_MS) return fetched.keys;
      const cached = await kv.get<{ keys: readonly PublicJwk[] }>(JWKS_KEY, { type: 'json', cacheTtl: 300 });
      if (cached === null) return (await current()).published;
      fetched = { at: Date.now(), keys: cached.keys };
      return fetched.keys;
    },
    async list() {
      const all = await db().select().from(signingKeys).orderBy(signingKeys.createdAt);
      return all.map(infoOf);
    },
    async rotate({ force, by }) {
      const kid = await create(by);
      if (force) {
        const before = (await rows()).find((other) => other.state === 'active');
        await activate(kid, by);
        if (before !== undefined) await retire(before.kid, by);
      } else {
        await changed();
      }
      return info(kid);
    },
    activate,
    retire,
    async keepCalendar(now) {
      const by: Ceremony = { actor: 'calendar', reason: 'due', now };
      const done: string[] = [];
      for (const move of dueMoves(await rows(), now)) {
        if (move.kind === 'create') {
          const kid = await create(by);
          await changed();
          done.push(`created ${kid}`);
        } else if (move.kind === 'activate') {
          await activate(move.kid, by);
          done.push(`activated ${move.kid}`);
        } else {
          await retire(move.kid, by);
          done.push(`retired ${move.kid}`);
        }
      }
      return done;
    },
  };
}

/** The sealed keys were made under another root: this deployment's secrets and its data do not belong together (KY-8). */
export class KeysDoNotOpen extends Error {
  override readonly name = 'KeysDoNotOpen';
  constructor() {
    super(
      'the stored signing keys do not open under this ROOT secret; on a laptop, delete .wrangler/state or restore .dev.vars',
    );
  }
}
