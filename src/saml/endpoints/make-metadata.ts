import { utf8 } from '../../kernel/bytes.ts';
import type { RandomBytes } from '../../kernel/ports.ts';
import type { MakeMetadata } from '../ports.ts';
import { messageId } from '../rules/uuid.ts';
import { entityIdOf, type Operator, writeMetadata } from '../wire/metadata.ts';
import { verificationKey } from '../xml/keys.ts';
import { metadataRules } from '../xml/limits.ts';
import { readXml } from '../xml/read.ts';
import { signWith } from '../xml/sign.ts';
import { attributeOf } from '../xml/tree.ts';
import { verifyEnvelopedSignature } from '../xml/verify.ts';

/**
 * M1, Y9: makes the metadata of a year, then reads it back as anybody would and verifies it with the certificate it
 * publishes. A key that does not fit its certificate is found here, before anything opens.
 */
export const metadataMaker =
  (origin: string, operator: Operator, random: RandomBytes): MakeMetadata =>
  async ({ year, key, certificates }) => {
    const signer = { sign: signWith(key), certificate: certificates[0] };
    const content = { id: messageId(random(16)), origin, year, certificates, operator, full: null };
    const text = await writeMetadata(content, signer);
    const document = readXml(utf8(text), metadataRules);
    const published = await verificationKey(Buffer.from(certificates[0], 'base64'));
    if (!document.ok || !published.ok) throw new Error(`metadata of ${year} cannot be read back`);
    const verified = await verifyEnvelopedSignature(document.value, [published.value]);
    const isOurs = verified.ok && attributeOf(verified.value.root, 'entityID') === entityIdOf(origin);
    if (!isOurs) throw new Error(`metadata of ${year} does not verify`);
    return text;
  };
