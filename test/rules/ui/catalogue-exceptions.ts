import type { Locale, MessageKey } from '../../../src/ui/i18n.ts';

/** Words that are rightly the same in English and another language. Everything else that is equal was forgotten. */
export const sameAsEnglish: Partial<Record<MessageKey, readonly Locale[]>> = {};

/** Keys put together at run time, so that no source names them in full. */
export const builtAtRunTime: readonly RegExp[] = [
  /^saml\.error\.[a-z_]+$/,
  /^help\./,
  /^(?:accounts\.(?:attribute|event|factor)|consent\.attribute|factors\.(?:about|kind|nickname))\.[a-z0-9_]+$/,
  /^phone\.add\.(?:impossible|missing|special|unsupported_country)$/,
];
