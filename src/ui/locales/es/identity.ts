import type { identity as english } from '../en/identity.ts';
import type { Translation } from '../translation.ts';

export const identity = {
  'identity.card.address': 'Dirección',
  'identity.card.birth_date': 'Fecha de nacimiento',
  'identity.card.closed':
    'Su información verificada está cifrada con su contraseña. Introdúzcala para ver la información.',
  'identity.card.confirm': 'Confirmar que es usted',
  'identity.card.hidden':
    'Esta información está oculta porque hace tiempo que no usa un método de autenticación en este navegador.',
  'identity.card.locked':
    'Su información verificada está bloqueada. Hasta que la desbloquee, las aplicaciones no pueden recibirla.',
  'identity.card.name': 'Nombre completo',
  'identity.card.new_key': 'Obtener una nueva clave personal',
  'identity.card.open': 'Introducir su contraseña',
  'identity.card.phone': 'Número de teléfono verificado',
  'identity.card.ssn': 'Número de Seguro Social',
  'identity.card.title': 'Su información verificada',
  'identity.card.unlock': 'Desbloquear su información',
  'identity.card.verified': 'Verificada el',
  'identity.enter_key.hint':
    '16 letras y números, por ejemplo 0A1B-2C3D-4E5F-6G7H. Los guiones y las mayúsculas no importan.',
  'identity.enter_key.label': 'Clave personal',
  'identity.enter_key.submit': 'Continuar',
  'identity.enter_key.text':
    'Recibió esta clave cuando se verificó su identidad o la última vez que cambió su contraseña.',
  'identity.enter_key.title': 'Introduzca su clave personal',
  'identity.factor.malformed': 'Introduzca los 16 caracteres de su clave personal.',
  'identity.factor.retired':
    'Su clave personal funciona una sola vez y ya la usó. Asegúrese de tener otro método de autenticación.',
  'identity.factor.text':
    'Introduzca la clave personal que guardó al crear su cuenta. Funciona una sola vez.',
  'identity.factor.title': 'Inicie sesión con su clave personal',
  'identity.factor.wrong': 'Esa no es la clave personal de esta cuenta.',
  'identity.key.acknowledge': 'Guardé mi clave personal en un lugar seguro',
  'identity.key.done': 'Su clave personal está guardada. La anterior ya no funciona.',
  'identity.key.limited': 'Probó demasiadas claves. Inténtelo de nuevo en {time}.',
  'identity.key.malformed': 'Introduzca los 16 caracteres de su clave personal.',
  'identity.key.not_acknowledged': 'Marque la casilla cuando haya guardado su clave.',
  'identity.key.once': 'Mostramos esta clave una sola vez y no podemos recuperarla por usted.',
  'identity.key.purpose':
    'Si olvida su contraseña, esta clave desbloquea su información verificada. Sin ella tendría que verificar su identidad de nuevo.',
  'identity.key.submit': 'Continuar',
  'identity.key.title': 'Guarde su clave personal',
  'identity.key.wrong': 'Esa clave no desbloquea su información. Revise cada carácter e inténtelo de nuevo.',
  'identity.mail.issued_body':
    'Se emitió una nueva clave personal para su cuenta de {brand}. La anterior ya no funciona.',
  'identity.mail.issued_subject': 'Tiene una nueva clave personal',
  'identity.mail.used_body': 'Se usó su clave personal con su cuenta de {brand}.',
  'identity.mail.used_subject': 'Se usó su clave personal',
  'identity.new_key.consequence': 'La clave que tiene ahora deja de funcionar de inmediato.',
  'identity.new_key.keep': 'Conservar mi clave',
  'identity.new_key.submit': 'Obtener una clave nueva',
  'identity.new_key.text':
    'Su clave personal desbloquea su información verificada después de restablecer una contraseña olvidada. Obtenga una nueva si la perdió o si alguien pudo haberla visto.',
  'identity.new_key.title': '¿Obtener una nueva clave personal?',
  'identity.open.submit': 'Continuar',
  'identity.open.text':
    'Su información verificada está cifrada con su contraseña, por eso la necesitamos para continuar.',
  'identity.open.title': 'Introduzca su contraseña para desbloquear su información',
  'identity.reactivate.after_error':
    'No pudimos abrir su información verificada con su contraseña. Es posible que esté dañada.',
  'identity.reactivate.after_reset':
    'Usted restableció su contraseña. Su información verificada estaba cifrada con la anterior, por eso ahora está bloqueada.',
  'identity.reactivate.failed': 'Algo cambió mientras tanto. Comience de nuevo.',
  'identity.reactivate.later': 'Ahora no, ir a mi cuenta',
  'identity.reactivate.password':
    'Su clave personal es correcta. Introduzca su contraseña actual para cifrar su información con ella.',
  'identity.reactivate.password_title': 'Introduzca su contraseña para terminar',
  'identity.reactivate.submit': 'Desbloquear',
  'identity.reactivate.title': 'Desbloquee su información verificada',
  'identity.reactivate.use_key': 'Tengo mi clave personal',
  'identity.reactivate.verify_again': 'Verificar mi identidad de nuevo',
  'identity.reactivate.with_key':
    'Con su clave personal puede desbloquearla en un minuto. No es necesario verificar nada de nuevo.',
  'identity.reactivate.without_key':
    'Sin la clave nadie puede abrir su información, ni siquiera nosotros. Tendría que verificar su identidad de nuevo.',
  'identity.reset.warning':
    'Usted tiene información verificada. Después de restablecer la contraseña necesitará su clave personal para desbloquearla, o tendrá que verificar su identidad de nuevo.',
  'identity.text.issued':
    '{brand}: Usted tiene una clave personal nueva. Si no fue usted, entre y cambie la clave de acceso.',
} as const satisfies Translation<typeof english>;
