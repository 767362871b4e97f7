import type { phone as english } from '../en/phone.ts';
import type { Translation } from '../translation.ts';

export const phone = {
  'phone.add.already': 'Este número ya está en su cuenta. Use otro número.',
  'phone.add.channel': '¿Cómo quiere recibir los códigos?',
  'phone.add.country': 'País o territorio',
  'phone.add.country_missing': 'Elija un país o territorio.',
  'phone.add.impossible':
    'Este no puede ser un número de teléfono de este país. Revise los dígitos y el país.',
  'phone.add.landline':
    'Parece un teléfono fijo, que no puede recibir mensajes de texto. Elija una llamada o use un número móvil.',
  'phone.add.limit': 'Ya tiene cinco teléfonos. Elimine uno antes de agregar otro.',
  'phone.add.many': 'Se probaron demasiados números. Vuelva a intentarlo en {time}.',
  'phone.add.missing': 'Escriba un número de teléfono.',
  'phone.add.no_text':
    'No podemos enviar mensajes de texto a números nuevos de ese lugar. Use otro número u otro método.',
  'phone.add.no_voice':
    'No podemos llamar a números nuevos de ese lugar. Elija un mensaje de texto o use otro número.',
  'phone.add.number': 'Número de teléfono',
  'phone.add.number_hint': 'Por ejemplo: {example}',
  'phone.add.sms': 'Mensaje de texto (SMS)',
  'phone.add.sms_about': 'No sirve para teléfonos fijos. Su compañía puede cobrar los mensajes.',
  'phone.add.special':
    'No podemos enviar códigos a números gratuitos, de tarifa especial o de costo compartido. Use otro número.',
  'phone.add.submit': 'Enviar el código',
  'phone.add.text':
    'Le enviamos un código de seis dígitos a su teléfono cada vez que lo necesite para iniciar sesión.',
  'phone.add.title': 'Agregar un teléfono',
  'phone.add.unsupported_country': 'No llegamos a los teléfonos de ese lugar. Use otro número u otro método.',
  'phone.add.voice': 'Llamada telefónica',
  'phone.add.voice_about': 'Una voz le lee el código. No está disponible en todos los países.',
  'phone.add.voip':
    'No enviamos códigos a números de telefonía por internet. Use un número de una compañía telefónica.',
  'phone.added': 'Se agregó su teléfono.',
  'phone.code.another': 'Enviar otro código',
  'phone.code.call_again': 'Llamarme otra vez',
  'phone.code.call_instead': 'Prefiero una llamada',
  'phone.code.called': 'Estamos llamando al {number} para leerle un código.',
  'phone.code.change': 'Usar otro número',
  'phone.code.confirm_title': 'Escriba el código para confirmar su teléfono',
  'phone.code.expired': 'Este código ya venció: los códigos sirven diez minutos. Pida otro.',
  'phone.code.expires': 'El código sirve {minutes} minutos. Un código nuevo reemplaza al anterior.',
  'phone.code.sent_again': 'Un código nuevo va en camino. Los códigos anteriores ya no sirven.',
  'phone.code.soon': 'Este código servirá poco tiempo más. Si no le llegó, pida otro.',
  'phone.code.text_instead': 'Prefiero un mensaje de texto',
  'phone.code.texted': 'Enviamos un mensaje de texto con un código al {number}.',
  'phone.code.title': 'Escriba el código del mensaje que le enviamos',
  'phone.code.title_call': 'Escriba el código de nuestra llamada',
  'phone.code.too_soon': 'Acabamos de enviar un código. Espere diez segundos antes de pedir otro.',
  'phone.failure.blocked': 'La compañía de este número no deja pasar nuestros mensajes. Use otro método.',
  'phone.failure.daily_limit':
    'Hoy se enviaron demasiados códigos. Vuelva a intentarlo mañana o use otro método.',
  'phone.failure.invalid_number': 'La compañía telefónica no conoce este número. Revíselo o use otro número.',
  'phone.failure.landline':
    'Este número no puede recibir mensajes de texto. Pida una llamada o use otro número.',
  'phone.failure.opted_out': 'Desde este número se pidió no recibir nuestros mensajes de texto.',
  'phone.failure.throttled':
    'Se enviaron demasiados códigos a ese número. Espere un rato antes de pedir otro o use otro método.',
  'phone.failure.unavailable':
    'Ahora no pudimos comunicarnos con su teléfono. Vuelva a intentarlo en unos minutos o use otro método.',
  'phone.failure.unsupported_area': 'No podemos enviar códigos a esa zona de esta forma. Use otro método.',
  'phone.locked.text':
    'Se pidieron códigos demasiadas veces. Para proteger su cuenta y su teléfono, la bloqueamos por un rato y cerramos su sesión.',
  'phone.manage.added_on': 'Se agregó el {date}.',
  'phone.manage.default': 'Usar primero este teléfono',
  'phone.manage.default_hint': 'Cuando inicie sesión con un teléfono, los códigos llegan a este.',
  'phone.manage.is_default': 'Este es el teléfono que recibe primero los códigos.',
  'phone.manage.new_number': 'Para cambiar un número, agregue el teléfono nuevo y elimine este.',
  'phone.manage.saved': 'Se guardó su elección.',
  'phone.manage.title': 'Teléfono {number}',
  'phone.opt_in.later':
    'Las compañías permiten volver a recibir mensajes una vez cada 30 días, y este número lo hizo hace poco. Use otro método o vuelva a intentarlo más adelante.',
  'phone.opt_in.start':
    'Para volver a recibir mensajes, envíe la palabra START desde este teléfono al número del que llegaron nuestros mensajes. Después vuelva aquí.',
  'phone.opt_in.submit': 'Volver a enviarme mensajes',
  'phone.opt_in.text':
    'Alguien respondió STOP a uno de nuestros mensajes al {number}, así que no podemos enviar mensajes de texto a ese número. Si quiere recibir códigos por mensaje, vuelva a aceptarlos.',
  'phone.opt_in.title': 'Este teléfono no recibe nuestros mensajes',
  'phone.option.name': 'Teléfono {number}',
  'phone.remove.done': 'Se eliminó el teléfono.',
  'phone.remove.submit': 'Eliminar el teléfono',
  'phone.remove.text':
    'Los códigos ya no llegarán a este teléfono. Los navegadores recordados volverán a pedir un segundo método.',
  'phone.remove.title': '¿Eliminar este teléfono?',
  'phone.text.code':
    '{brand}: Su clave de un solo uso es {code}. Sirve {minutes} minutos. No se la dé a nadie.',
  'phone.text.confirm':
    '{brand}: Su clave para confirmar este celular es {code}. Sirve {minutes} minutos. No se la dé a nadie.',
  'phone.text.reset_cancelled': '{brand}: El pedido de borrar su cuenta fue anulado. Su cuenta sigue igual.',
  'phone.text.reset_requested':
    '{brand}: Alguien quiere borrar su cuenta. Si no fue usted, anule el pedido con el enlace de nuestro correo.',
  'phone.voice.after': 'Otra vez:',
  'phone.voice.before': 'Hola. Su código de un solo uso de {brand} es:',
} as const satisfies Translation<typeof english>;
