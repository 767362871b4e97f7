import type { Environment } from './environment.ts';
import type { App } from './model.ts';

/** What a document is checked against. */
export interface ValidationContext {
  readonly env: Environment;
  /** The app that is being changed, null for a new one. */
  readonly previous: App | null;
  /** true for bundles from elsewhere: older files leave out more than a form would (M6). */
  readonly imported?: boolean;
  /** Partners may do less than operators (1.4); the machine interface acts for operators. */
  readonly actor?: 'operator' | 'partner';
  /** Fingerprints of our own keys, which nobody may register (P37). */
  readonly ownKeys?: ReadonlySet<string>;
}
