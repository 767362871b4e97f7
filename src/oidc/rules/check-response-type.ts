import type { AuthorizationCheck } from './authorization-facts.ts';

/** AUT-6, RFC 6749 section 3.1.1: the code flow is the only one. */
export const checkResponseType: AuthorizationCheck = ({ parameters }) =>
  parameters.get('response_type') === 'code' ? null : 'response-type';
