import type { factors as english } from '../en/factors.ts';
import type { Translation } from '../translation.ts';

export const factors = {
  'factors.about.backup_codes': 'Dix codes à imprimer ou à enregistrer. Chacun sert une seule fois.',
  'factors.about.personal_key': 'Un code reçu lors de la vérification de votre identité.',
  'factors.about.phone': 'Nous envoyons un code sur votre téléphone.',
  'factors.about.piv': 'Votre carte d’agent public ou de militaire, avec un lecteur de cartes.',
  'factors.about.platform_passkey':
    'Votre visage, votre empreinte ou le verrouillage d’écran de cet appareil.',
  'factors.about.security_key': 'Un petit appareil à brancher sur votre ordinateur ou votre téléphone.',
  'factors.about.totp':
    'Une application sur votre téléphone ou votre ordinateur qui crée un nouveau code toutes les 30 secondes. Fonctionne sans réseau.',
  'factors.authenticator.text':
    'Ouvrez votre application d’authentification et saisissez le code affiché pour {brand}.',
  'factors.authenticator.title': 'Saisissez le code de votre application d’authentification',
  'factors.backup_code.label': 'Code de secours',
  'factors.backup_code.last_used': 'C’était votre dernier code de secours. En voici dix nouveaux.',
  'factors.backup_code.malformed': 'Saisissez un code de secours de 12 lettres et chiffres.',
  'factors.backup_code.text':
    'Saisissez l’un des codes de secours que vous avez enregistrés. Il ne servira pas une seconde fois.',
  'factors.backup_code.title': 'Saisissez un code de secours',
  'factors.backup_code.wrong':
    'Ce code n’est pas correct ou a déjà servi. Essayez-en un autre de votre liste.',
  'factors.challenge.cancel': 'Annuler et se déconnecter',
  'factors.challenge.other': 'Utiliser une autre méthode',
  'factors.challenge.submit': 'Continuer',
  'factors.code.left.one': 'Il vous reste un essai avant que votre compte ne soit bloqué quelque temps.',
  'factors.code.left.other':
    'Il vous reste {count} essais avant que votre compte ne soit bloqué quelque temps.',
  'factors.code.malformed': 'Saisissez les six chiffres du code.',
  'factors.code.replayed': 'Ce code a déjà servi. Attendez le suivant et saisissez-le.',
  'factors.code.wrong': 'Ce code n’est pas correct. Vérifiez qu’il s’agit du plus récent et réessayez.',
  'factors.codes.delete': 'Supprimer tous les codes de secours',
  'factors.codes.delete_text':
    'Plus aucun de vos codes de secours ne fonctionnera, et les navigateurs mémorisés redemanderont un code.',
  'factors.codes.delete_title': 'Supprimer vos codes de secours ?',
  'factors.codes.deleted': 'Vos codes de secours ont été supprimés.',
  'factors.codes.keep': 'Garder mes codes',
  'factors.codes.keep_safe': 'Conservez les codes en lieu sûr. Ne les donnez à personne.',
  'factors.codes.last_method':
    'Les codes de secours sont votre dernière méthode : ajoutez-en une autre avant de les supprimer.',
  'factors.codes.make': 'Obtenir mes codes de secours',
  'factors.codes.once': 'Nous n’affichons ces codes qu’une seule fois. Chaque code sert une fois.',
  'factors.codes.regenerate': 'Obtenir de nouveaux codes',
  'factors.codes.regenerate_text':
    'Vos anciens codes de secours ne fonctionneront plus, et les navigateurs mémorisés redemanderont un code.',
  'factors.codes.regenerate_title': 'Obtenir de nouveaux codes de secours ?',
  'factors.codes.saved': 'J’ai enregistré mes codes',
  'factors.codes.text':
    'Les codes de secours vous permettent de vous connecter quand vous n’avez pas votre téléphone ou votre clé. Vous en recevez dix.',
  'factors.codes.title': 'Configurer des codes de secours',
  'factors.codes.title_save': 'Enregistrez vos codes de secours',
  'factors.kind.backup_codes': 'Codes de secours',
  'factors.kind.personal_key': 'Clé personnelle',
  'factors.kind.phone': 'SMS ou appel vocal',
  'factors.kind.piv': 'Carte d’agent public (PIV ou CAC)',
  'factors.kind.platform_passkey': 'Déverrouillage par visage ou empreinte',
  'factors.kind.security_key': 'Clé de sécurité',
  'factors.kind.totp': 'Application d’authentification',
  'factors.locked.again': 'Retour à la connexion',
  'factors.locked.text':
    'Un code incorrect a été saisi trop de fois. Pour protéger votre compte, nous l’avons bloqué quelque temps et nous vous avons déconnecté.',
  'factors.locked.title': 'Votre compte est bloqué quelque temps',
  'factors.locked.wait': 'Réessayez dans {time}.',
  'factors.menu.another': 'Choisir une autre méthode',
  'factors.menu.cancel': 'Annuler la création du compte',
  'factors.menu.demanded': '{app} demande une méthode plus sûre que celles de votre compte.',
  'factors.menu.go_on': 'Continuer sans ajouter de méthode',
  'factors.menu.hint':
    'Vous pouvez en choisir plusieurs. Avec deux méthodes, vous ne risquez pas de perdre l’accès.',
  'factors.menu.label': 'Choisissez vos méthodes',
  'factors.menu.missing': 'Choisissez au moins une méthode.',
  'factors.menu.none_here': 'Aucune des méthodes acceptées ne peut être configurée ici sur cet appareil.',
  'factors.menu.none_left': 'Vous avez configuré toutes les méthodes disponibles.',
  'factors.menu.recommended': '{method} (recommandé)',
  'factors.menu.submit': 'Continuer',
  'factors.menu.text':
    '{brand} demande une seconde preuve en plus de votre mot de passe, pour qu’un mot de passe volé ne suffise pas.',
  'factors.menu.title': 'Protégez votre compte',
  'factors.menu.title_more': 'Ajoutez une autre méthode',
  'factors.nickname.missing': 'Donnez un nom à cette méthode.',
  'factors.nickname.taken': 'Vous avez déjà une méthode de ce nom. Choisissez un autre nom.',
  'factors.nickname.too_long': 'Un nom comporte au plus 80 caractères.',
  'factors.only_codes.saved': 'J’ai enregistré mes codes et je veux continuer',
  'factors.only_codes.text':
    'Les codes de secours sont votre seule méthode. Si vous les perdez, vous ne pourrez plus accéder à votre compte. Vérifiez que vous les avez enregistrés ou ajoutez une autre méthode.',
  'factors.only_codes.title': 'Vos codes de secours sont-ils enregistrés ?',
  'factors.options.label': 'Comment voulez-vous prouver que c’est bien vous ?',
  'factors.options.missing': 'Choisissez l’une des méthodes.',
  'factors.options.submit': 'Continuer',
  'factors.options.title': 'Choisissez une méthode',
  'factors.remember.hint':
    'Ne cochez pas cette case sur un ordinateur partagé. Pendant 30 jours, la plupart des sites ne demanderont pas de code dans ce navigateur.',
  'factors.remember.label': 'Mémoriser ce navigateur',
  'factors.reminder.codes_new': 'Obtenir de nouveaux codes',
  'factors.reminder.codes_text':
    'Vous ne vous êtes pas connecté depuis longtemps. Si vous ne retrouvez pas vos codes de secours, demandez-en de nouveaux maintenant.',
  'factors.reminder.codes_title': 'Avez-vous toujours vos codes de secours ?',
  'factors.reminder.not_now': 'Pas maintenant',
  'factors.reminder.second_title': 'Ajoutez une seconde méthode',
  'factors.second.add': 'Ajouter une autre méthode',
  'factors.second.skip': 'Ignorer pour l’instant',
  'factors.second.text':
    'Si vous perdez votre seule méthode, vous perdez votre compte. Une seconde méthode garde la porte ouverte.',
  'factors.second.title': 'Votre compte est protégé. Ajouter une seconde méthode ?',
  'factors.totp.added': 'Votre application d’authentification a été ajoutée.',
  'factors.totp.limit':
    'Vous avez déjà deux applications d’authentification. Supprimez-en une avant d’en ajouter une autre.',
  'factors.totp.name': 'Surnom',
  'factors.totp.name_hint': 'Pour distinguer vos applications, par exemple : Mon téléphone',
  'factors.totp.qr': 'Code QR pour votre application d’authentification',
  'factors.totp.qr_use': 'Scannez-le avec votre application d’authentification.',
  'factors.totp.secret': 'Ou saisissez cette clé dans votre application :',
  'factors.totp.step_code': 'Étape 3 : Saisissez le code affiché par l’application',
  'factors.totp.step_name': 'Étape 1 : Nommez votre application',
  'factors.totp.step_scan': 'Étape 2 : Scannez le code QR avec votre application',
  'factors.totp.submit': 'Ajouter l’application',
  'factors.totp.text':
    'Utilisez n’importe quelle application d’authentification qui crée des codes à partir d’un code QR.',
  'factors.totp.title': 'Ajouter une application d’authentification',
  'factors.totp.wrong':
    'Ce code ne correspond pas à la clé. Vérifiez l’heure de votre appareil et saisissez le code le plus récent.',
} as const satisfies Translation<typeof english>;
