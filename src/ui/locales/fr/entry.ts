import type { entry as english } from '../en/entry.ts';
import type { Translation } from '../translation.ts';

export const entry = {
  'entry.password.advice':
    'La longueur vaut mieux que la complexité : quatre ou cinq mots sans rapport entre eux font un bon mot de passe. Les espaces sont permis.',
  'entry.password.confirm': 'Confirmer le mot de passe',
  'entry.password.rule': 'Au moins {min} caractères.',
  'entry.reset.back': 'Retour à la connexion',
  'entry.reset.check_minutes':
    'Le lien fonctionne pendant {minutes} minutes. Regardez aussi dans les courriers indésirables.',
  'entry.reset.check_text': 'Nous avons envoyé à {email} un e-mail qui explique la suite.',
  'entry.reset.disavow_text':
    'Vous nous avez signalé une connexion ou une modification qui ne vient pas de vous. Choisissez un nouveau mot de passe pour tenir les autres à l’écart. Nous déconnecterons tous les navigateurs.',
  'entry.reset.disavow_title': 'Sécurisez votre compte',
  'entry.reset.done': 'Votre mot de passe a été modifié. Connectez-vous avec le nouveau.',
  'entry.reset.edit_submit': 'Modifier le mot de passe',
  'entry.reset.edit_title': 'Choisissez un nouveau mot de passe',
  'entry.reset.help': 'Obtenir de l’aide',
  'entry.reset.link_bad':
    'Ce lien ne fonctionne plus. Saisissez votre adresse e-mail pour en recevoir un autre.',
  'entry.reset.phishing':
    'Ne continuez que si vous en avez fait vous-même la demande. Personne chez {brand} ne vous demandera jamais votre mot de passe.',
  'entry.reset.submit': 'Envoyer le lien',
  'entry.reset.text':
    'Saisissez l’adresse e-mail de votre compte. Nous vous enverrons un lien pour choisir un nouveau mot de passe.',
  'entry.reset.title': 'Réinitialisez votre mot de passe',
  'entry.sign_up.account': 'Compte : {email}',
  'entry.sign_up.already_confirmed':
    'Cette adresse e-mail est déjà confirmée. Connectez-vous avec votre mot de passe.',
  'entry.sign_up.cancel': 'Annuler la création du compte',
  'entry.sign_up.cancel_keep': 'Poursuivre la création du compte',
  'entry.sign_up.cancel_submit': 'Annuler et supprimer',
  'entry.sign_up.cancel_text':
    'Votre adresse e-mail et tout ce que vous avez saisi jusqu’ici seront supprimés. Vous pourrez recommencer à tout moment.',
  'entry.sign_up.cancel_title': 'Annuler la création de votre compte ?',
  'entry.sign_up.canceled': 'La création du compte a été annulée. Rien n’a été conservé.',
  'entry.sign_up.check_hours':
    'Le lien fonctionne pendant {hours} heures. Regardez aussi dans les courriers indésirables.',
  'entry.sign_up.check_other': 'Utiliser une autre adresse e-mail',
  'entry.sign_up.check_resend': 'Renvoyer l’e-mail',
  'entry.sign_up.check_resent': 'Nous avons envoyé un autre e-mail.',
  'entry.sign_up.check_text':
    'Nous avons envoyé un e-mail à {email}. Suivez le lien qu’il contient pour continuer.',
  'entry.sign_up.check_title': 'Consultez vos e-mails',
  'entry.sign_up.email_locale': 'Langue des e-mails que nous vous envoyons',
  'entry.sign_up.have_account': 'Vous avez déjà un compte ? Connectez-vous',
  'entry.sign_up.link_bad':
    'Ce lien ne fonctionne plus. Saisissez votre adresse e-mail pour en recevoir un autre.',
  'entry.sign_up.password_submit': 'Continuer',
  'entry.sign_up.password_text':
    'Votre adresse e-mail est correcte. Choisissez maintenant le mot de passe de votre compte {brand}.',
  'entry.sign_up.password_title': 'Créez un mot de passe',
  'entry.sign_up.rules_link': 'Lire les règles d’utilisation',
  'entry.sign_up.submit': 'Continuer',
  'entry.sign_up.terms': 'J’accepte les règles d’utilisation de {brand}',
  'entry.sign_up.terms_missing': 'Cochez la case pour accepter les règles d’utilisation.',
  'entry.sign_up.title': 'Créez un compte',
} as const satisfies Translation<typeof english>;
