import { utf8 } from '../../kernel/bytes.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import { BLOCK_CIPHERS, DSIG } from '../xml/algorithms.ts';
import { metadataRules, type ReaderRules } from '../xml/limits.ts';
import { readXml } from '../xml/read.ts';
import {
  attributeOf,
  childElements,
  childrenNamed,
  isNamed,
  onlyChild,
  textOf,
  XML_NAMESPACE,
  type XmlElement,
} from '../xml/tree.ts';
import { METADATA, NAMEID_EMAIL, NAMEID_PERSISTENT, POST_BINDING, REDIRECT_BINDING, SAMLP } from './names.ts';
import { readSamlTime } from './saml-time.ts';

const UI = 'urn:oasis:names:tc:SAML:metadata:ui';
/** M10: half a megabyte, which holds one service provider with all its texts many times over. */
const RULES: ReaderRules = {
  ...metadataRules,
  limits: { ...metadataRules.limits, bytes: 512 * 1024, elements: 8000 },
};

/** Greater than any index. */
const UNNUMBERED = 100_000;

/** What metadata says about a service provider, in the words of an app document; absent where it says nothing. */
export interface SpDraft {
  readonly issuer: string;
  readonly identity_protocol: 'saml';
  readonly friendly_name?: string;
  readonly acs_url: string;
  readonly acs_urls?: readonly string[];
  readonly acs_indexes?: Readonly<Record<string, string>>;
  readonly assertion_consumer_logout_service_url?: string;
  readonly certs: readonly string[];
  readonly signed_request_required: boolean;
  readonly nameid_format?: string;
  readonly block_encryption: string;
  readonly saml_options?: { readonly encrypt_to_last_cert: true };
}

/** A draft, and what the metadata asks for that registration cannot give or an operator has to allow. */
export interface SpPreview {
  readonly draft: SpDraft;
  readonly notes: readonly SpNote[];
}
export type SpNote =
  | 'assertions_need_not_be_signed'
  | 'email_nameid_needs_permission'
  | 'other_nameid_formats';
export type SpRefusal = {
  readonly reason: 'unreadable' | 'not_service_provider' | 'expired' | 'no_post_acs' | 'no_entity_id';
};

/**
 * SAML Metadata section 2.4.4, M10: fills a draft of a registration from a service provider's metadata. Nothing vouches
 * for the document, so nothing is saved from it: a person looks at the draft first.
 */
export function readSpMetadata(text: string, now: EpochMs): Result<SpPreview, SpRefusal> {
  const document = readXml(utf8(text), RULES);
  if (!document.ok) return err({ reason: 'unreadable' });
  const found = serviceProvider(document.value.root);
  if (found === null) return err({ reason: 'not_service_provider' });
  const { entity, role } = found;
  const ends = [entity, role, document.value.root].map((element) => attributeOf(element, 'validUntil'));
  if (ends.some((end) => end !== undefined && (readSamlTime(end) ?? 0) <= now))
    return err({ reason: 'expired' });
  const issuer = attributeOf(entity, 'entityID');
  if (issuer === undefined || issuer === '') return err({ reason: 'no_entity_id' });
  const { urls, indexes } = consumers(role);
  const [acs, ...others] = urls;
  if (acs === undefined) return err({ reason: 'no_post_acs' });

  const formats = childrenNamed(role, METADATA, 'NameIDFormat').flatMap(
    (element) => textOf(element)?.trim() ?? [],
  );
  const takes = (format: string): boolean => formats.includes(format);
  const name = displayName(entity, role);
  const logout = logoutAddress(role);
  const notes: SpNote[] = [];
  if (attributeOf(role, 'WantAssertionsSigned') === 'false') notes.push('assertions_need_not_be_signed');
  if (takes(NAMEID_EMAIL)) notes.push('email_nameid_needs_permission');
  else if (formats.length > 0 && !takes(NAMEID_PERSISTENT)) notes.push('other_nameid_formats');
  return ok({
    draft: {
      issuer,
      identity_protocol: 'saml',
      ...(name === undefined ? {} : { friendly_name: name }),
      acs_url: acs,
      ...(others.length === 0 ? {} : { acs_urls: others }),
      ...(Object.keys(indexes).length === 0 ? {} : { acs_indexes: indexes }),
      ...(logout === undefined ? {} : { assertion_consumer_logout_service_url: logout }),
      ...certificates(role),
      signed_request_required: isTrue(attributeOf(role, 'AuthnRequestsSigned')),
      // An address needs permission, which a draft cannot give (M10).
      ...(takes(NAMEID_PERSISTENT) ? { nameid_format: NAMEID_PERSISTENT } : {}),
      block_encryption: blockEncryption(role),
    },
    notes,
  });
}

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';

/** The one service provider of a document, which may be alone in a federation's wrapper. */
function serviceProvider(
  root: XmlElement,
): { readonly entity: XmlElement; readonly role: XmlElement } | null {
  const isWrapper = isNamed(root, METADATA, 'EntitiesDescriptor');
  const entities = isWrapper
    ? childrenNamed(root, METADATA, 'EntityDescriptor')
    : [root].filter((element) => isNamed(element, METADATA, 'EntityDescriptor'));
  const found = entities.flatMap((entity) =>
    childrenNamed(entity, METADATA, 'SPSSODescriptor')
      .filter((role) => (attributeOf(role, 'protocolSupportEnumeration') ?? '').split(/\s+/).includes(SAMLP))
      .map((role) => ({ entity, role })),
  );
  return found.length === 1 ? (found[0] ?? null) : null;
}

