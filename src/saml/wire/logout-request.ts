import { err, ok, type Result } from '../../kernel/result.ts';
import { attributeOf, childrenNamed, textOf, type XmlElement } from '../xml/tree.ts';
import { checkMessageShape, type MessageHead, type ShapeRefusal } from './message-shape.ts';
import { SAML, SAMLP } from './names.ts';

/** What a LogoutRequest says (SAML Core section 3.7.1). */
export interface LogoutRequest extends MessageHead {
  readonly notOnOrAfter: string | null;
  readonly nameId: { readonly value: string; readonly format: string | null } | null;
  /** L6: we hold no key that could open one. */
  readonly hasEncryptedId: boolean;
  /** Direct children in either namespace, in document order (Q2). */
  readonly sessionIndexes: readonly string[];
}

/** SAML Core section 3.7.1, Q2: reads a LogoutRequest from its root by fixed child paths. */
export function readLogoutRequest(root: XmlElement): Result<LogoutRequest, ShapeRefusal> {
  const head = checkMessageShape(root, 'LogoutRequest');
  if (!head.ok) return head;
  const names = childrenNamed(root, SAML, 'NameID');
  if (names.length > 1) return err({ reason: 'repeated_element' });
  const [nameElement] = names;
  const name = nameElement === undefined ? null : textOf(nameElement);
  const indexes = [
    ...childrenNamed(root, SAMLP, 'SessionIndex'),
    ...childrenNamed(root, SAML, 'SessionIndex'),
  ].map(textOf);
  if (name === undefined || indexes.includes(undefined)) return err({ reason: 'element_in_text' });
  return ok({
    ...head.value,
    notOnOrAfter: attributeOf(root, 'NotOnOrAfter') ?? null,
    nameId:
      name === null || nameElement === undefined
        ? null
        : { value: name.trim(), format: attributeOf(nameElement, 'Format') ?? null },
    hasEncryptedId: childrenNamed(root, SAML, 'EncryptedID').length > 0,
    sessionIndexes: indexes.flatMap((index) => (index === undefined ? [] : [index.trim()])),
  });
}
