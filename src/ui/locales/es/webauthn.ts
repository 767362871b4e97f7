import type { webauthn as english } from '../en/webauthn.ts';
import type { Translation } from '../translation.ts';

export const webauthn = {
  'webauthn.canceled': 'Se canceló o tardó demasiado. Vuelva a intentarlo o use otro método.',
  'webauthn.failed': 'Su navegador no pudo terminar. Vuelva a intentarlo o use otro método.',
  'webauthn.key.text': 'Pulse el botón, luego conecte su llave o acérquela a su dispositivo y tóquela.',
  'webauthn.key.title': 'Use su llave de seguridad',
  'webauthn.key.use': 'Usar mi llave de seguridad',
  'webauthn.key_set_up.added': 'Se agregó su llave de seguridad {name}.',
  'webauthn.key_set_up.name': 'Apodo',
  'webauthn.key_set_up.name_hint': 'Para que pueda distinguir sus llaves, por ejemplo: Llave de mi llavero',
  'webauthn.key_set_up.submit': 'Agregar la llave de seguridad',
  'webauthn.key_set_up.text':
    'Tenga a mano su llave de seguridad. Cuando pulse el botón, su navegador le dirá qué hacer.',
  'webauthn.key_set_up.title': 'Agregar una llave de seguridad',
  'webauthn.known': 'Esta llave o este dispositivo ya está en su cuenta. Use otro.',
  'webauthn.manage.added_on': 'Se agregó el {date}.',
  'webauthn.manage.bound': 'No se puede copiar del dispositivo en el que se creó.',
  'webauthn.manage.copied': 'Su dispositivo guarda copias para que pueda usarlo en sus otros dispositivos.',
  'webauthn.manage.counter':
    'El {date} este método contó mal sus usos, lo que ocurre cuando alguien tiene una copia. Si no sabe por qué, elimínelo y agregue uno nuevo.',
  'webauthn.manage.renamed': 'Se cambió el nombre.',
  'webauthn.menu.second_kind':
    'Se agregó el desbloqueo facial o con huella. Solo funciona en sus propios dispositivos, así que agregue un segundo método de otro tipo.',
  'webauthn.mismatch.keep': 'Conservarla y continuar',
  'webauthn.mismatch.key_text':
    'Usted quería agregar el desbloqueo facial o con huella, pero su navegador agregó una llave de seguridad. Puede conservarla o eliminarla y volver a intentarlo.',
  'webauthn.mismatch.key_title': 'Agregó una llave de seguridad',
  'webauthn.mismatch.platform_text':
    'Usted quería agregar una llave de seguridad, pero su navegador agregó el desbloqueo facial o con huella. Puede conservarlo o eliminarlo y volver a intentarlo.',
  'webauthn.mismatch.platform_title': 'Agregó el desbloqueo facial o con huella',
  'webauthn.mismatch.removed': 'Se eliminó. Puede volver a intentarlo.',
  'webauthn.mismatch.retry': 'Eliminar y volver a intentarlo',
  'webauthn.platform.text': 'Pulse el botón y confirme con su rostro, su huella o el bloqueo de pantalla.',
  'webauthn.platform.title': 'Use el desbloqueo facial o con huella',
  'webauthn.platform.use': 'Usar el desbloqueo facial o con huella',
  'webauthn.platform_set_up.added': 'Se agregó el desbloqueo facial o con huella. Se llama {name}.',
  'webauthn.platform_set_up.submit': 'Agregar el desbloqueo facial o con huella',
  'webauthn.platform_set_up.text':
    'Usted confirma su identidad igual que desbloquea este dispositivo: con su rostro, su huella o el bloqueo de pantalla. Ningún dato de su rostro o su huella sale del dispositivo.',
  'webauthn.platform_set_up.title': 'Agregar el desbloqueo facial o con huella',
  'webauthn.recommended.set_up': 'Agregar el desbloqueo facial o con huella',
  'webauthn.recommended.skip': 'Ahora no',
  'webauthn.recommended.text':
    'Este dispositivo puede confirmar que es usted. Es más rápido que esperar un código, y ningún sitio falso puede robarlo.',
  'webauthn.recommended.title': 'Inicie sesión más rápido con el desbloqueo facial o con huella',
  'webauthn.refused':
    'No pudimos comprobar la respuesta de su llave o dispositivo. Vuelva a intentarlo o use otro método.',
  'webauthn.remove.done': 'Se eliminó el método.',
  'webauthn.remove.submit': 'Quitar',
  'webauthn.remove.text':
    'Ya no podrá iniciar sesión con él. Los navegadores recordados volverán a pedir un segundo método.',
  'webauthn.remove.title': '¿Eliminar este método?',
  'webauthn.sign_in.button': 'Iniciar sesión con una clave de acceso',
  'webauthn.sign_in.canceled':
    'Se canceló o tardó demasiado. Vuelva a intentarlo o inicie sesión con su contraseña.',
  'webauthn.sign_in.failed':
    'Su navegador no pudo terminar. Vuelva a intentarlo o inicie sesión con su contraseña.',
  'webauthn.sign_in.locked': 'Su cuenta está bloqueada por un tiempo. Vuelva a intentarlo en {time}.',
  'webauthn.sign_in.refused':
    'No pudimos iniciar su sesión con esta clave de acceso. Vuelva a intentarlo o inicie sesión con su contraseña.',
  'webauthn.unnamed': 'Mi dispositivo',
  'webauthn.unsupported':
    'Este navegador no puede usar llaves de seguridad ni el desbloqueo facial o con huella. Use otro navegador u otro método.',
} as const satisfies Translation<typeof english>;
