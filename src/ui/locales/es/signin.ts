import type { signin as english } from '../en/signin.ts';
import type { Translation } from '../translation.ts';

export const signin = {
  'signin.bounced.account': 'Ir a su cuenta',
  'signin.bounced.next':
    'Espere un minuto y vuelva a intentarlo. Si vuelve a ocurrir, avise a los responsables del sitio del que viene.',
  'signin.bounced.text':
    'Usted inició sesión en {brand}, pero el sitio del que viene lo devolvió aquí de inmediato.',
  'signin.bounced.text_app': 'Usted inició sesión en {brand}, pero {app} lo devolvió aquí de inmediato.',
  'signin.bounced.title': 'Está dando vueltas en círculo',
  'signin.errors.email_malformed': 'Escriba una dirección de correo electrónico como nombre@example.com.',
  'signin.errors.email_missing': 'Escriba su dirección de correo electrónico.',
  'signin.errors.limited': 'Demasiados intentos de iniciar sesión. Vuelva a intentarlo en {time}.',
  'signin.errors.password_missing': 'Escriba su contraseña.',
  'signin.errors.wrong':
    'La dirección de correo electrónico y la contraseña no coinciden. Revise ambas o restablezca su contraseña más abajo.',
  'signin.inactive.home': 'Ir a {brand}',
  'signin.inactive.next':
    'Comuníquese con los responsables del sitio del que viene. Su cuenta no se ve afectada.',
  'signin.inactive.text': 'Por el momento, el sitio del que viene no puede usar {brand} para iniciar sesión.',
  'signin.inactive.title': 'El inicio de sesión para este sitio está desactivado',
  'signin.page.again': '{app} le pide que vuelva a iniciar sesión para confirmar que es usted.',
  'signin.page.back': 'Volver a {app}',
  'signin.page.create': 'Crear una cuenta',
  'signin.page.forgot': '¿Olvidó su contraseña?',
  'signin.page.new_here': '¿Es la primera vez que usa {brand}?',
  'signin.page.submit': 'Iniciar sesión',
  'signin.page.title': 'Iniciar sesión',
  'signin.page.together': '{app} usa {brand} para que usted inicie sesión.',
  'signin.proofing.cancel': 'Cancelar y volver a {app}',
  'signin.proofing.nothing_shared': 'No se compartió ningún dato suyo.',
  'signin.proofing.text':
    '{brand} todavía no puede verificar identidades, así que este paso no se puede completar aquí.',
  'signin.proofing.text_app':
    '{app} pide una identidad verificada. {brand} todavía no puede verificar identidades, así que este paso no se puede completar aquí.',
  'signin.proofing.title': 'Su identidad no está verificada',
  'signin.proofing.without': 'Volver a {app} sin verificar',
  'signin.restricted.elsewhere':
    'Puede seguir iniciando sesión en otros sitios y administrar su cuenta aquí.',
  'signin.restricted.everywhere':
    'Su cuenta de {brand} no puede usarse para iniciar sesión en otros sitios, así que tampoco en {app}. Ahora no se envió ningún dato suyo a {app}.',
  'signin.restricted.next':
    'Si cree que se trata de un error, comuníquese con los responsables de {app} o con nosotros.',
  'signin.restricted.own': 'Todavía puede administrar su cuenta aquí.',
  'signin.restricted.text':
    'Su cuenta de {brand} no puede usarse para iniciar sesión en {app}. Ahora no se envió ningún dato suyo a {app}.',
  'signin.restricted.title': 'No puede usar esta cuenta para {app}',
  'signin.rules.accept': 'He leído y acepto estas reglas',
  'signin.rules.accept_missing': 'Marque la casilla para aceptar las reglas.',
  'signin.rules.asking': 'Antes de continuar, lea y acepte las reglas para usar {brand}.',
  'signin.rules.intro': 'Estas son las reglas para usar {brand}.',
  'signin.rules.keep_secret': 'No comparta su contraseña ni sus códigos con nadie.',
  'signin.rules.may_suspend':
    'Podemos suspender una cuenta que se use en contra de estas reglas o de la ley.',
  'signin.rules.no_harm': 'No intente entrar en otras cuentas ni interfiera con el servicio.',
  'signin.rules.ours': 'Lo que hacemos nosotros',
  'signin.rules.own_account': 'Use solo su propia cuenta y no permita que otras personas la usen.',
  'signin.rules.records':
    'Guardamos un registro de los inicios de sesión y los cambios, que puede ver en su cuenta.',
  'signin.rules.share_only_agreed': 'Compartimos sus datos con un sitio solo después de que usted lo acepte.',
  'signin.rules.submit': 'Continuar',
  'signin.rules.tell_us': 'Si cree que otra persona usó su cuenta, cambie su contraseña de inmediato.',
  'signin.rules.title': 'Reglas de uso',
  'signin.rules.true_information': 'Proporcione información verdadera sobre usted.',
  'signin.rules.yours': 'Lo que hace usted',
  'signin.sign_out.done': 'Usted cerró la sesión.',
  'signin.sign_out.question': '¿Quiere cerrar la sesión de {brand} en este navegador?',
  'signin.sign_out.stay': 'Mantener la sesión abierta',
  'signin.sign_out.submit': 'Cerrar sesión',
  'signin.sign_out.title': '¿Cerrar sesión?',
  'signin.suspended.next': 'Si cree que se trata de un error, comuníquese con nosotros.',
  'signin.suspended.sign_out': 'Cerrar sesión',
  'signin.suspended.text':
    'Su cuenta de {brand} está suspendida, así que no puede usarla para iniciar sesión en otros sitios.',
  'signin.suspended.title': 'Su cuenta está suspendida',
} as const satisfies Translation<typeof english>;
