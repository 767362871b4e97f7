import { utf8 } from '../../kernel/bytes.ts';
import { err, type Result } from '../../kernel/result.ts';
import { MAX_ENCODED_LENGTH } from '../limits.ts';
import { decodeBase64, toBase64 } from '../xml/base64.ts';
import { inflateRaw } from '../xml/inflate.ts';
import { messageRules } from '../xml/limits.ts';
import { readXml, type XmlDocument } from '../xml/read.ts';
import type { XmlReason } from '../xml/refusal.ts';

/** Why a message could not be read. */
export type DecodeRefusal = { readonly reason: 'message_too_long' | 'not_base64' | XmlReason };

const ALPHABET = /^[A-Za-z0-9+/]*={0,2}$/;
/** White space, and the two-character spellings of line ends that some toolkits leave in (T2). */
const DROPPED = /[ \t\r\n\f\v]+|\\[rn]/g;

/**
 * SAML Bindings sections 3.4.4.1 and 3.5.4, T1 to T4: base64, then raw deflate when it is that, then XML. Both
 * bindings accept both forms, because common toolkits deflate in the POST binding too. Limits hold at every stage.
 */
export function decodeMessage(encoded: string): Result<XmlDocument, DecodeRefusal> {
  if (encoded.length > MAX_ENCODED_LENGTH) return err({ reason: 'message_too_long' });
  const packed = ALPHABET.test(encoded) ? encoded : encoded.replace(DROPPED, '');
  if (packed === '' || !ALPHABET.test(packed)) return err({ reason: 'not_base64' });
  const padding = packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0;
  if ((packed.length - padding) % 4 === 1) return err({ reason: 'not_base64' });
  const bytes = decodeBase64(packed);
  const inflated = inflateRaw(bytes, messageRules.limits.bytes);
  if (!inflated.ok && inflated.error.reason === 'too_large') return err({ reason: 'too_large' });
  return readXml(inflated.ok && inflated.value.length > 0 ? inflated.value : bytes, messageRules);
}

/** How a message travels in a form or answer: base64 of its UTF-8 bytes, not deflated (P1). */
export const encodeMessage = (xml: string): string => toBase64(utf8(xml));
