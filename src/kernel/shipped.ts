/** Set while a Worker is bundled for an environment (`scripts/support/bundle-worker.ts`); unknown elsewhere. */
declare const GATEHOUSE_SANDBOX: boolean | undefined;

/**
 * Whether test accounts, inbox pages and the machine interface for tests are part of this Worker at all. Staging and
 * production are built without them: what must not run there is not there.
 */
export const SHIPS_SANDBOX: boolean = typeof GATEHOUSE_SANDBOX === 'undefined' || GATEHOUSE_SANDBOX;
