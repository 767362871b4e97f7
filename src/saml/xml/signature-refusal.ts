/** Every way a signature can be refused. The strings are stable: they are logged and documented (saml, Errors). */
export type SignatureReason =
  | 'unsigned'
  | 'several_signatures'
  | 'misplaced_signature'
  | 'bad_signature_shape'
  | 'wrong_sig_algorithm'
  | 'bad_canonicalisation'
  | 'blank_certificate'
  | 'no_registered_certs'
  | 'request_cert_not_registered'
  | 'key_validation_error'
  | 'bad_reference'
  | 'bad_transform'
  | 'wrong_digest_algorithm'
  | 'sha1_digest'
  | 'digest_mismatch'
  | 'unreadable_signed_bytes';

/** Why a signature was not accepted. */
export type SignatureRefusal = { readonly reason: SignatureReason };
