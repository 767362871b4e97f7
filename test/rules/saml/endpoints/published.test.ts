import { describe, expect, it } from 'vitest';
import { DAY, HOUR } from '../../../../src/kernel/time.ts';
import { fullViewEnds } from '../../../../src/saml/endpoints/published.ts';
import { NOW } from '../a-request.ts';

describe('section 17 validUntil of the full view', () => {
  it('is two weeks away, and never after the certificate', () => {
    expect(fullViewEnds(NOW + 90 * DAY, NOW)).toBe(NOW + 14 * DAY);
    expect(fullViewEnds(NOW + 3 * HOUR, NOW)).toBe(NOW + 3 * HOUR);
  });
  it('Y5 is not over for a year that is held past its certificate', () => {
    expect(fullViewEnds(NOW, NOW)).toBe(NOW + 14 * DAY);
    expect(fullViewEnds(NOW - DAY, NOW)).toBe(NOW + 14 * DAY);
  });
});
