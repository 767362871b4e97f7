import type { RandomBytes } from '../../kernel/ports.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import { type EpochMs, SECOND } from '../../kernel/time.ts';
import { CONDITIONS_SECONDS, CONFIRMATION_SECONDS, NOT_BEFORE_SKEW_SECONDS } from '../limits.ts';
import type { SamlAttribute } from '../rules/released-attributes.ts';
import { messageId } from '../rules/uuid.ts';
import type { BlockEncryption } from '../xml/algorithms.ts';
import { encryptElement } from '../xml/encrypt.ts';
import type { EncryptionRecipient } from '../xml/keys.ts';
import { type Signer, signEnveloped } from '../xml/sign.ts';
import { templateWriter } from '../xml/template.ts';
import {
  type ElementToWrite,
  element,
  signatureHere,
  type WriteRefusal,
  type WrittenXml,
  writeXml,
} from '../xml/write.ts';
import { BEARER, CONSENT_UNSPECIFIED, SAML, SAMLP, STATUS_SUCCESS } from './names.ts';
import { samlTime } from './saml-time.ts';

/** What a Response says about itself, whatever it carries. */
export interface ResponseHead {
  readonly now: EpochMs;
  /** The entity id of the identity provider. */
  readonly issuer: string;
  /** The registered address it is posted to. */
  readonly destination: string;
  /** ID of the request it answers. */
  readonly inResponseTo: string;
  readonly signer: Signer;
  /** Told of every assertion that is signed (V23). */
  readonly issued: () => void;
  readonly random: RandomBytes;
}

/** Who signed in, and how. */
export interface AssertionContent {
  readonly id: string;
  readonly audience: string;
  readonly nameId: { readonly format: string; readonly value: string };
  readonly attributes: readonly SamlAttribute[];
  readonly authnInstant: EpochMs;
  readonly classRef: string;
}

/** To whom the assertion is encrypted, and how. */
export interface Encryption {
  readonly recipient: EncryptionRecipient;
  readonly block: BlockEncryption;
}

/**
 * SAML Core section 3.3.3, P4 to P8, C1 to C7: the Response with its one assertion, always signed; encrypted after
 * that where the app asks for it, and signed once more around everything where it asks for that. The text is in
 * exclusive canonical form. Refuses values XML cannot hold.
 */
export async function writeResponse(
  head: ResponseHead,
  content: AssertionContent,
  choices: { readonly encryption: Encryption | null; readonly signMessage: boolean },
): Promise<Result<string, WriteRefusal>> {
  const plain = writeAssertion(head, content);
  if (!plain.ok) return plain;
  const signed = await signEnveloped(plain.value, content.id, head.signer);
  const carried =
    choices.encryption === null ? signed : await encrypted(signed, choices.encryption, head.random);
  const finished = await finish(head, [status(STATUS_SUCCESS), carried], choices.signMessage);
  // Last, so that nothing waits between this count and that of the sign-in.
  head.issued();
  return finished;
}

/** SAML Core section 3.2.2.2, section 17: a signed Response that says why there is no assertion, for apps that want to know. */
export const writeErrorResponse = (
  head: ResponseHead,
  reason: { readonly status: string; readonly detail: string },
): Promise<Result<string, WriteRefusal>> => finish(head, [status(reason.status, reason.detail)], true);

const status = (code: string, detail?: string): ElementToWrite =>
  element('samlp:Status', {}, [
    element(
      'samlp:StatusCode',
      { Value: code },
      detail === undefined ? [] : [element('samlp:StatusCode', { Value: detail })],
    ),
  ]);

async function finish(
  head: ResponseHead,
  children: readonly (ElementToWrite | WrittenXml)[],
  signMessage: boolean,
): Promise<Result<string, WriteRefusal>> {
  const id = messageId(head.random(16));
  const written = writeXml({
    name: 'samlp:Response',
    namespaces: { samlp: SAMLP },
    attributes: {
      ID: id,
      Version: '2.0',
      IssueInstant: samlTime(head.now),
      Destination: head.destination,
      Consent: CONSENT_UNSPECIFIED,
      InResponseTo: head.inResponseTo,
    },
    children: [issuer(head), ...(signMessage ? ([signatureHere] as const) : []), ...children],
  });
  if (!written.ok) return err(written.error);
  return ok((signMessage ? await signEnveloped(written.value, id, head.signer) : written.value).text);
}

