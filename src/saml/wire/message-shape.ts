import { err, ok, type Result } from '../../kernel/result.ts';
import { MAX_ID_LENGTH } from '../limits.ts';
import { DSIG } from '../xml/algorithms.ts';
import { attributeOf, childrenNamed, isElement, isNamed, textOf, type XmlElement } from '../xml/tree.ts';
import { SAML, SAMLP } from './names.ts';

/** What every request says about itself. */
export interface MessageHead {
  readonly id: string;
  /** As written, untrimmed; null when absent (A1). */
  readonly issuer: string | null;
  readonly issueInstant: string | null;
  readonly destination: string | null;
}

export type ShapeRefusal = {
  readonly reason:
    | 'wrong_root'
    | 'both_messages'
    | 'nested_message'
    | 'misplaced_signature'
    | 'bad_id'
    | 'bad_version'
    | 'element_in_text'
    | 'repeated_element';
};

export type RequestName = 'AuthnRequest' | 'LogoutRequest';

const REQUESTS: readonly string[] = ['AuthnRequest', 'LogoutRequest'];
const MESSAGES: ReadonlySet<string> = new Set([
  ...REQUESTS,
  'AttributeQuery',
  'AuthnQuery',
  'AuthzDecisionQuery',
  'AssertionIDRequest',
  'ArtifactResolve',
  'ArtifactResponse',
  'LogoutResponse',
  'ManageNameIDRequest',
  'ManageNameIDResponse',
  'NameIDMappingRequest',
  'NameIDMappingResponse',
  'Response',
]);
const BAD_ID_CHARACTER = /[\s\p{Cc}]/u;

/**
 * X7, X8, V3: the root is the one protocol message, with at most one signature right under it; no second message, no
 * assertion, no signature hides anywhere else. What passes can be read by fixed child paths from the root.
 */
export function checkMessageShape(
  root: XmlElement,
  expected: RequestName,
): Result<MessageHead, ShapeRefusal> {
  const nested = messagesInside(root);
  if (nested === 'both_messages') return err({ reason: 'both_messages' });
  if (!isNamed(root, SAMLP, expected)) return err({ reason: 'wrong_root' });
  if (nested !== null) return err({ reason: nested });
  const id = attributeOf(root, 'ID');
  if (id === undefined || id === '' || id.length > MAX_ID_LENGTH || BAD_ID_CHARACTER.test(id))
    return err({ reason: 'bad_id' });
  if ((attributeOf(root, 'Version') ?? '2.0') !== '2.0') return err({ reason: 'bad_version' });
  const issuers = childrenNamed(root, SAML, 'Issuer');
  if (issuers.length > 1) return err({ reason: 'repeated_element' });
  const issuer = issuers[0] === undefined ? null : textOf(issuers[0]);
  if (issuer === undefined) return err({ reason: 'element_in_text' });
  return ok({
    id,
    issuer,
    issueInstant: attributeOf(root, 'IssueInstant') ?? null,
    destination: attributeOf(root, 'Destination') ?? null,
  });
}

/** One walk over everything below the root, without recursion. */
function messagesInside(root: XmlElement): ShapeRefusal['reason'] | null {
  const waiting: XmlElement[] = [root];
  let found: ShapeRefusal['reason'] | null = null;
  let signatures = 0;
  for (let element = waiting.pop(); element !== undefined; element = waiting.pop()) {
    for (const child of element.children) if (isElement(child)) waiting.push(child);
    if (element === root) continue;
    if (element.namespace === SAMLP && MESSAGES.has(element.local)) {
      const otherKind =
        REQUESTS.includes(element.local) && REQUESTS.includes(root.local) && element.local !== root.local;
      if (otherKind) return 'both_messages';
      found ??= 'nested_message';
    } else if (isNamed(element, SAML, 'Assertion') || isNamed(element, SAML, 'EncryptedAssertion')) {
      found ??= 'nested_message';
    } else if (isNamed(element, DSIG, 'Signature')) {
      signatures += 1;
      if (element.parent !== root || signatures > 1) found ??= 'misplaced_signature';
    }
  }
  return found;
}
