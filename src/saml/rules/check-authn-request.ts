import type { App } from '../../apps/model.ts';
import { err, ok, type Result } from '../../kernel/result.ts';
import type { EpochMs } from '../../kernel/time.ts';
import type { AuthnRequest } from '../wire/authn-request.ts';
import { hasOption } from './app-options.ts';
import { type ResolvedContext, resolveAuthnContext } from './authn-context.ts';
import type { SignatureVerdict } from './check-signature.ts';
import { isIssuedNow } from './check-times.ts';
import { chooseAcs } from './choose-acs.ts';
import { chooseNameId, type NameIdChoice } from './choose-name-id.ts';
import type { SamlError } from './errors.ts';
import { requestedAttributes } from './requested-attributes.ts';

/** An AuthnRequest that may be answered, with everything the answer needs. */
export interface ValidAuthnRequest {
  readonly app: App;
  readonly request: AuthnRequest;
  readonly acs: string;
  readonly nameId: NameIdChoice;
  readonly context: ResolvedContext;
  /** Names of attributes asked for, or of the app's bundle. */
  readonly names: readonly string[];
  /** Certificate that verified the request (S2); null when none did. */
  readonly fingerprint: string | null;
}

/** Circumstances of a request that are not in it. */
export interface Arrival {
  readonly now: EpochMs;
  /** Addresses that mean this endpoint: with the year and without it. */
  readonly endpoints: readonly string[];
  readonly signature: SignatureVerdict;
}

/**
 * F1, A1 to A17, C1, S1: every check of an AuthnRequest from a known app. All of them run and everything found wrong
 * is told together, in the order of this list.
 */
export function checkAuthnRequest(
  app: App,
  request: AuthnRequest,
  { now, endpoints, signature }: Arrival,
): Result<ValidAuthnRequest, readonly SamlError[]> {
  const errors: SamlError[] = [];
  const keep = <T>(result: Result<T, SamlError>): T | null => {
    if (result.ok) return result.value;
    errors.push(result.error);
    return null;
  };
  const destination = keep(chooseAcs(app, request));
  if (app.block_encryption !== 'none' && app.certs.length === 0) errors.push('no_cert_registered');
  if (signature.kind === 'failed' && signature.reason === 'blank_certificate')
    errors.push('blank_cert_element_req');
  if (app.signed_request_required && signature.kind !== 'verified') errors.push('invalid_signature');
  const context = keep(resolveAuthnContext(app, request.classRefs, request.comparison));
  const nameId = keep(chooseNameId(app, request.nameIdFormat));
  if (hasOption(app, 'enforce_destination') && !endpoints.includes(request.destination ?? ''))
    errors.push('wrong_destination');
  if (hasOption(app, 'check_issue_instant') && !isIssuedNow(request.issueInstant, now))
    errors.push('request_too_old');
  if (errors.length > 0 || destination === null || context === null || nameId === null) return err(errors);
  return ok({
    app,
    request,
    acs: destination.acs,
    nameId,
    context,
    names: requestedAttributes(request.classRefs, app.attribute_bundle),
    fingerprint: signature.kind === 'verified' ? signature.fingerprint : null,
  });
}
