/** Where a deployment stands; rules about URLs and simulators differ (portal-and-operations 2). */
export type Environment = 'local' | 'test' | 'sandbox' | 'staging' | 'production';

/** Whether real people sign in here: no localhost, no http, no simulators (table of section 2). */
export const isLive = (environment: Environment): boolean =>
  environment === 'staging' || environment === 'production';
