import type { entry as english } from '../en/entry.ts';
import type { Translation } from '../translation.ts';

export const entry = {
  'entry.password.advice':
    'Mejor larga que complicada: cuatro o cinco palabras sin relación entre sí forman una buena contraseña. Se permiten espacios.',
  'entry.password.confirm': 'Confirmar contraseña',
  'entry.password.rule': 'Al menos {min} caracteres.',
  'entry.reset.back': 'Volver al inicio de sesión',
  'entry.reset.check_minutes':
    'El enlace sirve durante {minutes} minutos. Revise también la carpeta de correo no deseado.',
  'entry.reset.check_text': 'Enviamos a {email} un correo que explica cómo continuar.',
  'entry.reset.disavow_text':
    'Nos indicó que no fue usted quien inició sesión o hizo un cambio. Elija una contraseña nueva para que nadie más entre. Cerraremos la sesión en todos los navegadores.',
  'entry.reset.disavow_title': 'Recupere el control de su cuenta',
  'entry.reset.done': 'Se cambió su contraseña. Inicie sesión con la nueva.',
  'entry.reset.edit_submit': 'Cambiar la contraseña',
  'entry.reset.edit_title': 'Elija una contraseña nueva',
  'entry.reset.help': 'Obtener ayuda',
  'entry.reset.link_bad':
    'Este enlace ya no funciona. Escriba su dirección de correo electrónico para recibir otro.',
  'entry.reset.phishing':
    'Continúe solo si usted mismo lo solicitó. Nadie de {brand} le pedirá jamás su contraseña.',
  'entry.reset.submit': 'Enviar el enlace',
  'entry.reset.text':
    'Escriba la dirección de correo electrónico de su cuenta. Le enviaremos un enlace para elegir una contraseña nueva.',
  'entry.reset.title': 'Restablezca su contraseña',
  'entry.sign_up.account': 'Cuenta: {email}',
  'entry.sign_up.already_confirmed':
    'Esta dirección de correo electrónico ya está confirmada. Inicie sesión con su contraseña.',
  'entry.sign_up.cancel': 'Cancelar la creación de la cuenta',
  'entry.sign_up.cancel_keep': 'Seguir creando la cuenta',
  'entry.sign_up.cancel_submit': 'Cancelar y eliminar',
  'entry.sign_up.cancel_text':
    'Se eliminarán su dirección de correo electrónico y todo lo que haya escrito hasta ahora. Puede empezar de nuevo cuando quiera.',
  'entry.sign_up.cancel_title': '¿Cancelar la creación de su cuenta?',
  'entry.sign_up.canceled': 'Se canceló la creación de la cuenta. No se guardó nada.',
  'entry.sign_up.check_hours':
    'El enlace sirve durante {hours} horas. Revise también la carpeta de correo no deseado.',
  'entry.sign_up.check_other': 'Usar otra dirección de correo electrónico',
  'entry.sign_up.check_resend': 'Enviar el correo de nuevo',
  'entry.sign_up.check_resent': 'Enviamos otro correo.',
  'entry.sign_up.check_text': 'Enviamos un correo a {email}. Abra el enlace que contiene para continuar.',
  'entry.sign_up.check_title': 'Revise su correo electrónico',
  'entry.sign_up.email_locale': 'Idioma de los correos que le enviamos',
  'entry.sign_up.have_account': '¿Ya tiene una cuenta? Inicie sesión',
  'entry.sign_up.link_bad':
    'Este enlace ya no funciona. Escriba su dirección de correo electrónico para recibir otro.',
  'entry.sign_up.password_submit': 'Continuar',
  'entry.sign_up.password_text':
    'Su dirección de correo electrónico es correcta. Ahora elija la contraseña de su cuenta de {brand}.',
  'entry.sign_up.password_title': 'Cree una contraseña',
  'entry.sign_up.rules_link': 'Leer las reglas de uso',
  'entry.sign_up.submit': 'Continuar',
  'entry.sign_up.terms': 'Acepto las reglas de uso de {brand}',
  'entry.sign_up.terms_missing': 'Marque la casilla para aceptar las reglas de uso.',
  'entry.sign_up.title': 'Cree una cuenta',
} as const satisfies Translation<typeof english>;
