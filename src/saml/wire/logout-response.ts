import { err, ok, type Result } from '../../kernel/result.ts';
import { messageId } from '../rules/uuid.ts';
import { signEnveloped } from '../xml/sign.ts';
import { element, signatureHere, type WriteRefusal, writeXml } from '../xml/write.ts';
import { SAML, SAMLP, STATUS_SUCCESS } from './names.ts';
import type { ResponseHead } from './response.ts';
import { samlTime } from './saml-time.ts';

/** SAML Core section 3.7.2, L4, Q5: the answer to a LogoutRequest: always Success, signed only for apps that ask for it. */
export async function writeLogoutResponse(
  head: ResponseHead,
  isSigned: boolean,
): Promise<Result<string, WriteRefusal>> {
  const id = messageId(head.random(16));
  const written = writeXml({
    name: 'LogoutResponse',
    namespaces: { '': SAMLP },
    attributes: {
      ID: id,
      Version: '2.0',
      IssueInstant: samlTime(head.now),
      Destination: head.destination,
      InResponseTo: head.inResponseTo,
    },
    children: [
      { name: 'Issuer', namespaces: { '': SAML }, children: [head.issuer] },
      ...(isSigned ? ([signatureHere] as const) : []),
      element('Status', {}, [element('StatusCode', { Value: STATUS_SUCCESS })]),
    ],
  });
  if (!written.ok) return err(written.error);
  return ok((isSigned ? await signEnveloped(written.value, id, head.signer) : written.value).text);
}
