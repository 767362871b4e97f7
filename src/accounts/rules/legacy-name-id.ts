/** Saml A9: a number that can stand for an account at apps: positive, and one that every JSON reader tells apart. */
export const isLegacyNameId = (value: unknown): value is number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value > 0;
