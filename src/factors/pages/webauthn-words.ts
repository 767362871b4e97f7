import type { Page, PasskeyWords } from '../../ui/index.ts';

/** What a page with a ceremony says when the browser gives up (WA-5). */
export const ceremonyWords = ({ t }: Page): PasskeyWords => ({
  canceled: t('webauthn.canceled'),
  failed: t('webauthn.failed'),
  known: t('webauthn.known'),
  unsupported: t('webauthn.unsupported'),
});