const issuer = (head: ResponseHead): ElementToWrite => ({
  name: 'Issuer',
  namespaces: { '': SAML },
  children: [head.issuer],
});

type WriteAssertion = ReturnType<typeof templateWriter>;
/** By the attributes they have; apps ask for a few sets of them. */
const writers = new Map<string, WriteAssertion>();
const MOST_WRITERS = 256;

function writeAssertion(head: ResponseHead, content: AssertionContent): Result<WrittenXml, WriteRefusal> {
  const { now, destination, inResponseTo } = head;
  const after = (seconds: number): string => samlTime(now + seconds * SECOND);
  const kinds = content.attributes;
  const shape = kinds.map((one) => `${one.name} ${one.nameFormat} ${one.friendlyName} ${one.values.length}`);
  const name = shape.join('\n');
  let write = writers.get(name);
  if (write === undefined) {
    write = templateWriter((values) => assertion(values, kinds));
    if (writers.size >= MOST_WRITERS) writers.clear();
    writers.set(name, write);
  }
  return write([
    content.id,
    samlTime(now),
    head.issuer,
    content.nameId.format,
    content.nameId.value,
    inResponseTo,
    after(CONFIRMATION_SECONDS),
    destination,
    after(-NOT_BEFORE_SKEW_SECONDS),
    after(CONDITIONS_SECONDS),
    content.audience,
    samlTime(content.authnInstant),
    content.classRef,
    ...kinds.flatMap(({ values }) => values),
  ]);
}

/** P6, P9 to P14: attributes come before the authentication statement, and there is one of each. */
function assertion(texts: readonly string[], kinds: readonly SamlAttribute[]): ElementToWrite {
  const [id = '', at, issuer = '', format, nameId = '', inResponseTo, confirmed, recipient, ...rest] = texts;
  const [notBefore, notOnOrAfter, audience = '', authenticatedAt, classRef = '', ...values] = rest;
  let next = 0;
  const attributes = kinds.map((kind) => {
    next += kind.values.length;
    return attribute({ ...kind, values: values.slice(next - kind.values.length, next) });
  });
  return {
    name: 'Assertion',
    namespaces: { '': SAML },
    attributes: { ID: id, Version: '2.0', IssueInstant: at },
    children: [
      element('Issuer', {}, [issuer]),
      signatureHere,
      element('Subject', {}, [
        element('NameID', { Format: format }, [nameId]),
        element('SubjectConfirmation', { Method: BEARER }, [
          element('SubjectConfirmationData', {
            InResponseTo: inResponseTo,
            NotOnOrAfter: confirmed,
            Recipient: recipient,
          }),
        ]),
      ]),
      element('Conditions', { NotBefore: notBefore, NotOnOrAfter: notOnOrAfter }, [
        element('AudienceRestriction', {}, [element('Audience', {}, [audience])]),
      ]),
      element('AttributeStatement', {}, attributes),
      element('AuthnStatement', { AuthnInstant: authenticatedAt, SessionIndex: id }, [
        element('AuthnContext', {}, [element('AuthnContextClassRef', {}, [classRef])]),
      ]),
    ],
  };
}

const attribute = ({ name, nameFormat, friendlyName, values }: SamlAttribute): ElementToWrite =>
  element(
    'Attribute',
    { Name: name, NameFormat: nameFormat, FriendlyName: friendlyName },
    values.map((value) => element('AttributeValue', {}, [value])),
  );

async function encrypted(
  signed: WrittenXml,
  { recipient, block }: Encryption,
  random: RandomBytes,
): Promise<ElementToWrite> {
  const data = await encryptElement(signed, recipient, block, random);
  return { name: 'EncryptedAssertion', namespaces: { '': SAML }, children: [data] };
}
