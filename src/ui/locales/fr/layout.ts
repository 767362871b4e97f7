import type { layout as english } from '../en/layout.ts';
import type { Translation } from '../translation.ts';

export const layout = {
  'layout.failure.error_id': 'Code d’erreur :',
  'layout.failure.fault.text':
    'C’est notre faute, pas la vôtre. Rien de ce que vous avez saisi auparavant n’a été perdu. Revenez en arrière et réessayez.',
  'layout.failure.fault.title': 'Un problème est survenu',
  'layout.failure.form_expired.text':
    'La page est restée ouverte trop longtemps, ou vous vous êtes connecté ou déconnecté dans un autre onglet. Rien n’a été modifié. Rouvrez la page et répétez la dernière étape.',
  'layout.failure.form_expired.title': 'Ce formulaire n’est plus valide',
  'layout.failure.home': 'Aller à {brand}',
  'layout.failure.not_found.text':
    'Il n’y a pas de page à cette adresse. Vérifiez l’adresse ou recommencez depuis le début.',
  'layout.failure.not_found.title': 'Page introuvable',
  'layout.failure.request_id': 'Identifiant de la demande : {id}',
  'layout.failure.retry': 'Réessayer',
  'layout.failure.too_large.text':
    'Nous ne pouvons pas en accepter autant à la fois. Rien n’a été modifié. Rouvrez la page et saisissez moins de texte.',
  'layout.failure.too_large.title': 'C’est trop long',
  'layout.failure.too_many.text':
    'Vous avez essayé trop souvent en peu de temps. Attendez une minute et réessayez.',
  'layout.failure.too_many.title': 'Trop de demandes',
  'layout.failure.unavailable.text':
    'Nous ne pouvons pas joindre une partie de notre service en ce moment. Rien n’a été perdu. Attendez quelques secondes et réessayez.',
  'layout.failure.unavailable.title': 'Temporairement indisponible',
  'layout.app.logo': 'Logo de {app}',
  'layout.code.hint_alphanumeric': 'Lettres et chiffres. Majuscules et minuscules sont acceptées.',
  'layout.code.hint_numeric': 'Exemple : {example}',
  'layout.code.label': 'Code à usage unique',
  'layout.copy.button': 'Copier',
  'layout.copy.done': 'Copié',
  'layout.download.button': 'Télécharger',
  'layout.email.label': 'Adresse e-mail',
  'layout.errors.summary.one': 'Il y a un problème sur cette page',
  'layout.errors.summary.other': 'Il y a {count} problèmes sur cette page',
  'layout.field.optional': '{label} (facultatif)',
  'layout.footer.accessibility': 'Accessibilité',
  'layout.footer.contact': 'Nous contacter',
  'layout.footer.help': 'Aide',
  'layout.footer.label': 'À propos de ce site',
  'layout.footer.languages': 'Langue',
  'layout.footer.privacy': 'Confidentialité et sécurité',
  'layout.footer.security': 'Signaler un problème de sécurité',
  'layout.header.account': 'Votre compte',
  'layout.header.home': 'Accueil de {brand}',
  'layout.header.label': 'Votre session',
  'layout.header.sign_out': 'Se déconnecter',
  'layout.notice.ended_other_browser':
    'Vous avez été déconnecté ici parce que votre compte a été utilisé dans un autre navigateur. Si ce n’était pas vous, connectez-vous et changez votre mot de passe.',
  'layout.notice.ended_password':
    'Vous avez été déconnecté ici parce que le mot de passe de votre compte a été changé. Connectez-vous avec le nouveau mot de passe.',
  'layout.notice.ended_signed_out':
    'Vous avez été déconnecté ici depuis un autre endroit. Reconnectez-vous pour continuer.',
  'layout.notice.form_cleared':
    'Vous avez été inactif pendant {minutes} minutes. Pour protéger vos informations, nous avons effacé cette page. Veuillez recommencer.',
  'layout.notice.session_expired':
    'Nous vous avons déconnecté après {minutes} minutes d’inactivité. Veuillez vous reconnecter.',
  'layout.password.label': 'Mot de passe',
  'layout.password.show': 'Afficher le mot de passe',
  'layout.print.button': 'Imprimer',
  'layout.required.script':
    'Cette page a besoin de JavaScript. Activez-le dans votre navigateur, ou revenez en arrière et choisissez une autre méthode.',
  'layout.skip': 'Aller au contenu principal',
  'layout.steps.complete': 'terminé',
  'layout.steps.current': 'étape en cours',
  'layout.steps.label': 'Progression',
  'layout.steps.position': 'Étape {current} sur {total}',
  'layout.steps.upcoming': 'à faire',
  'layout.strength.average': 'Moyen',
  'layout.strength.good': 'Bon',
  'layout.strength.great': 'Excellent !',
  'layout.strength.label': 'Robustesse du mot de passe :',
  'layout.strength.very_weak': 'Très faible',
  'layout.strength.weak': 'Faible',
  'layout.test_site.label': 'Avis de site de test',
  'layout.test_site.link': 'Ouvrir le bac à sable',
  'layout.test_site.text': 'Ceci est un site de test. N’y saisissez aucune donnée personnelle réelle.',
  'layout.timeout.countdown': 'Pour protéger vos informations, nous vous déconnecterons dans {time}.',
  'layout.timeout.heading': 'Avez-vous besoin de plus de temps ?',
  'layout.timeout.sign_out': 'Se déconnecter maintenant',
  'layout.timeout.stay': 'Rester connecté',
  'layout.title': '{page} | {brand}',
  'layout.troubleshooting': 'Un problème ?',
} as const satisfies Translation<typeof english>;
