import { scrypt as nodeScrypt } from 'node:crypto';
import type { Passwords } from '../accounts/ports/passwords.ts';
import { decodePhc, encodePhc, recordOf } from '../accounts/rules/password-phc.ts';
import {
  derivePassword,
  newPasswordRecord,
  PASSWORD_COST,
  type PasswordStandard,
  verifyPassword,
} from '../accounts/rules/password-record.ts';
import { fromUtf8, utf8 } from '../kernel/bytes.ts';
import type { Scrypt } from '../kernel/scrypt.ts';
import type { Environment } from '../signin/ports.ts';
import type { Keyholder } from './keys/keyholder.ts';
import { randomBytes } from './random.ts';

/** Derivations waiting for the one thread of this isolate; beyond them we ask people to try again (platform PW-3). */
const MAX_QUEUED = 8;

/** More password derivations were asked for than this isolate should queue. Answered with 503 and Retry-After. */
export class PasswordQueueFull extends Error {
  override readonly name = 'PasswordQueueFull';
}

/** scrypt of the runtime; it blocks the isolate for its whole cost. */
export const scrypt: Scrypt = (password, salt, { N, r, p, length }) =>
  new Promise((resolve, reject) => {
    nodeScrypt(password, salt, length, { N, r, p, maxmem: 128 * N * r + 32 * 1024 * 1024 }, (error, key) => {
      if (error === null) resolve(new Uint8Array(key));
      else reject(error);
    });
  });

/** A salt for accounts that do not exist: their password costs the same to refuse (AE-2). */
const NOBODY = new Uint8Array(16);

/**
 * The sealed verifier of a record, and the version of the root its pepper comes from: the one that sealed it, unless it was
 * sealed anew since, which `p<version>.` before it tells.
 */
function readVerifier(hash: Uint8Array): { readonly sealed: string; readonly pepperVersion: number } | null {
  const text = fromUtf8(hash);
  const match = text === null ? null : /^(?:p(\d+)\.)?(g1\.(\d+)\..+)$/.exec(text);
  if (match === null) return null;
  const [, pepper, sealed = '', version] = match;
  return { sealed, pepperVersion: Number(pepper ?? version) };
}

/** A stored record with its verifier sealed under the newest root; the pepper stays what it was. Null: it does not open. */
export async function resealPassword(
  keys: Keyholder,
  account: string,
  stored: string,
): Promise<string | null> {
  const phc = decodePhc(stored);
  const held = phc === null ? null : readVerifier(phc.hash);
  if (phc === null || held === null) return null;
  const context = { owner: account, record: 'verifier' };
  const verifier = await keys.open('password', context, held.sealed);
  if (verifier === null) return null;
  const sealed = await keys.seal('password', context, verifier);
  const apart = held.pepperVersion === keys.currentVersion ? '' : `p${held.pepperVersion}.`;
  return encodePhc({ ...phc, hash: utf8(`${apart}${sealed}`) });
}

/** Password records: scrypt under a pepper, the verifier sealed to its account. `testCost` lowers ln in `test` and `local` only. */
export function passwords(
  keys: Keyholder,
  environment: Environment,
  testCost: string | undefined,
): Passwords {
  const forTests = environment === 'test' || environment === 'local';
  const ln = forTests && testCost !== undefined ? Number(testCost) : PASSWORD_COST.ln;
  const standard: PasswordStandard = { ...PASSWORD_COST, ln, pepperVersion: keys.currentVersion };
  const findPepper = (version: number) => keys.pepper(version);
  let queued = 0;
  const queue = async <T>(work: () => Promise<T>): Promise<T> => {
    if (queued >= MAX_QUEUED) throw new PasswordQueueFull('too many password derivations');
    queued += 1;
    try {
      return await work();
    } finally {
      queued -= 1;
    }
  };
  const make: Passwords['make'] = (account, password) =>
    queue(async () => {
      const record = newPasswordRecord(randomBytes, standard);
      const derived = await derivePassword(password, record, scrypt, findPepper);
      if (derived === null) throw new Error('a password passed the policy that cannot be derived');
      const sealed = await keys.seal('password', { owner: account, record: 'verifier' }, derived.verifier);
      if (derived.dataKey === null) throw new Error('a record of our own yields a data key');
      return { record: encodePhc({ ...record, hash: utf8(sealed) }), dataKey: derived.dataKey };
    });
  const refused = { matches: false, dataKey: null, upgraded: null } as const;
  const refuse = async (password: string): Promise<typeof refused> => {
    await queue(() => derivePassword(password, { v: 1, ...standard, salt: NOBODY }, scrypt, findPepper));
    return refused;
  };
  return {
    make,
    async verify(account, stored, password) {
      const phc = stored === null ? null : decodePhc(stored);
      const held = phc === null ? null : readVerifier(phc.hash);
      if (account === null || phc === null || held === null) return refuse(password);
      const verifier = await keys.open('password', { owner: account, record: 'verifier' }, held.sealed);
      if (verifier === null) throw new Error('a password record does not open under its account');
      const record = recordOf(phc, held.pepperVersion);
      const checked = await queue(() =>
        verifyPassword(password, record, verifier, standard, { scrypt, findPepper }),
      );
      if (!checked.ok) return refused;
      const { keys: derived, rehash } = checked.value;
      return {
        matches: true,
        dataKey: derived.dataKey,
        upgraded: rehash ? await make(account, password) : null,
      };
    },
  };
}
