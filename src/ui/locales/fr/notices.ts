import type { notices as english } from '../en/notices.ts';
import type { Translation } from '../translation.ts';

export const notices = {
  'notices.account_deleted.advice':
    'Si vous avez de nouveau besoin d’un compte, vous pouvez en créer un à tout moment.',
  'notices.account_deleted.body':
    'Votre compte {brand} et les informations qu’il contenait ont été supprimés, comme vous l’avez demandé.',
  'notices.account_deleted.subject': 'Votre compte a été supprimé',
  'notices.account_reinstated.body':
    'Votre compte {brand} est de nouveau actif. Vous pouvez vous connecter avec la même adresse e-mail et le même mot de passe qu’avant.',
  'notices.account_reinstated.subject': 'Votre compte est de nouveau actif',
  'notices.account_reset_cancelled.body':
    'La demande de suppression de votre compte {brand} a été annulée. Votre compte reste tel quel.',
  'notices.account_reset_cancelled.subject': 'Votre compte ne sera pas supprimé',
  'notices.account_reset_ready.body':
    'Vous avez demandé la suppression de votre compte {brand} parce que vous ne pouviez pas utiliser vos méthodes d’authentification. Le délai d’attente est écoulé. Une fois le compte supprimé, vous pourrez en créer un nouveau avec la même adresse e-mail.',
  'notices.account_reset_ready.delete': 'Supprimer votre compte',
  'notices.account_reset_ready.ignore':
    'Si vous ne voulez plus supprimer votre compte, vous pouvez ignorer ce message. Votre compte restera tel quel.',
  'notices.account_reset_ready.subject': 'Vous pouvez maintenant supprimer votre compte',
  'notices.account_reset_requested.advice':
    'Si vous ne faites rien, nous vous enverrons après le délai d’attente un autre message avec un lien qui supprime le compte.',
  'notices.account_reset_requested.body':
    'Quelqu’un, vous sans doute, a demandé la suppression de votre compte {brand} faute de pouvoir utiliser ses méthodes d’authentification. Si ce n’était pas vous, ou si vous pouvez de nouveau utiliser votre compte, annulez la demande.',
  'notices.account_reset_requested.cancel': 'Annuler la demande',
  'notices.account_reset_requested.subject': 'Quelqu’un a demandé la suppression de votre compte',
  'notices.account_suspended.body':
    'Votre compte {brand} est suspendu en raison d’une activité inhabituelle. Tant que ce n’est pas réglé, vous ne pouvez pas l’utiliser pour vous connecter à des applications.',
  'notices.account_suspended.subject': 'Votre compte est suspendu',
  'notices.added_email_taken.advice':
    'Pour utiliser cette adresse avec un autre compte, connectez-vous d’abord à votre compte et retirez-en l’adresse.',
  'notices.added_email_taken.body':
    'Quelqu’un, peut-être vous, a essayé d’ajouter cette adresse e-mail à un compte {brand}. Cette adresse appartient déjà à votre compte : rien n’a été modifié.',
  'notices.added_email_taken.ignore': 'Si ce n’était pas vous, vous pouvez ignorer ce message.',
  'notices.added_email_taken.subject': 'Cette adresse e-mail est déjà utilisée',
  'notices.already_registered.body':
    'Quelqu’un, peut-être vous, a essayé de créer un compte {brand} avec cette adresse e-mail. Vous avez déjà un compte avec cette adresse : connectez-vous, ou réinitialisez votre mot de passe si vous l’avez oublié.',
  'notices.already_registered.ignore':
    'Si ce n’était pas vous, vous pouvez ignorer ce message. Votre compte n’a pas été modifié.',
  'notices.already_registered.subject': 'Vous avez déjà un compte',
  'notices.app_connected.body':
    'Vous avez utilisé votre compte {brand} avec {app} pour la première fois et accepté de partager des informations avec cette application.',
  'notices.app_connected.subject': 'Vous avez relié {app} à votre compte',
  'notices.app_disconnected.body':
    'Vous avez dissocié {app} de votre compte {brand}. Cette application ne reçoit plus d’informations de notre part, sauf si vous vous y connectez de nouveau et l’acceptez.',
  'notices.app_disconnected.subject': 'Vous avez dissocié {app} de votre compte',
  'notices.browsers_forgotten.advice':
    'À votre prochaine connexion, quel que soit le navigateur, vous aurez besoin d’une deuxième méthode d’authentification.',
  'notices.browsers_forgotten.body':
    'Tous les navigateurs mémorisés pour votre compte {brand} ont été oubliés.',
  'notices.browsers_forgotten.subject': 'Vos navigateurs mémorisés ont été oubliés',
  'notices.common.browser': 'Navigateur',
  'notices.common.confirm_email': 'Confirmer votre adresse e-mail',
  'notices.common.connected_apps': 'Voir vos applications reliées',
  'notices.common.fact': '{name} : {value}',
  'notices.common.footer':
    '{brand} a envoyé ce message à la suite d’un événement lié à cette adresse e-mail. Merci de ne pas y répondre. Nous ne demandons jamais votre mot de passe ni vos codes par e-mail.',
  'notices.common.get_help': 'Obtenir de l’aide',
  'notices.common.if_not_you_account':
    'Si ce n’était pas vous, connectez-vous, annulez la modification sur la page de votre compte et choisissez un nouveau mot de passe.',
  'notices.common.if_not_you_link':
    'Si ce n’était pas vous, quelqu’un connaît peut-être votre mot de passe. Utilisez le lien ci-dessus pour en choisir un nouveau.',
  'notices.common.if_you': 'Si c’était vous, vous n’avez rien à faire.',
  'notices.common.ignore': 'Si ce n’était pas vous, vous pouvez ignorer ce message.',
  'notices.common.link': '{label} :',
  'notices.common.link_lifetime': 'Ce lien est valable pendant {time}.',
  'notices.common.method': 'Méthode',
  'notices.common.not_me': 'Ce n’était pas moi',
  'notices.common.open_account': 'Aller à votre compte',
  'notices.common.place': 'Lieu approximatif',
  'notices.common.reset_password': 'Réinitialiser votre mot de passe',
  'notices.common.sign_in': 'Se connecter',
  'notices.common.time': 'Heure',
  'notices.common.unknown': 'Inconnu',
  'notices.confirm_added_email.body':
    'Vous avez demandé l’ajout de cette adresse e-mail à votre compte {brand}. Confirmez-la pour commencer à l’utiliser.',
  'notices.confirm_added_email.ignore':
    'Si vous ne l’avez pas demandé, vous pouvez ignorer ce message. L’adresse ne sera pas ajoutée.',
  'notices.confirm_added_email.subject': 'Confirmez votre nouvelle adresse e-mail',
  'notices.confirm_sign_up.body':
    'Vous pourrez bientôt utiliser {brand}. Confirmez votre adresse e-mail pour continuer la création de votre compte.',
  'notices.confirm_sign_up.ignore':
    'Si vous n’avez pas demandé de compte, vous pouvez ignorer ce message. Aucun compte ne sera créé.',
  'notices.confirm_sign_up.subject': 'Confirmez votre adresse e-mail',
  'notices.email_added.body': 'Une nouvelle adresse e-mail a été ajoutée à votre compte {brand}.',
  'notices.email_added.subject': 'Une adresse e-mail a été ajoutée à votre compte',
  'notices.email_deleted.body': 'Une adresse e-mail a été supprimée de votre compte {brand}.',
  'notices.email_deleted.subject': 'Une adresse e-mail a été supprimée de votre compte',
  'notices.factor_added.body': 'Une méthode d’authentification a été ajoutée à votre compte {brand}.',
  'notices.factor_added.subject': 'Une méthode d’authentification a été ajoutée à votre compte',
  'notices.factor_removed.body':
    'Une méthode d’authentification a été supprimée de votre compte {brand}. Les navigateurs mémorisés demanderont de nouveau une deuxième méthode.',
  'notices.factor_removed.subject': 'Une méthode d’authentification a été supprimée de votre compte',
  'notices.new_device.body':
    'Votre compte {brand} a servi à une connexion depuis un navigateur que nous ne vous avions encore jamais vu utiliser.',
  'notices.new_device.subject': 'Nouvelle connexion à votre compte',
  'notices.new_device_password_only.body':
    'Quelqu’un a saisi votre adresse e-mail et votre mot de passe {brand} depuis un navigateur que nous ne vous avions encore jamais vu utiliser. La connexion n’a pas été terminée avec une deuxième méthode d’authentification.',
  'notices.new_device_password_only.subject':
    'Quelqu’un a utilisé votre mot de passe sur un nouveau navigateur',
  'notices.password_changed.body': 'Le mot de passe de votre compte {brand} a été modifié.',
  'notices.password_changed.subject': 'Votre mot de passe a été modifié',
  'notices.please_reset_password.advice':
    'Si vous utilisez le même mot de passe ailleurs, changez-le là aussi.',
  'notices.please_reset_password.body':
    'Il se peut que quelqu’un d’autre connaisse le mot de passe de votre compte {brand}. Vous avez été déconnecté partout. Choisissez un nouveau mot de passe pour continuer.',
  'notices.please_reset_password.subject': 'Choisissez un nouveau mot de passe',
  'notices.reset_password.body':
    'Vous avez demandé la réinitialisation du mot de passe de votre compte {brand}. Utilisez le lien pour en choisir un nouveau.',
  'notices.reset_password.ignore':
    'Si vous ne l’avez pas demandé, vous pouvez ignorer ce message. Votre mot de passe reste le même.',
  'notices.reset_password.subject': 'Réinitialisez votre mot de passe',
  'notices.reset_suspended.body':
    'Quelqu’un, peut-être vous, a demandé la réinitialisation du mot de passe de votre compte {brand}. Le compte est suspendu : son mot de passe ne peut pas être réinitialisé.',
  'notices.reset_unknown_account.advice':
    'Vous avez peut-être utilisé une autre adresse pour créer votre compte. Essayez-la, ou créez un compte avec celle-ci.',
  'notices.reset_unknown_account.body':
    'Quelqu’un, peut-être vous, a demandé la réinitialisation du mot de passe {brand} pour {address}. Il n’existe pas de compte avec cette adresse.',
  'notices.reset_unknown_account.create': 'Créer un compte',
  'notices.reset_unknown_account.subject': 'Il n’existe pas de compte avec cette adresse e-mail',
  'notices.saml_year.ends': 'Fin de l’ancien certificat et des anciennes adresses',
  'notices.saml_year.metadata': 'Métadonnées avec le nouveau certificat',
  'notices.saml_year.what_to_do':
    'Lisez les nouvelles métadonnées, ou remplacez l’ancien certificat et les anciennes adresses par le nouveau certificat et les adresses qui se terminent par {year}. Jusqu’à la date ci-dessous, les deux années fonctionnent : vous pouvez donc changer à tout moment.',
  'notices.saml_year.why_you': 'Vous recevez ce message parce que vous êtes un contact technique de {app}.',
  'notices.saml_year_ends.body':
    '{app} connecte encore les personnes par les adresses SAML de {brand} de l’année {old}. Quand elles fermeront, personne ne pourra se connecter à {app} tant que l’application n’utilisera pas les nouvelles.',
  'notices.saml_year_ends.subject': 'La connexion à {app} s’arrêtera si ses paramètres SAML ne changent pas',
  'notices.saml_year_opened.body':
    'Chaque année, {brand} renouvelle le certificat qui signe les assertions SAML. Les adresses de {year} sont ouvertes et {app} peut commencer à les utiliser.',
  'notices.saml_year_opened.subject': 'Adresses et certificat SAML pour {year}',
  'notices.sign_up_suspended.body':
    'Quelqu’un, peut-être vous, a essayé de créer un compte {brand} avec cette adresse e-mail. Elle appartient à un compte suspendu : aucun nouveau compte n’a été créé.',
} as const satisfies Translation<typeof english>;
