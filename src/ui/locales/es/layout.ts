import type { layout as english } from '../en/layout.ts';
import type { Translation } from '../translation.ts';

export const layout = {
  'layout.failure.error_id': 'Código de error:',
  'layout.failure.fault.text':
    'Es culpa nuestra, no suya. No se perdió nada de lo que ingresó antes. Regrese e inténtelo de nuevo.',
  'layout.failure.fault.title': 'Algo salió mal',
  'layout.failure.form_expired.text':
    'La página estuvo abierta demasiado tiempo, o usted inició o cerró sesión en otra pestaña. No se cambió nada. Abra la página de nuevo y repita el último paso.',
  'layout.failure.form_expired.title': 'Este formulario ya no es válido',
  'layout.failure.home': 'Ir a {brand}',
  'layout.failure.not_found.text':
    'No hay ninguna página en esta dirección. Revise la dirección o empiece de nuevo.',
  'layout.failure.not_found.title': 'Página no encontrada',
  'layout.failure.request_id': 'ID de la solicitud: {id}',
  'layout.failure.retry': 'Intentar de nuevo',
  'layout.failure.too_large.text':
    'No podemos aceptar tanto a la vez. No se cambió nada. Abra la página de nuevo e ingrese menos.',
  'layout.failure.too_large.title': 'Es demasiado largo',
  'layout.failure.too_many.text':
    'Lo ha intentado demasiadas veces en poco tiempo. Espere un minuto e inténtelo de nuevo.',
  'layout.failure.too_many.title': 'Demasiadas solicitudes',
  'layout.failure.unavailable.text':
    'No podemos conectar con una parte de nuestro servicio en este momento. No se perdió nada. Espere unos segundos e inténtelo de nuevo.',
  'layout.failure.unavailable.title': 'No disponible por el momento',
  'layout.app.logo': 'Logotipo de {app}',
  'layout.code.hint_alphanumeric': 'Letras y números. Puede usar mayúsculas o minúsculas.',
  'layout.code.hint_numeric': 'Ejemplo: {example}',
  'layout.code.label': 'Código de un solo uso',
  'layout.copy.button': 'Copiar',
  'layout.copy.done': 'Copiado',
  'layout.download.button': 'Descargar',
  'layout.email.label': 'Dirección de correo electrónico',
  'layout.errors.summary.one': 'Hay un problema en esta página',
  'layout.errors.summary.other': 'Hay {count} problemas en esta página',
  'layout.field.optional': '{label} (opcional)',
  'layout.footer.accessibility': 'Accesibilidad',
  'layout.footer.contact': 'Contáctenos',
  'layout.footer.help': 'Ayuda',
  'layout.footer.label': 'Acerca de este sitio',
  'layout.footer.languages': 'Idioma',
  'layout.footer.privacy': 'Privacidad y seguridad',
  'layout.footer.security': 'Informar de un problema de seguridad',
  'layout.header.account': 'Su cuenta',
  'layout.header.home': 'Inicio de {brand}',
  'layout.header.label': 'Su sesión',
  'layout.header.sign_out': 'Cerrar sesión',
  'layout.notice.ended_other_browser':
    'Se cerró su sesión aquí porque su cuenta se usó en otro navegador. Si no fue usted, inicie sesión y cambie su contraseña.',
  'layout.notice.ended_password':
    'Se cerró su sesión aquí porque se cambió la contraseña de su cuenta. Inicie sesión con la nueva contraseña.',
  'layout.notice.ended_signed_out':
    'Su sesión se cerró desde otro lugar. Vuelva a iniciar sesión para continuar.',
  'layout.notice.form_cleared':
    'Estuvo {minutes} minutos sin actividad, así que borramos los datos de esta página para proteger su información. Empiece de nuevo.',
  'layout.notice.session_expired':
    'Cerramos su sesión porque estuvo {minutes} minutos sin actividad. Vuelva a iniciar sesión.',
  'layout.password.label': 'Contraseña',
  'layout.password.show': 'Mostrar contraseña',
  'layout.print.button': 'Imprimir',
  'layout.required.script':
    'Esta página necesita JavaScript. Actívelo en su navegador, o regrese y elija otro método.',
  'layout.skip': 'Ir al contenido principal',
  'layout.steps.complete': 'completado',
  'layout.steps.current': 'paso actual',
  'layout.steps.label': 'Progreso',
  'layout.steps.position': 'Paso {current} de {total}',
  'layout.steps.upcoming': 'sin completar',
  'layout.strength.average': 'Regular',
  'layout.strength.good': 'Buena',
  'layout.strength.great': '¡Excelente!',
  'layout.strength.label': 'Seguridad de la contraseña:',
  'layout.strength.very_weak': 'Muy débil',
  'layout.strength.weak': 'Débil',
  'layout.test_site.label': 'Aviso de sitio de prueba',
  'layout.test_site.link': 'Abrir el entorno de pruebas',
  'layout.test_site.text': 'Este es un sitio de prueba. No escriba aquí datos personales reales.',
  'layout.timeout.countdown': 'Para proteger su información, cerraremos su sesión en {time}.',
  'layout.timeout.heading': '¿Necesita más tiempo?',
  'layout.timeout.sign_out': 'Cerrar sesión ahora',
  'layout.timeout.stay': 'Mantener la sesión abierta',
  'layout.title': '{page} | {brand}',
  'layout.troubleshooting': '¿Tiene problemas?',
} as const satisfies Translation<typeof english>;
