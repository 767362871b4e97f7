import { randomBytes } from 'node:crypto';
import { type CacheProvider, type Profile, SAML, ValidateInResponseTo } from '@node-saml/node-saml';
import { XMLParser } from 'fast-xml-parser';
import type { Choices } from './choices.ts';
import type { Settings } from './settings.ts';

/** A request on its way: where the browser takes it, by address or by form. */
export interface Departure {
  readonly id: string;
  readonly url: string;
  /** Null for the redirect binding, where everything is in the address. */
  readonly fields: Readonly<Record<string, string>> | null;
}

/** Who signed in, and which registration was told. */
export interface Identity {
  readonly isEncrypted: boolean;
  readonly profile: Profile;
}

/** What the identity provider's metadata says. */
interface Described {
  readonly certificates: readonly string[];
  readonly signOn: string;
  readonly signOut: string;
}

const REQUEST_LIFETIME_MILLISECONDS = 60 * 60 * 1000;
const METADATA_AGE_MILLISECONDS = 60 * 1000;

/** Requests we sent and have no answer to yet: an answer to anything else is refused. One memory for all of them. */
function pendingRequests(): CacheProvider {
  const pending = new Map<string, { value: string; createdAt: number }>();
  return {
    async saveAsync(key, value) {
      for (const [id, { createdAt }] of pending)
        if (Date.now() - createdAt > REQUEST_LIFETIME_MILLISECONDS) pending.delete(id);
      const item = { value, createdAt: Date.now() };
      pending.set(key, item);
      return item;
    },
    getAsync: async (key) => pending.get(key)?.value ?? null,
    async removeAsync(key) {
      return key !== null && pending.delete(key) ? key : null;
    },
  };
}

