/** Languages people may use; `zh` is Simplified Chinese (accounts LC-2, oidc CFG-10). */
export type Locale = 'en' | 'es' | 'fr' | 'zh';

export const LOCALES: readonly Locale[] = ['en', 'es', 'fr', 'zh'];

/** Whether a string is exactly one of our locale codes. */
export const isLocale = (value: string): value is Locale =>
  value === 'en' || value === 'es' || value === 'fr' || value === 'zh';
