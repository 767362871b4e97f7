import type { piv as english } from '../en/piv.ts';
import type { Translation } from '../translation.ts';

/** Words of government ID cards (PIV and CAC). */
export const piv = {
  'piv.challenge.submit': 'Présenter ma carte',
  'piv.challenge.text':
    'Insérez votre carte d’agent public dans le lecteur, puis appuyez sur le bouton. Votre navigateur vous demande le certificat de la carte et son code PIN.',
  'piv.challenge.title': 'Utilisez votre carte d’agent public',
  'piv.error.bad':
    'Nous n’avons pas pu lire le certificat de cette carte. Réessayez ou utilisez une autre méthode.',
  'piv.error.expired':
    'Le certificat de cette carte a expiré. Demandez-en une nouvelle au service qui l’a délivrée et utilisez une autre méthode en attendant.',
  'piv.error.invalid':
    'Le certificat de cette carte n’est pas valide. Choisissez un autre certificat ou utilisez une autre méthode.',
  'piv.error.mismatch': 'Cette carte n’est pas dans votre compte.',
  'piv.error.no_card': 'Votre compte ne contient aucune carte d’agent public.',
  'piv.error.none':
    'Votre navigateur n’a présenté aucune carte. Vérifiez que la carte est dans le lecteur, fermez toutes les fenêtres du navigateur s’il ne vous demande rien, puis réessayez.',
  'piv.error.not_auth_cert':
    'Ce n’est pas le certificat qui sert à se connecter. Réessayez et choisissez celui d’authentification.',
  'piv.error.not_found':
    'Aucun compte ne contient cette carte. Connectez-vous avec votre mot de passe, puis ajoutez-la.',
  'piv.error.revoked':
    'Cette carte a été révoquée. Adressez-vous au service qui l’a délivrée et utilisez une autre méthode.',
  'piv.error.taken': 'Cette carte est déjà dans un compte. Utilisez une autre carte ou une autre méthode.',
  'piv.error.token': 'Cela a pris trop de temps ou a été interrompu. Réessayez.',
  'piv.error.unverified':
    'Nous n’avons pas pu confirmer que cette carte est en vigueur. Réessayez plus tard ou utilisez une autre méthode.',
  'piv.manage.subject': 'La carte indique :',
  'piv.mismatch.add': 'Utiliser une autre méthode et ajouter cette carte',
  'piv.mismatch.retry': 'Essayer une autre carte',
  'piv.mismatch.text':
    'La carte est valable, mais ce n’est pas celle que vous avez ajoutée. Si vous en avez une nouvelle, connectez-vous d’abord avec une autre méthode. Vous pourrez ensuite l’ajouter ou remplacer l’ancienne.',
  'piv.mismatch.text_only':
    'La carte est valable, mais ce n’est pas celle que vous avez ajoutée. Essayez celle que vous avez ajoutée.',
  'piv.mismatch.title': 'Cette carte n’est pas dans votre compte',
  'piv.pin': 'Le code PIN ne va qu’à la carte. Nous ne le voyons jamais.',
  'piv.prompt.add': 'Ajouter la carte',
  'piv.prompt.replace': 'Remplacer {name}',
  'piv.prompt.skip': 'Pas maintenant',
  'piv.prompt.text':
    'Vous avez présenté une carte que nous ne connaissions pas. Si elle est à vous, vous pourrez désormais vous connecter avec elle.',
  'piv.prompt.title': 'Ajouter votre carte d’agent public ?',
  'piv.recommended.add': 'Ajouter ma carte',
  'piv.recommended.skip': 'Choisir une autre méthode',
  'piv.recommended.text':
    'Votre adresse e-mail est celle d’une administration ou de l’armée. Si vous avez une carte PIV ou CAC et un lecteur, votre carte est le moyen le plus sûr de vous connecter.',
  'piv.recommended.title': 'Votre carte d’agent public vous permet de vous connecter',
  'piv.remove.done': 'La carte a été supprimée.',
  'piv.remove.submit': 'Supprimer la carte',
  'piv.remove.text':
    'Vous ne pourrez plus vous connecter avec elle. Les navigateurs mémorisés demanderont de nouveau une seconde méthode.',
  'piv.remove.title': 'Supprimer cette carte ?',
  'piv.set_up.added': 'Votre carte {name} a été ajoutée.',
  'piv.set_up.limit': 'Vous avez déjà deux cartes. Supprimez-en une avant d’en ajouter une autre.',
  'piv.set_up.name': 'Surnom',
  'piv.set_up.name_hint': 'Pour distinguer vos cartes, par exemple : Carte de mon service',
  'piv.set_up.other': 'Choisir une autre méthode',
  'piv.set_up.replaces': 'Elle remplace {name}.',
  'piv.set_up.submit': 'Ajouter la carte',
  'piv.set_up.text':
    'Insérez votre carte dans le lecteur et donnez-lui un nom. Votre navigateur vous demande ensuite le certificat de la carte et son code PIN. Choisissez le certificat d’authentification.',
  'piv.set_up.title': 'Ajoutez votre carte d’agent public',
  'piv.sign_in.link': 'Se connecter avec votre carte d’agent public (PIV ou CAC)',
  'piv.sign_in.password': 'Se connecter avec votre adresse e-mail et votre mot de passe',
  'piv.sign_in.text':
    'Si votre carte est dans votre compte, elle suffit. Insérez-la dans le lecteur, puis appuyez sur le bouton. Votre navigateur vous demande le certificat de la carte et son code PIN.',
  'piv.sign_in.title': 'Connectez-vous avec votre carte d’agent public',
  'piv.sign_in.unknown':
    'Une fois que vous serez connecté, nous vous demanderons s’il faut ajouter la carte que vous avez présentée.',
} as const satisfies Translation<typeof english>;
