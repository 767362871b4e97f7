import fc from 'fast-check';

/**
 * Property tests draw from one seed, so that a red run is a change's doing and can be repeated. `FC_SEED=random` goes
 * looking for new counterexamples; what it finds becomes a plain test.
 */
const seed = process.env.FC_SEED;
if (seed !== 'random') fc.configureGlobal({ seed: Number(seed ?? 20261122) });
