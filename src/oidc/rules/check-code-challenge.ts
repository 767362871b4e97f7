import type { AuthorizationCheck } from './authorization-facts.ts';

/**
 * AUT-12, AUT-13, RFC 7636 section 4.3: with a challenge, present at all, the method is exactly `S256`; `plain` is
 * refused and never the default (RFC 9700 section 2.1.1). The challenge itself is stored as sent: padded ones and
 * those of short verifiers are in use (FLR-4), and a wrong one only hurts its sender at the token endpoint.
 */
export const checkCodeChallenge: AuthorizationCheck = ({ parameters }) =>
  parameters.has('code_challenge') && parameters.get('code_challenge_method') !== 'S256'
    ? 'code-challenge-method'
    : null;
