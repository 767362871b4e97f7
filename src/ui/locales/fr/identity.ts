import type { identity as english } from '../en/identity.ts';
import type { Translation } from '../translation.ts';

export const identity = {
  'identity.card.address': 'Adresse',
  'identity.card.birth_date': 'Date de naissance',
  'identity.card.closed':
    'Vos informations vérifiées sont chiffrées avec votre mot de passe. Saisissez-le pour les voir.',
  'identity.card.confirm': 'Confirmer votre identité',
  'identity.card.hidden':
    'Ces informations sont masquées, car vous n’avez pas utilisé de méthode d’authentification dans ce navigateur depuis un moment.',
  'identity.card.locked':
    'Vos informations vérifiées sont verrouillées. Tant que vous ne les déverrouillez pas, les applications ne peuvent pas les recevoir.',
  'identity.card.name': 'Nom complet',
  'identity.card.new_key': 'Obtenir une nouvelle clé personnelle',
  'identity.card.open': 'Saisir votre mot de passe',
  'identity.card.phone': 'Numéro de téléphone vérifié',
  'identity.card.ssn': 'Numéro de sécurité sociale',
  'identity.card.title': 'Vos informations vérifiées',
  'identity.card.unlock': 'Déverrouiller vos informations',
  'identity.card.verified': 'Vérifiées le',
  'identity.enter_key.hint':
    '16 lettres et chiffres, par exemple 0A1B-2C3D-4E5F-6G7H. Les tirets et les majuscules n’ont pas d’importance.',
  'identity.enter_key.label': 'Clé personnelle',
  'identity.enter_key.submit': 'Continuer',
  'identity.enter_key.text':
    'Vous avez reçu cette clé lors de la vérification de votre identité ou de votre dernier changement de mot de passe.',
  'identity.enter_key.title': 'Saisissez votre clé personnelle',
  'identity.factor.malformed': 'Saisissez les 16 caractères de votre clé personnelle.',
  'identity.factor.retired':
    'Votre clé personnelle ne fonctionne qu’une fois et vous l’avez utilisée. Assurez-vous d’avoir une autre méthode d’authentification.',
  'identity.factor.text':
    'Saisissez la clé personnelle que vous avez enregistrée en créant votre compte. Elle fonctionne une seule fois.',
  'identity.factor.title': 'Connectez-vous avec votre clé personnelle',
  'identity.factor.wrong': 'Ce n’est pas la clé personnelle de ce compte.',
  'identity.key.acknowledge': 'J’ai conservé ma clé personnelle en lieu sûr',
  'identity.key.done': 'Votre clé personnelle est enregistrée. La précédente ne fonctionne plus.',
  'identity.key.limited': 'Vous avez essayé trop de clés. Réessayez dans {time}.',
  'identity.key.malformed': 'Saisissez les 16 caractères de votre clé personnelle.',
  'identity.key.not_acknowledged': 'Cochez la case une fois votre clé enregistrée.',
  'identity.key.once':
    'Nous n’affichons cette clé qu’une seule fois et ne pouvons pas la retrouver pour vous.',
  'identity.key.purpose':
    'Si vous oubliez votre mot de passe, cette clé déverrouille vos informations vérifiées. Sans elle, vous devriez faire vérifier votre identité à nouveau.',
  'identity.key.submit': 'Continuer',
  'identity.key.title': 'Enregistrez votre clé personnelle',
  'identity.key.wrong':
    'Cette clé ne déverrouille pas vos informations. Vérifiez chaque caractère et réessayez.',
  'identity.mail.issued_body':
    'Une nouvelle clé personnelle a été émise pour votre compte {brand}. La précédente ne fonctionne plus.',
  'identity.mail.issued_subject': 'Vous avez une nouvelle clé personnelle',
  'identity.mail.used_body': 'Votre clé personnelle a été utilisée avec votre compte {brand}.',
  'identity.mail.used_subject': 'Votre clé personnelle a été utilisée',
  'identity.new_key.consequence': 'La clé que vous avez actuellement cesse de fonctionner immédiatement.',
  'identity.new_key.keep': 'Garder ma clé',
  'identity.new_key.submit': 'Obtenir une nouvelle clé',
  'identity.new_key.text':
    'Votre clé personnelle déverrouille vos informations vérifiées après la réinitialisation d’un mot de passe oublié. Obtenez-en une nouvelle si vous l’avez perdue ou si quelqu’un a pu la voir.',
  'identity.new_key.title': 'Obtenir une nouvelle clé personnelle ?',
  'identity.open.submit': 'Continuer',
  'identity.open.text':
    'Vos informations vérifiées sont chiffrées avec votre mot de passe ; nous en avons donc besoin pour continuer.',
  'identity.open.title': 'Saisissez votre mot de passe pour déverrouiller vos informations',
  'identity.reactivate.after_error':
    'Nous n’avons pas pu ouvrir vos informations vérifiées avec votre mot de passe. Elles sont peut-être endommagées.',
  'identity.reactivate.after_reset':
    'Vous avez réinitialisé votre mot de passe. Vos informations vérifiées étaient chiffrées avec l’ancien ; elles sont donc verrouillées.',
  'identity.reactivate.failed': 'Quelque chose a changé entre-temps. Veuillez recommencer.',
  'identity.reactivate.later': 'Pas maintenant, aller à mon compte',
  'identity.reactivate.password':
    'Votre clé personnelle est la bonne. Saisissez votre mot de passe actuel pour chiffrer vos informations avec celui-ci.',
  'identity.reactivate.password_title': 'Saisissez votre mot de passe pour terminer',
  'identity.reactivate.submit': 'Déverrouiller',
  'identity.reactivate.title': 'Déverrouillez vos informations vérifiées',
  'identity.reactivate.use_key': 'J’ai ma clé personnelle',
  'identity.reactivate.verify_again': 'Faire vérifier mon identité à nouveau',
  'identity.reactivate.with_key':
    'Avec votre clé personnelle, vous pouvez les déverrouiller en une minute. Rien n’a besoin d’être vérifié à nouveau.',
  'identity.reactivate.without_key':
    'Sans la clé, personne ne peut ouvrir vos informations, pas même nous. Vous devriez faire vérifier votre identité à nouveau.',
  'identity.reset.warning':
    'Vous avez des informations vérifiées. Après la réinitialisation, vous aurez besoin de votre clé personnelle pour les déverrouiller, ou vous devrez faire vérifier votre identité à nouveau.',
  'identity.text.issued':
    '{brand} : vous avez une nouvelle clé personnelle. Si ce n’est pas vous, changez de mot de passe.',
} as const satisfies Translation<typeof english>;
