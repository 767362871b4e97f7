import { lookup } from 'node:dns/promises';

/** How a name becomes addresses; throws for one nobody knows. */
export type Lookup = (host: string) => Promise<{ readonly address: string }>;

/**
 * Whether programs of this machine reach this machine under `host`. Browsers know every name that ends in `.localhost`
 * by themselves; other programs ask the system, and not every system knows them.
 */
export async function meansThisMachine(host: string, ask: Lookup = lookup): Promise<boolean> {
  try {
    const { address } = await ask(host);
    return address === '::1' || address.startsWith('127.');
  } catch {
    return false;
  }
}
