import type { EpochMs } from '../../kernel/time.ts';

/** What is known of a card after its certificate was checked (PV-1). */
export interface Card {
  /** The subject among the names one root gives, as `cardIdentity` writes it; unique across accounts by its digest (PV-2). */
  readonly identity: string;
  /** RFC 4514 names, as apps with `x509` claims get them (PV-5). */
  readonly subject: string;
  readonly issuer: string;
  /** Subject key identifier, hexadecimal; empty when the certificate has none. */
  readonly keyId: string;
}

/** PV-1: everything that can be wrong with a certificate, a token, or whose card it is. */
export const PIV_ERRORS = [
  'certificate.none',
  'certificate.bad',
  'certificate.expired',
  'certificate.invalid',
  'certificate.not_auth_cert',
  'certificate.revoked',
  'certificate.unverified',
  'token.bad',
  'token.invalid',
  'token.missing',
  'token.http_failure',
  'user.not_found',
  'user.piv_cac_mismatch',
  'user.no_piv_cac_associated',
] as const;
export type PivError = (typeof PIV_ERRORS)[number];
export type CertificateError = Extract<PivError, `certificate.${string}`>;

/** A card that belongs to an account, as the database keeps it. */
export interface HeldCard {
  readonly factor: string;
  readonly account: string;
  readonly name: string;
  readonly subject: string;
  readonly issuer: string;
  readonly createdAt: EpochMs;
}

/** The two names apps may ask for. */
export type CardNames = Pick<Card, 'subject' | 'issuer'>;

/** Cards an account may hold (`piv.max`). */
export const PIV_MAX = 2;

/**
 * What to do when nobody can tell whether a certificate was revoked: `hard` refuses it, `soft` lets it pass with a line
 * in the log, `off` never asks.
 */
export const REVOCATION_POLICIES = ['hard', 'soft', 'off'] as const;
export type RevocationPolicy = (typeof REVOCATION_POLICIES)[number];