/** The identity provider as this app sees it: configured from its metadata, which is read anew every minute. */
export function connect(settings: Settings) {
  const { issuer, origin, key } = settings;
  const cacheProvider = pendingRequests();
  let known: { readonly at: number; readonly described: Described } | null = null;

  /** Endpoints carry a year; a new one opens each February, and the one before serves until April. */
  const year = (): number => {
    const today = new Date();
    return settings.year ?? (today.getUTCMonth() >= 1 ? today.getUTCFullYear() : today.getUTCFullYear() - 1);
  };

  async function describe(): Promise<Described> {
    if (known !== null && Date.now() - known.at < METADATA_AGE_MILLISECONDS) return known.described;
    // The full view names the sign-out address too. Over plain http this is only for one's own machine.
    const answer = await fetch(new URL(`api/saml/metadata${year()}?profile=full`, issuer));
    if (!answer.ok) throw new Error(`The metadata of ${year()} could not be read (${answer.status}).`);
    const described = readMetadata(await answer.text());
    known = { at: Date.now(), described };
    return described;
  }

  /** `id` is that of the request to make, so that the browser can be held to it. */
  async function library(choices: Choices, id = newId()): Promise<SAML> {
    const { certificates, signOn, signOut } = await describe();
    return new SAML({
      issuer: choices.isEncrypted ? settings.entityId : settings.plainEntityId,
      audience: choices.isEncrypted ? settings.entityId : settings.plainEntityId,
      callbackUrl: `${origin}/acs`,
      entryPoint: signOn,
      logoutUrl: signOut,
      idpCert: [...certificates],
      idpIssuer: new URL('api/saml', issuer).href,
      ...(choices.isSigned
        ? { privateKey: key, signatureAlgorithm: 'sha256', digestAlgorithm: 'sha256' }
        : {}),
      decryptionPvk: key,
      authnRequestBinding: choices.binding === 'post' ? 'HTTP-POST' : 'HTTP-Redirect',
      identifierFormat: choices.nameIdFormat,
      authnContext: [...choices.classRefs],
      racComparison: choices.comparison,
      forceAuthn: choices.force,
      passive: choices.passive,
      wantAssertionsSigned: true,
      wantAuthnResponseSigned: true,
      validateInResponseTo: ValidateInResponseTo.ifPresent,
      acceptedClockSkewMs: 5000,
      cacheProvider,
      generateUniqueId: () => id,
    });
  }

  return {
    /** The metadata can be read: for the health check. */
    reachable: async (): Promise<boolean> =>
      (await Promise.allSettled([describe()]))[0].status === 'fulfilled',

    /** A request, and where the browser takes it. */
    async begin(choices: Choices): Promise<Departure> {
      const id = newId();
      const saml = await library(choices, id);
      const locale = choices.locale === '' ? '' : `locale=${choices.locale}`;
      if (choices.binding === 'redirect') {
        const url = await saml.getAuthorizeUrlAsync('', undefined, {});
        return { id, url: locale === '' ? url : `${url}&${locale}`, fields: null };
      }
      const message = await saml.getAuthorizeMessageAsync('', undefined, {});
      const fields: Record<string, string> = {};
      for (const [name, value] of Object.entries(message))
        if (typeof value === 'string' && value !== '') fields[name] = value;
      const { signOn } = await describe();
      return { id, url: locale === '' ? signOn : `${signOn}?${locale}`, fields };
    },

    /**
     * Checks the answer: both signatures with the certificates of the metadata, issuer, audience, recipient, times,
     * and that it answers the one request this browser was sent with. Null means that nobody is signed in there and
     * nothing was to be asked. Throws when anything is off.
     */
    async finish(answer: string, choices: Choices, id: string): Promise<Identity | null> {
      const saml = await library(choices);
      const { profile } = await saml.validatePostResponseAsync({ SAMLResponse: answer });
      if (profile === null) return null;
      if (profile.inResponseTo !== id) throw new Error('This answers a request of another browser.');
      return { isEncrypted: choices.isEncrypted, profile };
    },

    /** Where to send the browser to sign out at the identity provider: the request is always signed. */
    async signOutUrl(identity: Identity, choices: Choices): Promise<string> {
      const saml = await library({ ...choices, isSigned: true });
      return saml.getLogoutUrlAsync(identity.profile, '', {});
    },

    /** Checks that a sign-out was confirmed; throws when the confirmation is not the identity provider's. */
    async signedOut(answer: string, choices: Choices): Promise<boolean> {
      const saml = await library(choices);
      return (await saml.validatePostResponseAsync({ SAMLResponse: answer })).loggedOut;
    },
  };
}

const newId = (): string => `_${randomBytes(20).toString('hex')}`;

/** Certificates and addresses of a metadata document; its transport vouches for it. */
function readMetadata(text: string): Described {
  const parser = new XMLParser({ ignoreAttributes: false, attributeNamePrefix: '', removeNSPrefix: true });
  const found: { certificates: string[]; signOn?: string | undefined; signOut?: string | undefined } = {
    certificates: [],
  };
  const look = (name: string, value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) look(name, one);
    else if (name === 'X509Certificate') found.certificates.push(String(value));
    else if (typeof value === 'object' && value !== null) {
      const isRedirect = 'Binding' in value && String(value.Binding).endsWith(':HTTP-Redirect');
      const location = 'Location' in value ? String(value.Location) : undefined;
      if (name === 'SingleSignOnService' && isRedirect) found.signOn = location;
      if (name === 'SingleLogoutService' && isRedirect) found.signOut = location;
      for (const [inner, content] of Object.entries(value)) look(inner, content);
    }
  };
  const document: unknown = parser.parse(text);
  const role = Object(Object(document).EntityDescriptor).IDPSSODescriptor;
  look('IDPSSODescriptor', role);
  const { certificates, signOn, signOut } = found;
  if (certificates.length === 0 || signOn === undefined || signOut === undefined)
    throw new Error('The metadata does not describe an identity provider.');
  return { certificates, signOn, signOut };
}

/** A refusal in words. */
export const describeFailure = (failure: unknown): string =>
  failure instanceof Error ? failure.message : String(failure);
