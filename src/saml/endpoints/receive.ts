import type { App } from '../../apps/model.ts';
import { isOidc } from '../../apps/model.ts';
import { readText } from '../../kernel/read-text.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { AppContext } from '../../signin/endpoints/visit.tsx';
import { MAX_BODY_BYTES, MAX_QUERY_LENGTH, MAX_RELAY_STATE_BYTES } from '../limits.ts';
import type { SamlPorts } from '../ports.ts';
import { hasOption } from '../rules/app-options.ts';
import { checkSignature, type SignatureVerdict } from '../rules/check-signature.ts';
import { type SamlError, shapeErrors, UNREADABLE } from '../rules/errors.ts';
import { decodeMessage } from '../wire/decode-message.ts';
import type { MessageHead, ShapeRefusal } from '../wire/message-shape.ts';
import { type Parameters, readMessageParameters } from '../wire/read-parameters.ts';
import { readSamlTime, samlTime } from '../wire/saml-time.ts';
import type { XmlElement } from '../xml/tree.ts';
import { verificationKeysOf } from './app-keys.ts';

/** What came with a request, read once. */
export interface Incoming {
  readonly query: string;
  readonly parameters: Parameters;
  /** Null when the parameter was absent; the empty string when it was empty (R1). */
  readonly relayState: string | null;
}

/** The query of an address, without its question mark. */
export const queryOf = (url: string): string => {
  const at = url.indexOf('?');
  return at === -1 ? '' : url.slice(at + 1);
};

/** E2, T4, T5, R1: the parameters of a request; a form counts only where one may be posted. */
export async function readIncoming(c: AppContext): Promise<Result<Incoming, readonly SamlError[]>> {
  const query = queryOf(c.req.url);
  if (query.length > MAX_QUERY_LENGTH) return err(UNREADABLE);
  let form: string | null = null;
  const type = (c.req.header('content-type') ?? '').toLowerCase();
  if (c.req.method === 'POST' && type.startsWith('application/x-www-form-urlencoded')) {
    form = await readText(c.req.raw, MAX_BODY_BYTES);
    if (form === null) return err(UNREADABLE);
  }
  const parameters = readMessageParameters(query, form);
  if (!parameters.ok) return err(UNREADABLE);
  const relayState = parameters.value.get('RelayState')?.value ?? null;
  if (relayState !== null && Buffer.byteLength(relayState) > MAX_RELAY_STATE_BYTES)
    return err(['relay_state_too_long']);
  return ok({ query, parameters: parameters.value, relayState });
}

/** A message from a registered app, and how far it is vouched for. */
export interface Received<T> {
  readonly app: App;
  /** Read from what the signature covered wherever one verified (S16). */
  readonly message: T;
  readonly signature: SignatureVerdict;
}

/**
 * X7, A1, S4 to S16: decodes the message, finds the app it says it is from, checks its signature with that app's keys,
 * and reads it anew from what was signed. What it says before that decides nothing but whose keys are tried.
 */
export async function receive<T extends MessageHead>(
  ports: SamlPorts,
  parameters: Parameters,
  read: (root: XmlElement) => Result<T, ShapeRefusal>,
): Promise<Result<Received<T>, readonly SamlError[]>> {
  const encoded = parameters.get('SAMLRequest')?.value;
  if (encoded === undefined) return err(UNREADABLE);
  const document = decodeMessage(encoded);
  if (!document.ok) {
    ports.log('saml_message_unreadable', { reason: document.error.reason });
    return err(UNREADABLE);
  }
  const claimed = read(document.value.root);
  if (!claimed.ok) {
    ports.log('saml_message_unreadable', { reason: claimed.error.reason });
    return err(shapeErrors(claimed.error.reason));
  }
  const { issuer } = claimed.value;
  if (issuer === null || issuer === '') return err(['issuer_missing_or_invalid']);
  const app = await ports.findAppByIssuer(issuer);
  if (app === null || isOidc(app)) return err(['unauthorized_service_provider']);

  const options = { allowSha1Digest: hasOption(app, 'allow_sha1_digest') };
  const signature = await checkSignature(document.value, parameters, await verificationKeysOf(app), options);
  if (signature.kind === 'failed')
    ports.log('saml_signature_failed', { app: app.uuid, reason: signature.reason });
  if (signature.kind === 'verified' && signature.digest === 'sha1')
    ports.log('saml_sha1_digest', { app: app.uuid });
  const message = signature.root === document.value.root ? claimed : read(signature.root);
  if (!message.ok) return err(shapeErrors(message.error.reason));
  if (message.value.issuer !== app.issuer) return err(['unauthorized_service_provider']);
  // X8: spelled anew, since it is an app's text.
  const issuedAt = readSamlTime(message.value.issueInstant ?? '');
  ports.log('saml_request', {
    app: app.uuid,
    ...(issuedAt === null ? {} : { issued_at: samlTime(issuedAt) }),
  });
  return ok({ app, message: message.value, signature });
}
