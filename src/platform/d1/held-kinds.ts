import { FACTOR_KINDS, type FactorKind } from '../../factors/model.ts';

/** Kinds held, in the fixed order of the model. */
export function kindsOf(kinds: string | null, hasCodes: number): readonly FactorKind[] {
  const held = new Set((kinds ?? '').split(','));
  return FACTOR_KINDS.filter((kind) => (kind === 'backup_codes' ? hasCodes === 1 : held.has(kind)));
}
