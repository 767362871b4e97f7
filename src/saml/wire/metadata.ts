import type { EpochMs } from '../../kernel/time.ts';
import { DSIG } from '../xml/algorithms.ts';
import { type Signer, signEnveloped } from '../xml/sign.ts';
import { type ElementToWrite, element, signatureHere, writeXml } from '../xml/write.ts';
import {
  METADATA,
  NAMEID_EMAIL,
  NAMEID_PERSISTENT,
  POST_BINDING,
  REDIRECT_BINDING,
  SAML,
  SAMLP,
} from './names.ts';
import { samlTime } from './saml-time.ts';

/** Who runs this identity provider. */
export interface Operator {
  readonly name: string;
  readonly url: string;
}

/** What the metadata of one year says. */
export interface MetadataContent {
  readonly id: string;
  /** Scheme, host and port without a trailing slash. */
  readonly origin: string;
  readonly year: number;
  /** Base64 DER, each on one line, the signing one first. */
  readonly certificates: readonly string[];
  readonly operator: Operator;
  /** The fuller view (section 17); null is the view every service provider knows. */
  readonly full: { readonly validUntil: EpochMs } | null;
}

/** The entity id, which no year is part of (Y4). */
export const entityIdOf = (origin: string): string => `${origin}/api/saml`;
/** The address of an endpoint in one year. */
export const endpointOf = (origin: string, name: string, year: number): string =>
  `${origin}/api/saml/${name}${year}`;

/**
 * SAML Metadata section 2, M1 to M7: the signed description of this identity provider in one year. Operator names and
 * certificates are ours; characters that XML cannot hold in them are a fault and throw.
 */
export async function writeMetadata(content: MetadataContent, signer: Signer): Promise<string> {
  const written = writeXml(entityDescriptor(content));
  if (!written.ok) throw new Error(`metadata cannot be written: ${written.error.name}`);
  return (await signEnveloped(written.value, content.id, signer)).text;
}

function entityDescriptor(content: MetadataContent): ElementToWrite {
  const { id, origin, year, operator, full } = content;
  const keys = content.certificates.map(keyDescriptor);
  const service = (name: string, Binding: string, path: string): ElementToWrite =>
    element(name, { Binding, Location: endpointOf(origin, path, year) });
  const both = (name: string, path: string): readonly ElementToWrite[] => [
    service(name, POST_BINDING, path),
    service(name, REDIRECT_BINDING, path),
  ];
  return {
    name: 'EntityDescriptor',
    namespaces: { '': METADATA, ds: DSIG, saml: SAML },
    declareAll: true,
    attributes: {
      ID: id,
      entityID: entityIdOf(origin),
      validUntil: full === null ? undefined : samlTime(full.validUntil),
    },
    children: [
      signatureHere,
      element(
        'IDPSSODescriptor',
        { protocolSupportEnumeration: SAMLP, WantAuthnRequestsSigned: full === null ? undefined : 'true' },
        [
          ...keys,
          // M5: the common view names no logout address; it is configured by hand.
          ...(full === null ? [] : both('SingleLogoutService', 'logout')),
          ...nameIdFormats(),
          ...both('SingleSignOnService', 'auth'),
        ],
      ),
      element('AttributeAuthorityDescriptor', { protocolSupportEnumeration: SAMLP }, [
        ...keys,
        organization(operator),
        contact(operator),
        element('AttributeService', {
          Binding: REDIRECT_BINDING,
          Location: `${entityIdOf(origin)}/attributes`,
        }),
        ...nameIdFormats(),
      ]),
      organization(operator),
      contact(operator),
    ],
  };
}

const keyDescriptor = (certificate: string): ElementToWrite =>
  element('KeyDescriptor', { use: 'signing' }, [
    {
      name: 'KeyInfo',
      namespaces: { '': DSIG },
      children: [element('X509Data', {}, [element('X509Certificate', {}, [certificate])])],
    },
  ]);

const nameIdFormats = (): readonly ElementToWrite[] =>
  [NAMEID_PERSISTENT, NAMEID_EMAIL].map((format) => element('NameIDFormat', {}, [format]));

const organization = ({ name, url }: Operator): ElementToWrite =>
  element('Organization', {}, [
    element('OrganizationName', { 'xml:lang': 'en' }, [name]),
    element('OrganizationDisplayName', { 'xml:lang': 'en' }, [name]),
    element('OrganizationURL', { 'xml:lang': 'en' }, [url]),
  ]);

const contact = ({ name }: Operator): ElementToWrite =>
  element('ContactPerson', { contactType: 'technical' }, [element('Company', {}, [name])]);
