/** Who asks: the site in WebAuthn's terms. */
export interface RelyingParty {
  /** Host name of our origin (WA-1): credentials work there and nowhere else. */
  readonly id: string;
  /** Without a trailing slash; compared exactly. */
  readonly origin: string;
}

/** The relying party of a deployment, from its configured origin. */
export const relyingParty = (origin: string): RelyingParty => ({ id: new URL(origin).hostname, origin });
