import type { consent as english } from '../en/consent.ts';
import type { Translation } from '../translation.ts';

export const consent = {
  'consent.agree.again':
    'La próxima vez no se le preguntará, a menos que {app} pida más datos o haya pasado un año.',
  'consent.agree.cancel': 'Cancelar y volver a {app}',
  'consent.agree.change_email': 'Cambiar',
  'consent.agree.change_email_label': 'Cambiar la dirección de correo electrónico que se comparte con {app}',
  'consent.agree.nothing': '{app} no pide ningún dato sobre usted.',
  'consent.agree.one_method':
    'Solo tiene un método para demostrar que es usted. Si lo pierde, pierde su cuenta.',
  'consent.agree.one_method_add': 'Agregar otro método',
  'consent.agree.submit': 'Aceptar y continuar',
  'consent.agree.title': 'Continuar a {app}',
  'consent.agree.what': 'Datos que se comparten con {app}',
  'consent.attribute.address': 'Dirección',
  'consent.attribute.all_emails': 'Todas las direcciones de correo electrónico de su cuenta',
  'consent.attribute.birthdate': 'Fecha de nacimiento',
  'consent.attribute.email': 'Dirección de correo electrónico',
  'consent.attribute.family_name': 'Apellido',
  'consent.attribute.given_name': 'Nombre',
  'consent.attribute.locale': 'Idioma que usa aquí',
  'consent.attribute.middle_name': 'Segundo nombre',
  'consent.attribute.phone': 'Número de teléfono',
  'consent.attribute.social_security_number': 'Número de Seguro Social',
  'consent.attribute.verified_at': 'Fecha en que se verificó su identidad',
  'consent.attribute.x509_issuer': 'Emisor de su credencial del gobierno',
  'consent.attribute.x509_subject': 'Nombre en su credencial del gobierno',
  'consent.continue.other': 'Usar otra cuenta',
  'consent.continue.submit': 'Continuar como {email}',
  'consent.continue.text':
    'Inició sesión en {brand} como {email}. ¿Quiere continuar a {app} con esta cuenta?',
  'consent.continue.title': '¿Continuar a {app}?',
  'consent.email.label': 'Dirección de correo electrónico que se compartirá',
  'consent.email.missing': 'Elija una de sus direcciones de correo electrónico.',
  'consent.email.submit': 'Usar esta dirección',
  'consent.email.text': '{app} solo verá la dirección que elija aquí.',
  'consent.email.title': 'Elija una dirección de correo electrónico',
  'consent.phone.text':
    '{app} está en su teléfono. Vuelva a abrirla allí; cerramos su sesión en este navegador.',
  'consent.phone.title': 'Vuelva a la aplicación en su teléfono',
  'consent.reason.expired':
    'Hace más de un año que aceptó compartir sus datos con {app}. Revíselos y acepte de nuevo.',
  'consent.reason.first_time':
    'Es la primera vez que visita {app} con esta cuenta. Si acepta, compartiremos estos datos con ese sitio.',
  'consent.reason.new_attributes': '{app} pide más datos que antes. Revíselos antes de aceptar.',
  'consent.reason.revoked':
    'Usted desconectó {app} de su cuenta. Si acepta, volveremos a compartir sus datos con ese sitio.',
  'consent.reason.verified_since':
    'Su identidad se verificó después de su última visita a {app}. Revise sus datos antes de aceptar.',
} as const satisfies Translation<typeof english>;
