import { err, ok, type Result } from '../kernel/result.ts';
import type { IdentityProtocol } from './model.ts';

/** What a document says about protocol and client authentication, in any of its spellings. */
export interface ProtocolInput {
  readonly identity_protocol: IdentityProtocol | 0 | 1 | 2 | null;
  readonly protocol: 'oidc' | 'saml' | null;
  readonly pkce: boolean | null | undefined;
  /** An ACS URL without any protocol means SAML: older files say no more. */
  readonly hasAcsUrl: boolean;
}

export interface Protocol {
  readonly identity_protocol: IdentityProtocol;
  /** REG-4: true PKCE only, false private_key_jwt only, null either. */
  readonly pkce: boolean | null;
}

const BY_NUMBER: Readonly<Record<0 | 1 | 2, IdentityProtocol>> = {
  0: 'openid_connect_private_key_jwt',
  1: 'saml',
  2: 'openid_connect_pkce',
};

const impliedPkce = (protocol: IdentityProtocol): boolean | null => {
  if (protocol === 'openid_connect_pkce') return true;
  return protocol === 'openid_connect_private_key_jwt' ? false : null;
};

/**
 * Settles the protocol (portal-and-operations 1.4 `identity_protocol`, M5 `protocol`, REG-4 `pkce`). `identity_protocol`
 * speaks first, then `protocol` with `pkce`, then an ACS URL or `pkce` alone. An explicit `pkce` wins over the one the
 * protocol implies. Refuses a document that says nothing, or two different things.
 */
export function settleProtocol(
  input: ProtocolInput,
): Result<Protocol, 'identity_protocol.blank' | 'identity_protocol.invalid'> {
  const named =
    typeof input.identity_protocol === 'number'
      ? BY_NUMBER[input.identity_protocol]
      : input.identity_protocol;
  if (named !== null) {
    const family = named === 'saml' ? 'saml' : 'oidc';
    if (input.protocol !== null && input.protocol !== family) return err('identity_protocol.invalid');
    return ok(complete(named, input.pkce));
  }
  if (input.protocol === 'saml') return ok(complete('saml', undefined));
  if (input.protocol === 'oidc' || typeof input.pkce === 'boolean')
    return ok(complete(byPkce(input.pkce), input.pkce));
  return input.hasAcsUrl ? ok(complete('saml', undefined)) : err('identity_protocol.blank');
}

const byPkce = (pkce: boolean | null | undefined): IdentityProtocol => {
  if (pkce === true) return 'openid_connect_pkce';
  return pkce === false ? 'openid_connect_private_key_jwt' : 'openid_connect';
};

/** `null` means the same as absent: what the protocol implies. */
function complete(protocol: IdentityProtocol, pkce: boolean | null | undefined): Protocol {
  if (protocol === 'saml') return { identity_protocol: protocol, pkce: null };
  return { identity_protocol: protocol, pkce: pkce ?? impliedPkce(protocol) };
}
