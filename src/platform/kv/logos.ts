import type { LoadLogo, SaveLogo } from '../../apps/ports.ts';

const keyOf = (sha256: string, type: string): string => `logo/${sha256}.${type}`;

/** Logos in KV: public, addressed by content, so any copy anywhere is the right one (P35). */
export const logoStore = (kv: KVNamespace): { saveLogo: SaveLogo; loadLogo: LoadLogo } => ({
  saveLogo: (sha256, type, bytes) => kv.put(keyOf(sha256, type), bytes),
  loadLogo: async (sha256, type) => {
    const found = await kv.get(keyOf(sha256, type), { type: 'arrayBuffer', cacheTtl: 86_400 });
    return found === null ? null : new Uint8Array(found);
  },
});
