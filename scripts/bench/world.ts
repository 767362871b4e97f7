/** Secrets of worlds that end with the process that serves them. */
export const ROOT = 'YmVuY2gtb25seS1iZW5jaC1vbmx5LWJlbmNoLW9ubHk';
export const ADMIN_TOKEN = 'bench-only-admin-token-of-forty-characters';
