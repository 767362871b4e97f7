import { utf8 } from '../../kernel/bytes.ts';
import type { VerifiedIdentity } from '../model.ts';

/** A whole identity as JSON. It rides in every session of its owner, so it stays far below what one record may hold. */
export const IDENTITY_BYTES_MAX = 16 * 1024;

/** An identity as the JSON that is encrypted. Throws on one that is too large: nothing that passed a form is. */
export function writeIdentity(identity: VerifiedIdentity): string {
  const text = JSON.stringify(identity);
  if (utf8(text).length > IDENTITY_BYTES_MAX)
    throw new Error('an identity is larger than a session may carry');
  return text;
}
