export const saml = {} as const;
