import { createStrengthEstimator, type EstimateStrength } from './password-strength.ts';

/** Ranking the list of common passwords costs more than judging a password with it: done once for each list. */
const estimators = new WeakMap<readonly string[], EstimateStrength>();

/** The estimator over a list of common passwords, most common first; made once for each list object. */
export function estimatorFor(commonPasswords: readonly string[]): EstimateStrength {
  const known = estimators.get(commonPasswords);
  if (known !== undefined) return known;
  const made = createStrengthEstimator({ commonPasswords });
  estimators.set(commonPasswords, made);
  return made;
}
