import type { oidc as english } from '../en/oidc.ts';
import type { Translation } from '../translation.ts';

export const oidc = {
  'oidc.error.developers': 'Para quienes desarrollan la aplicación',
  'oidc.error.home': 'Ir a {brand}',
  'oidc.error.person':
    'La aplicación que le envió aquí hizo una solicitud que no podemos responder. Regrese a ella e inténtelo de nuevo. Si vuelve a ocurrir, comunique a sus responsables lo que aparece a continuación.',
  'oidc.error.request_id': 'ID de la solicitud: {id}',
  'oidc.error.title': 'No podemos continuar',
  'oidc.logout.confirm': 'Sí, cerrar sesión',
  'oidc.logout.stay': 'No, ir a la página de mi cuenta',
  'oidc.logout.text':
    '{app} pide finalizar su sesión de {brand}. Se cerrará su sesión de {brand} en este navegador.',
  'oidc.logout.title': '¿Desea cerrar sesión en {brand}?',
} as const satisfies Translation<typeof english>;
