/** Secrets of worlds that end with the process that serves them. */
export const ROOT = 'YmVuY2gtb25seS1iZW5jaC1vbmx5LWJlbmNoLW9ubHk';
export const ADMIN_TOKEN = 'bench-only-admin-token-of-forty-characters';

/** In the folder of a world: the built Worker, and what the runtime is told. */
export const WORKER_FILE = 'gatehouse.js';
export const CONFIG_FILE = 'config.capnp';
