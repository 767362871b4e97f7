import type { signin as english } from '../en/signin.ts';
import type { Translation } from '../translation.ts';

export const signin = {
  'signin.bounced.account': 'Aller à votre compte',
  'signin.bounced.next':
    'Patientez une minute, puis réessayez. Si cela se reproduit, prévenez les responsables du site d’où vous venez.',
  'signin.bounced.text':
    'Vous êtes connecté à {brand}, mais le site d’où vous venez vous a aussitôt renvoyé ici.',
  'signin.bounced.text_app': 'Vous êtes connecté à {brand}, mais {app} vous a aussitôt renvoyé ici.',
  'signin.bounced.title': 'Vous tournez en rond',
  'signin.errors.email_malformed': 'Saisissez une adresse e-mail comme nom@example.com.',
  'signin.errors.email_missing': 'Saisissez votre adresse e-mail.',
  'signin.errors.limited': 'Trop de tentatives de connexion. Réessayez dans {time}.',
  'signin.errors.password_missing': 'Saisissez votre mot de passe.',
  'signin.errors.wrong':
    'L’adresse e-mail et le mot de passe ne correspondent pas. Vérifiez les deux ou réinitialisez votre mot de passe ci-dessous.',
  'signin.inactive.home': 'Aller à {brand}',
  'signin.inactive.next':
    'Contactez les responsables du site d’où vous venez. Votre compte n’est pas concerné.',
  'signin.inactive.text':
    'Le site d’où vous venez ne peut pas utiliser {brand} pour la connexion en ce moment.',
  'signin.inactive.title': 'La connexion pour ce site est désactivée',
  'signin.page.again': '{app} vous demande de vous reconnecter, pour s’assurer que c’est bien vous.',
  'signin.page.back': 'Retour à {app}',
  'signin.page.create': 'Créer un compte',
  'signin.page.forgot': 'Mot de passe oublié ?',
  'signin.page.new_here': 'Nouveau sur {brand} ?',
  'signin.page.submit': 'Se connecter',
  'signin.page.title': 'Connexion',
  'signin.page.together': '{app} utilise {brand} pour vous connecter.',
  'signin.proofing.cancel': 'Annuler et revenir à {app}',
  'signin.proofing.nothing_shared': 'Aucune information sur vous n’a été transmise.',
  'signin.proofing.text':
    '{brand} ne peut pas encore vérifier les identités : cette étape ne peut donc pas être terminée ici.',
  'signin.proofing.text_app':
    '{app} demande une identité vérifiée. {brand} ne peut pas encore vérifier les identités : cette étape ne peut donc pas être terminée ici.',
  'signin.proofing.title': 'Votre identité n’est pas vérifiée',
  'signin.proofing.without': 'Revenir à {app} sans vérification',
  'signin.restricted.elsewhere':
    'Vous pouvez toujours vous connecter à d’autres sites et gérer votre compte ici.',
  'signin.restricted.everywhere':
    'Votre compte {brand} ne peut pas servir à se connecter à d’autres sites, donc pas non plus à {app}. Cette fois, rien vous concernant n’a été envoyé à {app}.',
  'signin.restricted.next':
    'Si vous pensez qu’il s’agit d’une erreur, contactez les responsables de {app}, ou contactez-nous.',
  'signin.restricted.own': 'Vous pouvez toujours gérer votre compte ici.',
  'signin.restricted.text':
    'Votre compte {brand} ne peut pas servir à se connecter à {app}. Cette fois, rien vous concernant n’a été envoyé à {app}.',
  'signin.restricted.title': 'Vous ne pouvez pas utiliser ce compte pour {app}',
  'signin.rules.accept': 'J’ai lu et j’accepte ces règles',
  'signin.rules.accept_missing': 'Cochez la case pour accepter les règles.',
  'signin.rules.asking': 'Avant de continuer, veuillez lire et accepter les règles d’utilisation de {brand}.',
  'signin.rules.intro': 'Voici les règles d’utilisation de {brand}.',
  'signin.rules.keep_secret': 'Gardez votre mot de passe et vos codes pour vous.',
  'signin.rules.may_suspend':
    'Nous pouvons suspendre un compte utilisé en violation de ces règles ou de la loi.',
  'signin.rules.no_harm': 'N’essayez pas d’accéder à d’autres comptes et ne perturbez pas le service.',
  'signin.rules.ours': 'Ce que nous faisons',
  'signin.rules.own_account': 'N’utilisez que votre propre compte et ne laissez personne d’autre l’utiliser.',
  'signin.rules.records':
    'Nous conservons un historique des connexions et des modifications, visible dans votre compte.',
  'signin.rules.share_only_agreed': 'Nous ne transmettons vos informations à un site qu’après votre accord.',
  'signin.rules.submit': 'Continuer',
  'signin.rules.tell_us':
    'Si vous pensez que quelqu’un d’autre a utilisé votre compte, changez aussitôt votre mot de passe.',
  'signin.rules.title': 'Règles d’utilisation',
  'signin.rules.true_information': 'Donnez des informations exactes sur vous-même.',
  'signin.rules.yours': 'Ce que vous faites',
  'signin.sign_out.done': 'Vous êtes déconnecté.',
  'signin.sign_out.question': 'Voulez-vous vous déconnecter de {brand} dans ce navigateur ?',
  'signin.sign_out.stay': 'Rester connecté',
  'signin.sign_out.submit': 'Se déconnecter',
  'signin.sign_out.title': 'Se déconnecter ?',
  'signin.suspended.next': 'Si vous pensez qu’il s’agit d’une erreur, contactez-nous.',
  'signin.suspended.sign_out': 'Se déconnecter',
  'signin.suspended.text':
    'Votre compte {brand} a été suspendu : vous ne pouvez pas l’utiliser pour vous connecter à d’autres sites.',
  'signin.suspended.title': 'Votre compte est suspendu',
} as const satisfies Translation<typeof english>;
