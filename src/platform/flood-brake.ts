/** Whether one more request from this network may pass. */
export type FloodBrake = (network: string) => Promise<boolean>;

/**
 * A brake on floods from one network, at the edge location that sees them (oidc NET-6, accounts `req.ip`, platform LM-2):
 * it costs no storage call and is not exact, so nothing about credentials hangs on it. How many requests a minute may pass
 * is set with the binding. When the limiter itself does not answer, page views go on (LM-3).
 */
export const floodBrake =
  (limiter: Pick<RateLimit, 'limit'>): FloodBrake =>
  async (network) => {
    try {
      return (await limiter.limit({ key: network })).success;
    } catch {
      return true;
    }
  };
