import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { assetVersions, versionsFile, versionsModule } from '../../../scripts/assets/sources.ts';
import { assetUrl, scriptUrl } from '../../../src/ui/assets.ts';

describe('static assets', () => {
  it('have current versions; `npm run build` makes them', () => {
    expect(readFileSync(versionsFile, 'utf8')).toBe(versionsModule(assetVersions()));
  });

  it('are addressed with their version', () => {
    expect(assetUrl('gatehouse.css')).toMatch(/^\/static\/gatehouse\.css\?v=[0-9a-f]{8}$/);
    expect(scriptUrl('page')).toMatch(/^\/static\/js\/page\.js\?v=[0-9a-f]{8}$/);
  });
});
