import { fromBase64Url } from '../../kernel/bytes.ts';
import type { AssertionResponse } from './verify-assertion.ts';
import type { RegistrationResponse } from './verify-registration.ts';

/** Longest field of a ceremony's answer, in characters; some attestation statements carry certificates. */
const MAX_FIELD = 24_000;

const bytesOf = (form: URLSearchParams, name: string): Uint8Array<ArrayBuffer> | null => {
  const text = form.get(name) ?? '';
  return text === '' || text.length > MAX_FIELD ? null : fromBase64Url(text);
};

/** The answer of a set-up form; null when the browser's part is missing, as without script. */
export function readRegistration(form: URLSearchParams): RegistrationResponse | null {
  const clientData = bytesOf(form, 'client_data_json');
  const attestationObject = bytesOf(form, 'attestation_object');
  if (clientData === null || attestationObject === null) return null;
  const transports = (form.get('transports') ?? '').slice(0, 200).split(',');
  return { clientData, attestationObject, transports };
}

/** The answer of a sign-in form; null when the browser's part is missing. */
export function readAssertion(form: URLSearchParams): AssertionResponse | null {
  const credentialId = bytesOf(form, 'credential_id');
  const clientData = bytesOf(form, 'client_data_json');
  const authenticatorData = bytesOf(form, 'authenticator_data');
  const signature = bytesOf(form, 'signature');
  if (credentialId === null || clientData === null || authenticatorData === null || signature === null)
    return null;
  return { credentialId, clientData, authenticatorData, signature, userHandle: bytesOf(form, 'user_handle') };
}
