import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

/** CBOR as an authenticator writes it: canonical, no more than COSE keys and attestation objects need. */
export type Cbor =
  | number
  | string
  | boolean
  | Uint8Array
  | readonly Cbor[]
  | ReadonlyMap<number | string, Cbor>;

const head = (major: number, count: number): Buffer => {
  const first = major << 5;
  if (count < 24) return Buffer.from([first | count]);
  if (count < 256) return Buffer.from([first | 24, count]);
  if (count < 65_536) return Buffer.from([first | 25, count >> 8, count & 255]);
  const long = Buffer.alloc(5, first | 26);
  long.writeUInt32BE(count, 1);
  return long;
};

/** Encodes a value in the order given. */
export function encodeCbor(value: Cbor): Buffer {
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'boolean') return Buffer.from([value ? 0xf5 : 0xf4]);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  if (value instanceof Map) {
    const parts = [...value].flatMap(([key, item]) => [encodeCbor(key), encodeCbor(item)]);
    return Buffer.concat([head(5, value.size), ...parts]);
  }
  const items = value as readonly Cbor[]; // Arrays are all that is left; `Array.isArray` does not narrow read-only ones.
  return Buffer.concat([head(4, items.length), ...items.map(encodeCbor)]);
}

/** Algorithms the software authenticator can sign with, by COSE number. */
const ALGORITHMS = {
  [-7]: { curve: 'P-256', cose: 1, hash: 'sha256' },
  [-35]: { curve: 'P-384', cose: 2, hash: 'sha384' },
  [-36]: { curve: 'P-521', cose: 3, hash: 'sha512' },
  [-37]: { pss: 32, hash: 'sha256' },
  [-38]: { pss: 48, hash: 'sha384' },
  [-39]: { pss: 64, hash: 'sha512' },
  [-257]: { hash: 'sha256' },
  [-8]: { hash: null },
} as const;
export type AlgorithmNumber = -7 | -35 | -36 | -37 | -38 | -39 | -257 | -8;
export const ALGORITHM_NUMBERS: readonly AlgorithmNumber[] = [-7, -35, -36, -37, -38, -39, -257, -8];

interface KeyPair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

/** Flags of authenticator data (WebAuthn section 6.1). */
export const FLAGS = {
  present: 1,
  verified: 4,
  eligible: 8,
  backedUp: 16,
  attested: 64,
  extensions: 128,
} as const;

const bytes = (text: string | undefined): Buffer => Buffer.from(text ?? '', 'base64url');
const digest = (data: Uint8Array | string): Buffer => createHash('sha256').update(data).digest();

function coseKey(algorithm: AlgorithmNumber, key: KeyObject): Buffer {
  const jwk = key.export({ format: 'jwk' });
  const told = ALGORITHMS[algorithm];
  if ('curve' in told) {
    return encodeCbor(
      new Map<number, Cbor>([
        [1, 2],
        [3, algorithm],
        [-1, told.cose],
        [-2, bytes(jwk.x)],
        [-3, bytes(jwk.y)],
      ]),
    );
  }
  return algorithm === -8
    ? encodeCbor(
        new Map<number, Cbor>([
          [1, 1],
          [3, -8],
          [-1, 6],
          [-2, bytes(jwk.x)],
        ]),
      )
    : encodeCbor(
        new Map<number, Cbor>([
          [1, 3],
          [3, algorithm],
          [-1, bytes(jwk.n)],
          [-2, bytes(jwk.e)],
        ]),
      );
}

function keyPair(algorithm: AlgorithmNumber): KeyPair {
  const told = ALGORITHMS[algorithm];
  if ('curve' in told) return generateKeyPairSync('ec', { namedCurve: told.curve });
  return algorithm === -8
    ? generateKeyPairSync('ed25519')
    : generateKeyPairSync('rsa', { modulusLength: 2048 });
}

function signWith(algorithm: AlgorithmNumber, key: KeyObject, data: Uint8Array): Buffer {
  const told = ALGORITHMS[algorithm];
  if (!('pss' in told)) return sign(told.hash, data, key);
  return sign(told.hash, data, { key, padding: 6 /* RSA_PKCS1_PSS_PADDING */, saltLength: told.pss });
}

