import type { TokenFor } from '../../accounts/ports/mailed-links.ts';
import { toBase64Url } from '../../kernel/bytes.ts';
import { equalSecrets } from '../../kernel/crypto.ts';
import type { Keyholder } from '../keys/keyholder.ts';
import { randomBytes } from '../random.ts';

/** Length of a link's secret as text, and of what follows it in a token. */
const SECRET_LENGTH = 32;
const PROOF_LENGTH = 22;

/** Whose link it is. */
interface Owner {
  readonly kind: string;
  readonly account: string;
}

/**
 * PI-31: tokens of mailed links. One is a secret, of which the row keeps a keyed digest, and a proof that it was made for
 * this account and this address. So whoever writes to the database makes no link and turns none over to somebody else, and
 * each address has a token of its own.
 */
export function linkTokens(keys: Keyholder) {
  const digestsOf = (parts: readonly string[]): readonly [string, ...string[]] => {
    const value = JSON.stringify(parts);
    return [keys.fingerprint('link', value), ...keys.previousFingerprints('link', value)];
  };
  const secretOf = (token: string): string => token.slice(0, SECRET_LENGTH);
  /** The digests under which a token's row may stand, the one of the newest root first. */
  const digests = (kind: string, token: string) => digestsOf([kind, secretOf(token)]);
  const proofs = ({ kind, account }: Owner, secret: string, emailId: string): readonly string[] =>
    digestsOf([kind, secret, account, emailId]).map((digest) => digest.slice(0, PROOF_LENGTH));

  return {
    digests,
    /** A new secret: its row's digest, and the tokens. */
    create(owner: Owner): { readonly digest: string; readonly tokenFor: TokenFor } {
      const secret = toBase64Url(randomBytes((SECRET_LENGTH / 4) * 3));
      return {
        digest: digests(owner.kind, secret)[0],
        tokenFor: (emailId) => `${secret}${proofs(owner, secret, emailId)[0]}`,
      };
    },
    /** Whether a token was made for this account and address. */
    isFor: (owner: Owner, token: string, emailId: string): boolean =>
      proofs(owner, secretOf(token), emailId).some((proof) =>
        equalSecrets(proof, token.slice(SECRET_LENGTH)),
      ),
  };
}
