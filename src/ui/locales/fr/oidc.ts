import type { oidc as english } from '../en/oidc.ts';
import type { Translation } from '../translation.ts';

export const oidc = {
  'oidc.error.developers': 'Pour les développeurs de l’application',
  'oidc.error.home': 'Aller à {brand}',
  'oidc.error.person':
    'L’application qui vous a envoyé ici a fait une demande à laquelle nous ne pouvons pas répondre. Retournez-y et réessayez. Si cela se reproduit, transmettez à ses responsables ce qui est écrit ci-dessous.',
  'oidc.error.request_id': 'ID de la demande : {id}',
  'oidc.error.title': 'Nous ne pouvons pas continuer',
  'oidc.logout.confirm': 'Oui, me déconnecter',
  'oidc.logout.stay': 'Non, aller à la page de mon compte',
  'oidc.logout.text':
    '{app} demande de mettre fin à votre session {brand}. Vous serez déconnecté de {brand} dans ce navigateur.',
  'oidc.logout.title': 'Voulez-vous vous déconnecter de {brand} ?',
} as const satisfies Translation<typeof english>;
