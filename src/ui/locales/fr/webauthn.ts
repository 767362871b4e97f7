import type { webauthn as english } from '../en/webauthn.ts';
import type { Translation } from '../translation.ts';

export const webauthn = {
  'webauthn.canceled':
    'L’opération a été annulée ou a duré trop longtemps. Réessayez ou utilisez une autre méthode.',
  'webauthn.failed': 'Votre navigateur n’a pas pu terminer. Réessayez ou utilisez une autre méthode.',
  'webauthn.key.text':
    'Appuyez sur le bouton, puis branchez votre clé ou approchez-la de votre appareil, et touchez-la.',
  'webauthn.key.title': 'Utilisez votre clé de sécurité',
  'webauthn.key.use': 'Utiliser ma clé de sécurité',
  'webauthn.key_set_up.added': 'Votre clé de sécurité {name} a été ajoutée.',
  'webauthn.key_set_up.name': 'Surnom',
  'webauthn.key_set_up.name_hint': 'Pour distinguer vos clés, par exemple : Clé de mon trousseau',
  'webauthn.key_set_up.submit': 'Ajouter la clé de sécurité',
  'webauthn.key_set_up.text':
    'Ayez votre clé de sécurité à portée de main. Après avoir appuyé sur le bouton, suivez les indications de votre navigateur.',
  'webauthn.key_set_up.title': 'Ajouter une clé de sécurité',
  'webauthn.known': 'Cette clé ou cet appareil figure déjà dans votre compte. Utilisez-en un autre.',
  'webauthn.manage.added_on': 'Ajouté le {date}.',
  'webauthn.manage.bound': 'Il ne peut pas être copié hors de l’appareil sur lequel il a été créé.',
  'webauthn.manage.copied':
    'Votre appareil en garde des copies, pour que vous puissiez l’utiliser sur vos autres appareils.',
  'webauthn.manage.counter':
    'Le {date}, cette méthode a mal compté ses utilisations, ce qui arrive quand quelqu’un en possède une copie. Si vous ne savez pas pourquoi, supprimez-la et ajoutez-en une nouvelle.',
  'webauthn.manage.renamed': 'Le nom a été modifié.',
  'webauthn.menu.second_kind':
    'Le déverrouillage par visage ou empreinte est ajouté. Il ne fonctionne que sur vos propres appareils : ajoutez une seconde méthode d’un autre type.',
  'webauthn.mismatch.keep': 'Garder et continuer',
  'webauthn.mismatch.key_text':
    'Vous vouliez ajouter le déverrouillage par visage ou empreinte, mais votre navigateur a ajouté une clé de sécurité. Vous pouvez la garder, ou la supprimer et réessayer.',
  'webauthn.mismatch.key_title': 'Vous avez ajouté une clé de sécurité',
  'webauthn.mismatch.platform_text':
    'Vous vouliez ajouter une clé de sécurité, mais votre navigateur a ajouté le déverrouillage par visage ou empreinte. Vous pouvez le garder, ou le supprimer et réessayer.',
  'webauthn.mismatch.platform_title': 'Vous avez ajouté le déverrouillage par visage ou empreinte',
  'webauthn.mismatch.removed': 'La méthode a été supprimée. Vous pouvez réessayer.',
  'webauthn.mismatch.retry': 'Supprimer et réessayer',
  'webauthn.platform.text':
    'Appuyez sur le bouton, puis confirmez avec votre visage, votre empreinte ou le verrouillage d’écran.',
  'webauthn.platform.title': 'Utilisez le déverrouillage par visage ou empreinte',
  'webauthn.platform.use': 'Utiliser le déverrouillage par visage ou empreinte',
  'webauthn.platform_set_up.added':
    'Le déverrouillage par visage ou empreinte a été ajouté. Il s’appelle {name}.',
  'webauthn.platform_set_up.submit': 'Ajouter le déverrouillage par visage ou empreinte',
  'webauthn.platform_set_up.text':
    'Vous confirmez que c’est vous comme vous déverrouillez cet appareil : par visage, empreinte ou verrouillage d’écran. Aucune donnée de votre visage ou de votre doigt ne quitte l’appareil.',
  'webauthn.platform_set_up.title': 'Ajouter le déverrouillage par visage ou empreinte',
  'webauthn.recommended.set_up': 'Ajouter le déverrouillage par visage ou empreinte',
  'webauthn.recommended.skip': 'Pas maintenant',
  'webauthn.recommended.text':
    'Cet appareil peut confirmer que c’est vous. C’est plus rapide que d’attendre un code, et aucun faux site ne peut le voler.',
  'webauthn.recommended.title': 'Connectez-vous plus vite avec le déverrouillage par visage ou empreinte',
  'webauthn.refused':
    'Nous n’avons pas pu vérifier la réponse de votre clé ou appareil. Réessayez ou utilisez une autre méthode.',
  'webauthn.remove.done': 'La méthode a été supprimée.',
  'webauthn.remove.submit': 'Supprimer',
  'webauthn.remove.text':
    'Vous ne pourrez plus vous connecter avec cette méthode. Les navigateurs mémorisés redemanderont une seconde méthode.',
  'webauthn.remove.title': 'Supprimer cette méthode ?',
  'webauthn.sign_in.button': 'Se connecter avec une clé d’accès',
  'webauthn.sign_in.canceled':
    'L’opération a été annulée ou a duré trop longtemps. Réessayez ou connectez-vous avec votre mot de passe.',
  'webauthn.sign_in.failed':
    'Votre navigateur n’a pas pu terminer. Réessayez ou connectez-vous avec votre mot de passe.',
  'webauthn.sign_in.locked': 'Votre compte est bloqué quelque temps. Réessayez dans {time}.',
  'webauthn.sign_in.refused':
    'Nous n’avons pas pu vous connecter avec cette clé d’accès. Réessayez ou connectez-vous avec votre mot de passe.',
  'webauthn.unnamed': 'Mon appareil',
  'webauthn.unsupported':
    'Ce navigateur ne peut utiliser ni clé de sécurité ni déverrouillage par visage ou empreinte. Utilisez un autre navigateur ou une autre méthode.',
} as const satisfies Translation<typeof english>;
