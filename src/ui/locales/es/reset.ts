import type { reset as english } from '../en/reset.ts';
import type { Translation } from '../translation.ts';

export const reset = {
  'reset.cancel.over':
    'Este enlace ya no funciona. Si aún quiere detener la eliminación, inicie sesión con su contraseña.',
  'reset.cancel.submit': 'Conservar mi cuenta',
  'reset.cancel.text':
    'Alguien pidió eliminar su cuenta de {brand} porque no podía usar sus métodos de autenticación. Si cancela la solicitud, su cuenta queda como está.',
  'reset.cancel.title': '¿Cancelar la eliminación de su cuenta?',
  'reset.cancelled': 'Su cuenta no se eliminará.',
  'reset.delete.lifetime':
    'El enlace del mensaje funciona durante {time}. Si no hace nada, su cuenta queda como está.',
  'reset.delete.over':
    'Este enlace ya no funciona. Para eliminar su cuenta, inicie sesión con su contraseña y vuelva a pedirlo.',
  'reset.deleted.create': 'Crear una cuenta nueva',
  'reset.deleted.text':
    'Enviamos un mensaje a todas las direcciones de la cuenta. Puede crear una cuenta nueva de {brand} con la misma dirección de correo electrónico.',
  'reset.link': 'No puedo usar ninguno de estos métodos',
  'reset.link_only': 'No puedo usar este método',
  'reset.options.codes': 'Busque códigos de respaldo que haya impreso o guardado.',
  'reset.options.delete': 'Eliminar mi cuenta',
  'reset.options.last_text':
    'Nadie puede iniciar sesión por usted ni quitar un método. Puede pedirnos que eliminemos la cuenta y después crear otra. Por su seguridad, eso tarda {time}.',
  'reset.options.last_title': 'Si nada ayuda',
  'reset.options.other_device':
    'Pruebe con otro teléfono, computadora o llave de seguridad que haya agregado a la cuenta.',
  'reset.options.remembered': 'Pruebe con un navegador que nos pidió recordar.',
  'reset.options.text': 'Antes de renunciar a esta cuenta, vea si algo de esto le sirve:',
  'reset.options.title': 'Si no puede usar sus métodos de autenticación',
  'reset.options.try_other': 'Probar otro método',
  'reset.pending.advice':
    'Si puede volver a usar sus métodos, o si no fue usted, conserve su cuenta. Si no fue usted, cambie también su contraseña.',
  'reset.pending.continue': 'Continuar sin cancelar',
  'reset.pending.link':
    'El {time} se enviará a todas sus direcciones un mensaje con un enlace que elimina la cuenta.',
  'reset.pending.text': 'El {time}, alguien que conoce su contraseña pidió eliminar esta cuenta.',
  'reset.pending.title': 'Su cuenta está a la espera de ser eliminada',
  'reset.request.back': 'Volver',
  'reset.request.submit': 'Pedir que se elimine mi cuenta',
  'reset.request.title': 'Pedir que se elimine su cuenta',
  'reset.request.wait':
    'Tendrá que esperar {time}. Después le enviaremos un enlace que elimina la cuenta. Avisamos de inmediato a todas las direcciones de la cuenta para que cualquiera pueda oponerse.',
  'reset.requested.cancel':
    '¿Cambió de opinión? Use el enlace de ese mensaje o inicie sesión con su contraseña.',
  'reset.requested.sign_out': 'Cerrar sesión',
  'reset.requested.text':
    'Enviamos un mensaje a todas las direcciones de su cuenta. En {time} recibirá otro con un enlace que elimina la cuenta.',
  'reset.requested.title': 'Recibimos su solicitud',
} as const satisfies Translation<typeof english>;