/** Addresses for a Response by POST, the default first, then by index; and which address an index means. */
function consumers(role: XmlElement): {
  readonly urls: readonly string[];
  readonly indexes: Readonly<Record<string, string>>;
} {
  const all = childrenNamed(role, METADATA, 'AssertionConsumerService')
    .filter((element) => attributeOf(element, 'Binding') === POST_BINDING)
    .map((element) => {
      const index = attributeOf(element, 'index') ?? '';
      return {
        location: (attributeOf(element, 'Location') ?? '').trim(),
        index: /^\d{1,5}$/.test(index) ? Number(index) : UNNUMBERED,
        isDefault: isTrue(attributeOf(element, 'isDefault')),
      };
    })
    .filter(({ location }) => location !== '');
  // A number that was given twice keeps its first meaning.
  const numbered = all.filter(({ index }) => index < UNNUMBERED).reverse();
  const sorted = all.sort((a, b) => Number(b.isDefault) - Number(a.isDefault) || a.index - b.index);
  return {
    urls: [...new Set(sorted.map(({ location }) => location))],
    indexes: Object.fromEntries(numbered.map(({ index, location }) => [index, location])),
  };
}

/** Where a LogoutResponse goes, which only a browser brings: by POST if it can be, to the address for answers if there is one. */
function logoutAddress(role: XmlElement): string | undefined {
  const services = childrenNamed(role, METADATA, 'SingleLogoutService');
  const by = (binding: string) => services.find((element) => attributeOf(element, 'Binding') === binding);
  const service = by(POST_BINDING) ?? by(REDIRECT_BINDING);
  return service === undefined
    ? undefined
    : (attributeOf(service, 'ResponseLocation') ?? attributeOf(service, 'Location'));
}

/**
 * Certificates for signing, then those for encryption, each once. When one that signs does not decrypt, the one that
 * does stands last and is encrypted to (section 17).
 */
function certificates(role: XmlElement): Pick<SpDraft, 'certs' | 'saml_options'> {
  const signing = certificatesFor(role, 'signing');
  const decrypting = certificatesFor(role, 'encryption');
  const certs = [...new Set([...signing, ...decrypting])];
  const [first] = decrypting;
  if (first === undefined || signing.every((pem) => decrypting.includes(pem))) return { certs };
  return {
    certs: [...certs.filter((pem) => pem !== first), first],
    saml_options: { encrypt_to_last_cert: true },
  };
}

/** The certificate of each key with this use, or with any, as PEM: the first it shows, since others vouch for it (P36). */
const certificatesFor = (role: XmlElement, use: 'signing' | 'encryption'): readonly string[] =>
  childrenNamed(role, METADATA, 'KeyDescriptor')
    .filter((key) => (attributeOf(key, 'use') ?? use) === use)
    .flatMap((key) => childrenNamed(key, DSIG, 'KeyInfo'))
    .flatMap((info) => childrenNamed(info, DSIG, 'X509Data'))
    .flatMap((data) => childrenNamed(data, DSIG, 'X509Certificate').slice(0, 1))
    .map((element) => (textOf(element) ?? '').replace(/\s+/g, '').match(/.{1,64}/g) ?? [])
    .map((lines) => `-----BEGIN CERTIFICATE-----\n${lines.join('\n')}\n-----END CERTIFICATE-----\n`);

/** The first cipher it lists that we write; GCM for those that list none but can decrypt; none for those that cannot. */
function blockEncryption(role: XmlElement): string {
  const keys = childrenNamed(role, METADATA, 'KeyDescriptor').filter(
    (key) => attributeOf(key, 'use') !== 'signing',
  );
  if (keys.length === 0) return 'none';
  const listed = keys.flatMap((key) =>
    childrenNamed(key, METADATA, 'EncryptionMethod').map((element) => attributeOf(element, 'Algorithm')),
  );
  const known = Object.entries(BLOCK_CIPHERS);
  const first = listed.flatMap((uri) => known.find(([, cipher]) => cipher.uri === uri)?.[0] ?? [])[0];
  return first ?? 'aes256-gcm';
}

/** The name shown to people: of the service in English or any language, else of its organisation. */
function displayName(entity: XmlElement, role: XmlElement): string | undefined {
  const extensions = onlyChild(role, METADATA, 'Extensions');
  const info = extensions === undefined ? undefined : onlyChild(extensions, UI, 'UIInfo');
  const organization =
    onlyChild(entity, METADATA, 'Organization') ?? onlyChild(role, METADATA, 'Organization');
  const names = [
    ...(info === undefined
      ? []
      : childElements(info).filter((element) => isNamed(element, UI, 'DisplayName'))),
    ...(organization === undefined ? [] : childrenNamed(organization, METADATA, 'OrganizationDisplayName')),
  ];
  const best = names.find((element) => attributeOf(element, 'lang', XML_NAMESPACE) === 'en') ?? names[0];
  return best === undefined ? undefined : textOf(best)?.trim().slice(0, 120);
}
