import type { App } from '../../apps/model.ts';
import { fromBase64Url } from '../../kernel/bytes.ts';
import type { HandOff, SessionProfile } from '../../sessions/model.ts';
import type { Door, Granted, ToEncode } from '../../signin/ports.ts';
import type { SamlPorts, ServingYear } from '../ports.ts';
import { hasOption } from '../rules/app-options.ts';
import { achievedAal, type ResolvedContext } from '../rules/authn-context.ts';
import type { ValidAuthnRequest } from '../rules/check-authn-request.ts';
import { registeredAcs } from '../rules/choose-acs.ts';
import { chooseEmail } from '../rules/choose-email.ts';
import type { NameIdChoice } from '../rules/choose-name-id.ts';
import { releasedAttributes, type SamlAttribute } from '../rules/released-attributes.ts';
import { sessionIndex, type Tag } from '../rules/session-index.ts';
import { encodeMessage } from '../wire/decode-message.ts';
import { entityIdOf } from '../wire/metadata.ts';
import { STATUS_AUTHN_FAILED, STATUS_NO_PASSIVE, STATUS_RESPONDER } from '../wire/names.ts';
import { type Encryption, type ResponseHead, writeErrorResponse, writeResponse } from '../wire/response.ts';
import { isXmlText } from '../wire/xml-text.ts';
import { signWith } from '../xml/sign.ts';
import { recipientOf } from './app-keys.ts';
import { answerFields, postPage, postTargets, refuse } from './respond.tsx';

/** F2: what this door needs to answer later. The hall stores it unread. */
export interface Slip {
  readonly year: number;
  readonly requestId: string;
  readonly acs: string;
  readonly relayState: string | null;
  readonly nameId: NameIdChoice;
  readonly names: readonly string[];
  readonly context: ResolvedContext;
  /** Certificate to encrypt to (C2); null for the first registered one. */
  readonly fingerprint: string | null;
  /** R4: leave the assertion in the clear this once. */
  readonly plain: boolean;
}

/** The slip of a checked request. */
export const writeSlip = (
  valid: ValidAuthnRequest,
  outside: Pick<Slip, 'year' | 'relayState' | 'plain'>,
): string => {
  const slip: Slip = {
    ...outside,
    requestId: valid.request.id,
    acs: valid.acs,
    nameId: valid.nameId,
    names: valid.names,
    context: valid.context,
    fingerprint: valid.fingerprint,
  };
  return JSON.stringify(slip);
};

// Slips are written by this file alone and kept where nobody else writes.
const readSlip = (text: string): Slip => JSON.parse(text) as Slip;

const INDEX_TAG = 'saml-index';

/** The keyed tag that ties an assertion to its session (P12). */
export const indexTag =
  (ports: Pick<SamlPorts, 'hall'>): Tag =>
  (text) =>
    fromBase64Url(ports.hall.cookies.tag(INDEX_TAG, text)) ?? new Uint8Array(32);

/** The SAML door: answers in one message, never in two (SAML Profiles section 4.1.4). */
export const samlDoor = (ports: SamlPorts): Door => ({
  prepareCode: () => null,
  // Bindings are of the web (saml bindings 3.4, 3.5).
  answersToDevice: () => false,
  async encode(input: ToEncode) {
    const slip = readSlip(input.stored.slip);
    const { app } = input;
    // Registrations and years change while a person signs in: both are looked at anew (A2, E6).
    if (!registeredAcs(app).includes(slip.acs)) return null;
    const year = await ports.years.serving(slip.year);
    if (year === null) return null;
    // A9: never another identifier than the one asked for.
    if (slip.nameId.value === 'legacy-number' && lacksNumber(input.answer))
      return refuse(input.c, ports, ['no_legacy_name_id']);
    // Y5: only while a year ends is it of interest who still uses it.
    if (year.state === 'retiring') ports.hall.after(ports.noteYear(year.year, app.uuid, input.now));
    const xml = await message(ports, input, slip, year);
    if (xml === null) return null;
    const fields = answerFields(encodeMessage(xml), slip.relayState);
    return postPage(ports.hall.site, input, slip.acs, fields, postTargets(slip.acs, app));
  },
});

/** Whether somebody is to be answered who was not imported with a number. */
const lacksNumber = (answer: ToEncode['answer']): boolean =>
  answer.kind === 'granted' && answer.granted.handOff?.legacyNameId == null;

/** The head of whatever is sent to an app. */
export const headOf = (
  ports: SamlPorts,
  year: ServingYear,
  to: Pick<ResponseHead, 'now' | 'destination' | 'inResponseTo'>,
): ResponseHead => ({
  ...to,
  issuer: entityIdOf(ports.hall.site.origin),
  signer: { sign: signWith(year.key), certificate: year.certificates[0] },
  issued: ports.issued,
  random: ports.hall.random,
});

