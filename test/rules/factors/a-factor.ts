import type { FactorKind, FactorSummary } from '../../../src/factors/model.ts';

/** A factor of a kind; its id is the kind unless given. */
export const aFactor = (kind: FactorKind, more: Partial<FactorSummary> = {}): FactorSummary => ({
  id: kind,
  kind,
  label: kind,
  createdAt: 0,
  ...more,
});
