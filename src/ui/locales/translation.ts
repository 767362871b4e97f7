/** What a translated room file must hold: the same keys as the English one. A missing key does not compile. */
export type Translation<English> = { readonly [Key in keyof English]: string };