async function message(
  ports: SamlPorts,
  input: ToEncode,
  slip: Slip,
  year: ServingYear,
): Promise<string | null> {
  const { app, answer, now } = input;
  const head = headOf(ports, year, { now, destination: slip.acs, inResponseTo: slip.requestId });
  if (answer.kind === 'granted') return assertion(ports, input, slip, head, answer.granted);
  // F3: refusals stay here, unless the app asked to hear of them (section 17).
  const isPassive = answer.reason !== 'cancelled';
  if (!isPassive && !hasOption(app, 'error_responses')) return null;
  const detail = isPassive ? STATUS_NO_PASSIVE : STATUS_AUTHN_FAILED;
  const written = await writeErrorResponse(head, { status: STATUS_RESPONDER, detail });
  return written.ok ? written.value : null;
}

async function assertion(
  ports: SamlPorts,
  { app, now, locale }: ToEncode,
  slip: Slip,
  head: ResponseHead,
  granted: Granted,
): Promise<string | null> {
  const { facts, handOff, handle } = granted;
  if (handOff === null) throw new Error('this door needs the session, not a code');
  const { context, names, nameId } = slip;
  const isCardAsked = names.includes('x509_presented') && handOff.cardUsed;
  const needsProfile =
    nameId.value === 'email' || names.includes('email') || names.includes('all_emails') || isCardAsked;
  const profile = needsProfile ? await profileOf(ports, granted, handOff) : EMPTY;
  const name = nameValue(nameId, facts.subject, profile, handOff);
  if (name === null) return null;
  const attributes = releasedAttributes({
    subject: facts.subject,
    names,
    identity: context.identity,
    urn: context.urn,
    classRef: context.classRef,
    held: facts.identityHeld,
    appIal: app.ial,
    emailAsClaim: app.saml_emailaddress_attribute_enabled,
    emails: {
      // CNS-4, B2: what the person chose for this app counts before the address that signed in.
      shared: chooseEmail(profile.emails, handOff.sharedEmailId, handOff.emailId),
      all: profile.emails.map(({ address }) => address),
    },
    // R2, B2: the session speaks the language asked for until the person chooses another.
    locale: handOff.locale ?? locale,
    verified: null,
    verifiedAt: handOff.verifiedAt,
    x509: isCardAsked ? profile.x509 : null,
    aalAchieved: hasOption(app, 'aal_achieved') ? achievedAal(context.need.authentication) : null,
  });
  const content = {
    id: sessionIndex(head.random(16), handle.locator, indexTag(ports)),
    audience: app.issuer,
    nameId: { format: nameId.format, value: name },
    attributes: legible(ports, app, attributes),
    authnInstant: hasOption(app, 'authn_instant_is_response_time')
      ? now
      : Math.min(facts.authenticatedAt, now),
    classRef: context.classRef,
  };
  const encryption = await encryptionFor(app, slip);
  if (encryption === 'impossible') return null;
  const choices = { encryption, signMessage: app.signed_response_message_requested };
  const written = await writeResponse(head, content, choices);
  if (written.ok) return written.value;
  throw new Error(`a Response cannot be written: ${written.error.name}`);
}

const EMPTY: SessionProfile = { emails: [], x509: null };

/** The session's own copy of personal data, or the database's when that copy is out of date. */
const profileOf = async (ports: SamlPorts, { handle }: Granted, handOff: HandOff): Promise<SessionProfile> =>
  (await ports.hall.sessions.profile(handle, handOff)) ?? ports.hall.accounts.profile(handOff.account);

/** P9: the subject, or the address that signed in, which may differ from the one shared. */
function nameValue(
  { value }: NameIdChoice,
  subject: string,
  profile: SessionProfile,
  { emailId, legacyNameId }: HandOff,
): string | null {
  switch (value) {
    case 'subject':
      return subject;
    case 'email':
      return chooseEmail(profile.emails, emailId);
    case 'legacy-number':
      return legacyNameId === null ? null : String(legacyNameId);
  }
}

/** V21: values with characters that XML cannot hold are left out, and somebody is told. */
const legible = (
  ports: SamlPorts,
  app: App,
  attributes: readonly SamlAttribute[],
): readonly SamlAttribute[] =>
  attributes.filter(({ friendlyName, values }) => {
    if (values.every(isXmlText)) return true;
    ports.hall.log('error', 'saml_attribute_left_out', { app: app.uuid, attribute: friendlyName });
    return false;
  });

/** C1, C2, R4: how this app's assertions are encrypted; null for in the clear. */
async function encryptionFor(app: App, slip: Slip): Promise<Encryption | null | 'impossible'> {
  if (app.block_encryption === 'none' || slip.plain) return null;
  const recipient = await recipientOf(app, slip.fingerprint);
  // Encryption was asked for: without a key nothing is sent rather than everything in the clear.
  return recipient === null ? 'impossible' : { recipient, block: app.block_encryption };
}
