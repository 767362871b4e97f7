import type { notices as english } from '../en/notices.ts';
import type { Translation } from '../translation.ts';

export const notices = {
  'notices.account_deleted.advice':
    'Si vuelve a necesitar una cuenta, puede crear una nueva en cualquier momento.',
  'notices.account_deleted.body':
    'Su cuenta de {brand} y la información que contenía se eliminaron, tal como lo solicitó.',
  'notices.account_deleted.subject': 'Se eliminó su cuenta',
  'notices.account_reinstated.body':
    'Su cuenta de {brand} vuelve a estar activa. Puede iniciar sesión con el mismo correo electrónico y la misma contraseña de antes.',
  'notices.account_reinstated.subject': 'Su cuenta vuelve a estar activa',
  'notices.account_reset_cancelled.body':
    'Se canceló la solicitud de eliminar su cuenta de {brand}. Su cuenta queda como estaba.',
  'notices.account_reset_cancelled.subject': 'Su cuenta no se eliminará',
  'notices.account_reset_ready.body':
    'Usted solicitó eliminar su cuenta de {brand} porque no podía usar sus métodos de autenticación. El período de espera terminó. Después de eliminar la cuenta, podrá crear una nueva con el mismo correo electrónico.',
  'notices.account_reset_ready.delete': 'Eliminar su cuenta',
  'notices.account_reset_ready.ignore':
    'Si ya no quiere eliminar su cuenta, puede ignorar este mensaje. Su cuenta quedará como está.',
  'notices.account_reset_ready.subject': 'Ya puede eliminar su cuenta',
  'notices.account_reset_requested.advice':
    'Si no hace nada, después del período de espera le enviaremos otro mensaje con un enlace que elimina la cuenta.',
  'notices.account_reset_requested.body':
    'Alguien, esperamos que usted, solicitó eliminar su cuenta de {brand} porque no podía usar sus métodos de autenticación. Si no fue usted, o si puede volver a usar su cuenta, cancele la solicitud.',
  'notices.account_reset_requested.cancel': 'Cancelar la solicitud',
  'notices.account_reset_requested.subject': 'Alguien solicitó eliminar su cuenta',
  'notices.account_suspended.body':
    'Su cuenta de {brand} está suspendida debido a actividad inusual. Hasta que esto se resuelva, no podrá usarla para iniciar sesión en aplicaciones.',
  'notices.account_suspended.subject': 'Su cuenta está suspendida',
  'notices.added_email_taken.advice':
    'Para usar esta dirección con otra cuenta, primero inicie sesión en su cuenta y quite allí la dirección.',
  'notices.added_email_taken.body':
    'Alguien, quizás usted, intentó agregar esta dirección de correo electrónico a una cuenta de {brand}. La dirección ya pertenece a su cuenta, por lo que no se cambió nada.',
  'notices.added_email_taken.ignore': 'Si no fue usted, puede ignorar este mensaje.',
  'notices.added_email_taken.subject': 'Esta dirección de correo electrónico ya está en uso',
  'notices.already_registered.body':
    'Alguien, quizás usted, intentó crear una cuenta de {brand} con esta dirección de correo electrónico. Usted ya tiene una cuenta con ella: inicie sesión o, si olvidó su contraseña, restablézcala.',
  'notices.already_registered.ignore': 'Si no fue usted, puede ignorar este mensaje. Su cuenta no cambió.',
  'notices.already_registered.subject': 'Usted ya tiene una cuenta',
  'notices.app_connected.body':
    'Usted usó su cuenta de {brand} con {app} por primera vez y aceptó compartir información con esa aplicación.',
  'notices.app_connected.subject': 'Usted conectó {app} a su cuenta',
  'notices.app_disconnected.body':
    'Usted desconectó {app} de su cuenta de {brand}. Esa aplicación ya no recibe información de nuestra parte, a menos que usted vuelva a iniciar sesión en ella y lo acepte.',
  'notices.app_disconnected.subject': 'Usted desconectó {app} de su cuenta',
  'notices.browsers_forgotten.advice':
    'La próxima vez que inicie sesión en cualquier navegador, necesitará un segundo método de autenticación.',
  'notices.browsers_forgotten.body':
    'Se olvidaron todos los navegadores recordados para su cuenta de {brand}.',
  'notices.browsers_forgotten.subject': 'Se olvidaron sus navegadores recordados',
  'notices.common.browser': 'Navegador',
  'notices.common.confirm_email': 'Confirmar su correo electrónico',
  'notices.common.connected_apps': 'Ver sus aplicaciones conectadas',
  'notices.common.fact': '{name}: {value}',
  'notices.common.footer':
    '{brand} envió este mensaje por algo que ocurrió con esta dirección de correo electrónico. No responda a este mensaje. Nunca le pedimos su contraseña ni sus códigos por correo electrónico.',
  'notices.common.get_help': 'Obtener ayuda',
  'notices.common.if_not_you_account':
    'Si no fue usted, inicie sesión, deshaga el cambio en la página de su cuenta y elija una contraseña nueva.',
  'notices.common.if_not_you_link':
    'Si no fue usted, es posible que alguien conozca su contraseña. Use el enlace de arriba para elegir una nueva.',
  'notices.common.if_you': 'Si fue usted, no necesita hacer nada.',
  'notices.common.ignore': 'Si no fue usted, puede ignorar este mensaje.',
  'notices.common.link': '{label}:',
  'notices.common.link_lifetime': 'Este enlace funciona durante {time}.',
  'notices.common.method': 'Método',
  'notices.common.not_me': 'No fui yo',
  'notices.common.open_account': 'Ir a su cuenta',
  'notices.common.place': 'Ubicación aproximada',
  'notices.common.reset_password': 'Restablecer su contraseña',
  'notices.common.sign_in': 'Iniciar sesión',
  'notices.common.time': 'Hora',
  'notices.common.unknown': 'Se desconoce',
  'notices.confirm_added_email.body':
    'Usted solicitó agregar esta dirección de correo electrónico a su cuenta de {brand}. Confírmela para empezar a usarla.',
  'notices.confirm_added_email.ignore':
    'Si no lo solicitó, puede ignorar este mensaje. La dirección no se agregará.',
  'notices.confirm_added_email.subject': 'Confirme su nueva dirección de correo electrónico',
  'notices.confirm_sign_up.body':
    'Ya casi puede usar {brand}. Confirme su dirección de correo electrónico para continuar creando su cuenta.',
  'notices.confirm_sign_up.ignore':
    'Si no solicitó una cuenta, puede ignorar este mensaje. No se creará ninguna cuenta.',
  'notices.confirm_sign_up.subject': 'Confirme su dirección de correo electrónico',
  'notices.email_added.body': 'Se agregó una nueva dirección de correo electrónico a su cuenta de {brand}.',
  'notices.email_added.subject': 'Se agregó una dirección de correo electrónico a su cuenta',
  'notices.email_deleted.body': 'Se eliminó una dirección de correo electrónico de su cuenta de {brand}.',
  'notices.email_deleted.subject': 'Se eliminó una dirección de correo electrónico de su cuenta',
  'notices.factor_added.body': 'Se agregó un método de autenticación a su cuenta de {brand}.',
  'notices.factor_added.subject': 'Se agregó un método de autenticación a su cuenta',
  'notices.factor_removed.body':
    'Se eliminó un método de autenticación de su cuenta de {brand}. Los navegadores que se recordaban volverán a pedir un segundo método.',
  'notices.factor_removed.subject': 'Se eliminó un método de autenticación de su cuenta',
  'notices.new_device.body':
    'Se usó su cuenta de {brand} para iniciar sesión en un navegador que no le habíamos visto usar antes.',
  'notices.new_device.subject': 'Nuevo inicio de sesión en su cuenta',
  'notices.new_device_password_only.body':
    'Alguien escribió su correo electrónico y su contraseña de {brand} en un navegador que no le habíamos visto usar antes. No terminó de iniciar sesión con un segundo método de autenticación.',
  'notices.new_device_password_only.subject': 'Alguien usó su contraseña en un navegador nuevo',
  'notices.password_changed.body': 'Se cambió la contraseña de su cuenta de {brand}.',
  'notices.password_changed.subject': 'Se cambió su contraseña',
  'notices.please_reset_password.advice':
    'Si usa la misma contraseña en otros sitios, cámbiela también allí.',
  'notices.please_reset_password.body':
    'Es posible que otra persona conozca la contraseña de su cuenta de {brand}. Se cerró su sesión en todas partes. Elija una contraseña nueva para continuar.',
  'notices.please_reset_password.subject': 'Elija una contraseña nueva',
  'notices.reset_password.body':
    'Usted solicitó restablecer la contraseña de su cuenta de {brand}. Use el enlace para elegir una nueva.',
  'notices.reset_password.ignore':
    'Si no lo solicitó, puede ignorar este mensaje. Su contraseña seguirá siendo la misma.',
  'notices.reset_password.subject': 'Restablezca su contraseña',
  'notices.reset_suspended.body':
    'Alguien, quizás usted, solicitó restablecer la contraseña de su cuenta de {brand}. La cuenta está suspendida, por lo que no se puede restablecer la contraseña.',
  'notices.reset_unknown_account.advice':
    'Es posible que haya usado otra dirección al crear su cuenta. Pruebe con esa, o cree una cuenta con esta.',
  'notices.reset_unknown_account.body':
    'Alguien, quizás usted, solicitó restablecer la contraseña de {brand} para {address}. No hay ninguna cuenta con esta dirección.',
  'notices.reset_unknown_account.create': 'Crear una cuenta',
  'notices.reset_unknown_account.subject': 'No hay ninguna cuenta con esta dirección de correo electrónico',
  'notices.saml_year.ends': 'Fin del certificado y las direcciones anteriores',
  'notices.saml_year.metadata': 'Metadatos con el certificado nuevo',
  'notices.saml_year.what_to_do':
    'Lea los metadatos nuevos, o sustituya el certificado y las direcciones anteriores por el certificado nuevo y las direcciones que terminan en {year}. Hasta la fecha indicada abajo funcionan los dos años, así que puede hacer el cambio en cualquier momento.',
  'notices.saml_year.why_you': 'Recibe este mensaje porque es un contacto técnico de {app}.',
  'notices.saml_year_ends.body':
    '{app} todavía inicia la sesión de las personas a través de las direcciones SAML de {brand} del año {old}. Cuando se cierren, nadie podrá iniciar sesión en {app} hasta que use las nuevas.',
  'notices.saml_year_ends.subject':
    'El inicio de sesión en {app} dejará de funcionar si no cambia su configuración SAML',
  'notices.saml_year_opened.body':
    'Cada año, {brand} renueva el certificado con el que firma las aserciones SAML. Las direcciones de {year} ya están abiertas y {app} puede empezar a usarlas.',
  'notices.saml_year_opened.subject': 'Direcciones y certificado SAML de {year}',
  'notices.sign_up_suspended.body':
    'Alguien, quizás usted, intentó crear una cuenta de {brand} con esta dirección de correo electrónico. Pertenece a una cuenta suspendida, por lo que no se creó ninguna cuenta nueva.',
} as const satisfies Translation<typeof english>;
