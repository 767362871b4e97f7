import { isBlank } from '../wire/read-parameters.ts';
import type { AuthorizationCheck } from './authorization-facts.ts';
import type { MessageId } from './messages.ts';

const REQUIRED = [
  ['acr_values', 'acr-values-blank'],
  ['client_id', 'client-blank'],
  ['redirect_uri', 'redirect-uri-blank'],
  ['scope', 'scope-blank'],
  ['state', 'state-blank'],
  ['nonce', 'nonce-blank'],
] as const satisfies readonly (readonly [string, MessageId])[];

/** AUT-4 to AUT-11: required parameters have a value, and `prompt` has one if it is sent at all. */
export const checkRequired: AuthorizationCheck = ({ parameters }) => {
  const missing: MessageId[] = [];
  for (const [name, id] of REQUIRED) {
    if (isBlank(parameters.get(name))) missing.push(id);
  }
  const prompt = parameters.get('prompt');
  if (prompt !== undefined && isBlank(prompt)) missing.push('prompt-blank');
  return missing;
};
