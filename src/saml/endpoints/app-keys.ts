import type { App } from '../../apps/model.ts';
import { hasOption } from '../rules/app-options.ts';
import { fingerprintOf } from '../rules/check-signature.ts';
import {
  type EncryptionRecipient,
  encryptionRecipient,
  type VerificationKey,
  verificationKey,
} from '../xml/keys.ts';

type Certs = App['certs'];

/** Imported keys live as long as the registration they came from is held in memory. */
const verification = new WeakMap<Certs, readonly VerificationKey[]>();
const recipients = new WeakMap<Certs, Map<string, EncryptionRecipient | null>>();

/** S6: the keys that may have signed for an app, in the order of registration. Unusable certificates are left out. */
export async function verificationKeysOf({ certs }: Pick<App, 'certs'>): Promise<readonly VerificationKey[]> {
  const known = verification.get(certs);
  if (known !== undefined) return known;
  const imported = await Promise.all(certs.map((pem) => verificationKey(pem)));
  const keys = imported.flatMap((key) => (key.ok ? [key.value] : []));
  verification.set(certs, keys);
  return keys;
}

/**
 * C2: whom to encrypt to: the certificate that verified the request, else the first registered one; for an app whose
 * signing keys do not decrypt, the last (section 17). Null when the app has none that can be used any more.
 */
export async function recipientOf(app: App, fingerprint: string | null): Promise<EncryptionRecipient | null> {
  const keys = await verificationKeysOf(app);
  const chosen = hasOption(app, 'encrypt_to_last_cert')
    ? keys.at(-1)
    : (keys.find(({ certificate }) => fingerprintOf(certificate) === fingerprint) ?? keys[0]);
  if (chosen === undefined) return null;
  const transport = hasOption(app, 'oaep_sha256') ? 'rsa-oaep-sha256' : 'rsa-oaep-mgf1p';
  const name = `${transport} ${keys.indexOf(chosen)}`;
  const known = recipients.get(app.certs) ?? new Map<string, EncryptionRecipient | null>();
  recipients.set(app.certs, known);
  const held = known.get(name);
  if (held !== undefined) return held;
  const made = await encryptionRecipient(chosen.certificate, transport);
  known.set(name, made.ok ? made.value : null);
  return made.ok ? made.value : null;
}
