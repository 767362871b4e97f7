import type { SoftwareCredential } from './test-account.ts';

/** A software credential as scripts read it, the same from the interface and from the page. */
export const showCredential = ({ kind, id, privateKeyJwk, rpId, userHandle }: SoftwareCredential) => ({
  kind,
  id,
  private_key_jwk: privateKeyJwk,
  rp_id: rpId,
  user_handle: userHandle,
});
