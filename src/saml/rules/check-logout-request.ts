import type { App } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { LogoutRequest } from '../wire/logout-request.ts';
import type { SignatureVerdict } from './check-signature.ts';
import { isLogoutOver } from './check-times.ts';
import type { SamlError } from './errors.ts';

/** A LogoutRequest that may be acted on. */
export interface ValidLogoutRequest {
  readonly app: App;
  readonly request: LogoutRequest;
  /** Where the answer goes: from the registration, never from the request. */
  readonly responseUrl: string;
}

/** S3, S7, S17, L2, L6: a LogoutRequest is signed by its app, still holds, and its answer has an address to go to. */
export function checkLogoutRequest(
  app: App,
  request: LogoutRequest,
  signature: SignatureVerdict,
  now: EpochMs,
): Result<ValidLogoutRequest, readonly SamlError[]> {
  const errors: SamlError[] = [];
  const responseUrl = app.assertion_consumer_logout_service_url;
  if (responseUrl === null) errors.push('no_response_url');
  if (signature.kind === 'failed' && signature.reason === 'blank_certificate')
    errors.push('blank_cert_element_req');
  else if (signature.kind !== 'verified') errors.push('invalid_signature');
  if (request.hasEncryptedId) errors.push('encrypted_name_id');
  if (isLogoutOver(request.notOnOrAfter, now)) errors.push('request_too_old');
  return errors.length > 0 || responseUrl === null ? err(errors) : ok({ app, request, responseUrl });
}
