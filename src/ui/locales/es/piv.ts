import type { piv as english } from '../en/piv.ts';
import type { Translation } from '../translation.ts';

/** Words of government ID cards (PIV and CAC). */
export const piv = {
  'piv.challenge.submit': 'Presentar mi credencial',
  'piv.challenge.text':
    'Inserte su credencial del gobierno en el lector y presione el botón. Su navegador le pedirá el certificado de la credencial y el PIN.',
  'piv.challenge.title': 'Use su credencial del gobierno',
  'piv.error.bad': 'No pudimos leer el certificado de esta credencial. Inténtelo de nuevo o use otro método.',
  'piv.error.expired':
    'El certificado de esta credencial está vencido. Pida una nueva a la oficina que la emitió y, mientras tanto, use otro método.',
  'piv.error.invalid':
    'El certificado de esta credencial no es válido. Elija otro certificado o use otro método.',
  'piv.error.mismatch': 'Esta credencial no está en su cuenta.',
  'piv.error.no_card': 'No hay ninguna credencial del gobierno en su cuenta.',
  'piv.error.none':
    'Su navegador no presentó ninguna credencial. Compruebe que esté en el lector, cierre todas las ventanas del navegador si no se la pide e inténtelo de nuevo.',
  'piv.error.not_auth_cert':
    'Este no es el certificado para iniciar sesión. Inténtelo de nuevo y elija el de autenticación.',
  'piv.error.not_found':
    'Ninguna cuenta tiene esta credencial. Inicie sesión con su contraseña y luego agréguela.',
  'piv.error.revoked': 'Esta credencial fue revocada. Consulte a la oficina que la emitió y use otro método.',
  'piv.error.taken': 'Esta credencial ya está en una cuenta. Use otra credencial u otro método.',
  'piv.error.token': 'Tardó demasiado o se interrumpió. Inténtelo de nuevo.',
  'piv.error.unverified':
    'No pudimos confirmar que esta credencial esté vigente. Inténtelo más tarde o use otro método.',
  'piv.manage.subject': 'La credencial dice:',
  'piv.mismatch.add': 'Usar otro método y agregar esta credencial',
  'piv.mismatch.retry': 'Probar con otra credencial',
  'piv.mismatch.text':
    'La credencial es válida, pero no es la que agregó. Si tiene una nueva, inicie sesión primero con otro método. Después podrá agregarla o ponerla en lugar de la anterior.',
  'piv.mismatch.text_only': 'La credencial es válida, pero no es la que agregó. Pruebe con la que agregó.',
  'piv.mismatch.title': 'Esta credencial no está en su cuenta',
  'piv.pin': 'El PIN solo llega a la credencial. Nosotros nunca lo vemos.',
  'piv.prompt.add': 'Agregar la credencial',
  'piv.prompt.replace': 'Reemplazar {name}',
  'piv.prompt.skip': 'Ahora no',
  'piv.prompt.text':
    'Presentó una credencial que no conocíamos. Si es suya, podrá usarla para iniciar sesión de ahora en adelante.',
  'piv.prompt.title': '¿Agregar su credencial del gobierno?',
  'piv.recommended.add': 'Agregar mi credencial',
  'piv.recommended.skip': 'Elegir otro método',
  'piv.recommended.text':
    'Su dirección de correo es del gobierno o de las fuerzas armadas. Si tiene una PIV o CAC y un lector, su credencial es la forma más segura de iniciar sesión.',
  'piv.recommended.title': 'Su credencial del gobierno le permite iniciar sesión',
  'piv.remove.done': 'Se quitó la credencial.',
  'piv.remove.submit': 'Quitar la credencial',
  'piv.remove.text':
    'Ya no podrá iniciar sesión con ella. Los navegadores recordados volverán a pedir un segundo método.',
  'piv.remove.title': '¿Quitar esta credencial?',
  'piv.set_up.added': 'Se agregó su credencial {name}.',
  'piv.set_up.limit': 'Ya tiene dos credenciales. Quite una antes de agregar otra.',
  'piv.set_up.name': 'Apodo',
  'piv.set_up.name_hint': 'Para distinguir sus credenciales, por ejemplo: Credencial de mi agencia',
  'piv.set_up.other': 'Elegir otro método',
  'piv.set_up.replaces': 'Ocupará el lugar de {name}.',
  'piv.set_up.submit': 'Agregar la credencial',
  'piv.set_up.text':
    'Inserte su credencial en el lector y póngale un nombre. Después, su navegador le pedirá el certificado de la credencial y el PIN. Elija el certificado de autenticación.',
  'piv.set_up.title': 'Agregue su credencial del gobierno',
  'piv.sign_in.link': 'Iniciar sesión con su credencial del gobierno (PIV o CAC)',
  'piv.sign_in.password': 'Iniciar sesión con su correo electrónico y contraseña',
  'piv.sign_in.text':
    'Si su credencial está en su cuenta, no necesita nada más. Insértela en el lector y presione el botón. Su navegador le pedirá el certificado de la credencial y el PIN.',
  'piv.sign_in.title': 'Inicie sesión con su credencial del gobierno',
  'piv.sign_in.unknown':
    'Cuando haya iniciado sesión, le preguntaremos si quiere agregar la credencial que presentó.',
} as const satisfies Translation<typeof english>;
