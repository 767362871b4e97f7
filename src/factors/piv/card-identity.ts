import type { Certificate } from './certificate.ts';
import type { DistinguishedName } from './distinguished-name.ts';

/**
 * Whose card it is, as accounts know it (PV-2): the subject's name among the names that one root gives. Authorities agree
 * on names below their own root only; without it, any of several trusted roots could name people of the others. The root
 * goes by its name, which outlives its keys; an anchor that is no root itself counts for the root it names as its issuer.
 */
export const cardIdentity = (subject: DistinguishedName, anchor: Pick<Certificate, 'issuer'>): string =>
  JSON.stringify([anchor.issuer.key, subject.key]);