/** How one ceremony is to differ from an honest one. */
export interface Twist {
  readonly origin?: string;
  readonly rpId?: string;
  readonly type?: string;
  readonly challenge?: string;
  readonly flags?: number;
  readonly signCount?: number;
  readonly crossOrigin?: boolean;
  readonly topOrigin?: string;
}

/** The fields our forms send after a ceremony, base64url. */
export type CeremonyFields = Readonly<Record<string, string>>;

/** One credential in an authenticator made of software. */
export class SoftwareAuthenticator {
  readonly id: Buffer;
  readonly pair: KeyPair;
  signCount = 0;
  userHandle: string | null = null;
  /** The secret of its PRF extension; null: it has none. */
  prfSecret: Buffer | null = null;
  private readonly origin: string;
  private readonly algorithm: AlgorithmNumber;
  private readonly transports: string;
  private readonly flags: number;

  constructor(options: {
    /** Of the site, without a trailing slash. */
    readonly origin: string;
    readonly algorithm?: AlgorithmNumber;
    readonly transports?: string;
    readonly flags?: number;
    readonly id?: Buffer;
    readonly privateKey?: KeyObject;
    readonly userHandle?: string;
  }) {
    this.origin = options.origin;
    this.algorithm = options.algorithm ?? -7;
    this.transports = options.transports ?? 'internal';
    this.flags = options.flags ?? FLAGS.present | FLAGS.verified;
    this.id = options.id ?? randomBytes(32);
    this.userHandle = options.userHandle ?? null;
    const key = options.privateKey;
    this.pair = key === undefined ? keyPair(this.algorithm) : { privateKey: key, publicKey: key };
  }

  publicKey(): Buffer {
    return coseKey(this.algorithm, this.pair.publicKey);
  }

  clientData(type: string, challenge: string, twist: Twist = {}): Buffer {
    const { crossOrigin = false, topOrigin } = twist;
    const data = {
      type: twist.type ?? type,
      challenge: twist.challenge ?? challenge,
      origin: twist.origin ?? this.origin,
    };
    return Buffer.from(
      JSON.stringify({ ...data, crossOrigin, ...(topOrigin === undefined ? {} : { topOrigin }) }),
    );
  }

  authenticatorData(twist: Twist, attested: Uint8Array = new Uint8Array()): Buffer {
    const count = Buffer.alloc(4);
    count.writeUInt32BE(twist.signCount ?? this.signCount);
    const flags = (twist.flags ?? this.flags) | (attested.length > 0 ? FLAGS.attested : 0);
    const rpId = twist.rpId ?? new URL(this.origin).hostname;
    return Buffer.concat([digest(rpId), Buffer.from([flags]), count, attested]);
  }

  /** `navigator.credentials.create`: what the set-up form sends. */
  register(challenge: string, twist: Twist = {}): CeremonyFields {
    const length = Buffer.alloc(2);
    length.writeUInt16BE(this.id.length);
    const attested = Buffer.concat([Buffer.alloc(16), length, this.id, this.publicKey()]);
    const object = new Map<string, Cbor>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', this.authenticatorData(twist, attested)],
    ]);
    return {
      client_data_json: this.clientData('webauthn.create', challenge, twist).toString('base64url'),
      attestation_object: encodeCbor(object).toString('base64url'),
      transports: this.transports,
    };
  }

  /** `navigator.credentials.get`: what the sign-in forms send. Counts, as authenticators of one piece do. */
  assert(challenge: string, twist: Twist = {}): CeremonyFields {
    if (twist.signCount === undefined) this.signCount += 1;
    const clientData = this.clientData('webauthn.get', challenge, twist);
    const data = this.authenticatorData(twist);
    const signature = signWith(
      this.algorithm,
      this.pair.privateKey,
      Buffer.concat([data, digest(clientData)]),
    );
    return {
      credential_id: this.id.toString('base64url'),
      client_data_json: clientData.toString('base64url'),
      authenticator_data: data.toString('base64url'),
      signature: signature.toString('base64url'),
      user_handle: this.userHandle ?? '',
      ...(this.prfSecret === null ? {} : { prf_output: digest(this.prfSecret).toString('base64url') }),
    };
  }
}
