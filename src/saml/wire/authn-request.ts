import { err, ok, type Result } from '../../kernel/result.ts';
import { attributeOf, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts';
import { checkMessageShape, type MessageHead, type ShapeRefusal } from './message-shape.ts';
import { SAML, SAMLP } from './names.ts';

export type Comparison = 'exact' | 'minimum' | 'maximum' | 'better';

/** What an AuthnRequest asks (SAML Core section 3.4.1). Everything else in it is ignored (A3). */
export interface AuthnRequest extends MessageHead {
  readonly acsUrl: string | null;
  readonly acsIndex: number | null;
  readonly forceAuthn: boolean;
  readonly isPassive: boolean;
  readonly nameIdFormat: string | null;
  /** In document order. */
  readonly classRefs: readonly string[];
  readonly comparison: Comparison;
}

const isTrue = (value: string | undefined): boolean => value === 'true' || value === '1';
const COMPARISONS: readonly string[] = ['exact', 'minimum', 'maximum', 'better'];
const isComparison = (value: string): value is Comparison => COMPARISONS.includes(value);

/** SAML Core section 3.4.1: reads an AuthnRequest from its root by fixed child paths (X6), never by search. */
export function readAuthnRequest(root: XmlElement): Result<AuthnRequest, ShapeRefusal> {
  const head = checkMessageShape(root, 'AuthnRequest');
  if (!head.ok) return head;
  const policies = childrenNamed(root, SAMLP, 'NameIDPolicy');
  const contexts = childrenNamed(root, SAMLP, 'RequestedAuthnContext');
  if (policies.length > 1 || contexts.length > 1) return err({ reason: 'repeated_element' });
  const [context] = contexts;
  const classRefs: string[] = [];
  for (const element of context === undefined ? [] : childrenNamed(context, SAML, 'AuthnContextClassRef')) {
    const text = textOf(element);
    if (text === undefined) return err({ reason: 'element_in_text' });
    classRefs.push(text.trim());
  }
  const comparison = (context === undefined ? undefined : attributeOf(context, 'Comparison')) ?? 'exact';
  const index = attributeOf(root, 'AssertionConsumerServiceIndex');
  const format = policies[0] === undefined ? undefined : attributeOf(policies[0], 'Format');
  return ok({
    ...head.value,
    acsUrl: attributeOf(root, 'AssertionConsumerServiceURL') || null,
    acsIndex: index !== undefined && /^\d{1,5}$/.test(index) ? Number(index) : null,
    forceAuthn: isTrue(attributeOf(root, 'ForceAuthn')),
    isPassive: isTrue(attributeOf(root, 'IsPassive')),
    nameIdFormat: format || null,
    classRefs,
    // An unknown comparison asks for nothing we could relax, so it is held to the strictest.
    comparison: isComparison(comparison) ? comparison : 'exact',
  });
}
