import type { saml as english } from '../en/saml.ts';
import type { Translation } from '../translation.ts';

export const saml = {
  'saml.decoder.decode': 'Decodificar',
  'saml.decoder.document': 'El mensaje',
  'saml.decoder.done': 'Decodificado.',
  'saml.decoder.facts': 'Lo que dice',
  'saml.decoder.intro':
    'Pegue una dirección, un parámetro o un documento. Se lee en este navegador y no se envía a ninguna parte.',
  'saml.decoder.message': 'Solicitud o respuesta SAML',
  'saml.decoder.name': 'Nombre',
  'saml.decoder.none': 'No hay ningún mensaje SAML en este texto.',
  'saml.decoder.title': 'Decodificador de SAML',
  'saml.decoder.value': 'Valor',
  'saml.error.blank_cert_element_req': 'La firma de la solicitud contiene un certificado vacío.',
  'saml.error.both_auth_and_logout_request': 'La solicitud pide iniciar y cerrar sesión a la vez.',
  'saml.error.developers': 'Para quienes desarrollan la aplicación',
  'saml.error.encrypted_name_id': 'La solicitud contiene un identificador cifrado que no podemos abrir.',
  'saml.error.home': 'Ir a {brand}',
  'saml.error.invalid_signature': 'La solicitud no está firmada con un certificado registrado.',
  'saml.error.issuer_missing_or_invalid': 'La solicitud no dice de qué aplicación proviene.',
  'saml.error.no_auth_or_logout_request':
    'No hay ninguna solicitud de inicio o cierre de sesión que podamos leer.',
  'saml.error.no_cert_registered':
    'La aplicación pide respuestas cifradas y no ha registrado ningún certificado.',
  'saml.error.no_legacy_name_id': 'Esta cuenta no tiene un identificador del tipo que pide la aplicación.',
  'saml.error.no_response_url': 'La aplicación no ha registrado una dirección para nuestra respuesta.',
  'saml.error.person':
    'La aplicación que le envió aquí hizo una solicitud que no podemos responder. Vuelva a ella e inténtelo de nuevo. Si ocurre otra vez, comunique lo que aparece abajo a quienes la administran.',
  'saml.error.relay_state_too_long': 'El RelayState es demasiado largo.',
  'saml.error.request_id': 'Identificador de la solicitud: {id}',
  'saml.error.request_too_old': 'La solicitud no se hizo en este momento.',
  'saml.error.title': 'No podemos continuar',
  'saml.error.unauthorized_authn_context': 'La aplicación no puede pedir este nivel de servicio.',
  'saml.error.unauthorized_nameid_format':
    'La aplicación no puede pedir la dirección de correo electrónico como identificador.',
  'saml.error.unauthorized_service_provider': 'La aplicación no está registrada aquí.',
  'saml.error.unregistered_acs_url': 'La dirección para nuestra respuesta no está registrada.',
  'saml.error.wrong_destination': 'La solicitud se hizo para otra dirección.',
  'saml.logout.confirm': 'Sí, cerrar sesión',
  'saml.logout.stay': 'No, ir a la página de mi cuenta',
  'saml.logout.text': 'Otro sitio pide terminar su sesión de {brand} en este navegador.',
  'saml.logout.title': '¿Desea cerrar la sesión de {brand}?',
  'saml.post.continue': 'Continuar',
  'saml.post.text':
    'Su navegador no continúa por sí solo porque los scripts están desactivados. Seleccione Continuar para seguir.',
  'saml.post.title': 'Un paso más',
} as const satisfies Translation<typeof english>;
