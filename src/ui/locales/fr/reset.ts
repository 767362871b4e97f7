import type { reset as english } from '../en/reset.ts';
import type { Translation } from '../translation.ts';

export const reset = {
  'reset.cancel.over':
    'Ce lien ne fonctionne plus. Si vous voulez encore arrêter la suppression, connectez-vous avec votre mot de passe.',
  'reset.cancel.submit': 'Garder mon compte',
  'reset.cancel.text':
    'Quelqu’un a demandé la suppression de votre compte {brand} parce qu’il ne pouvait pas utiliser ses méthodes d’authentification. Si vous annulez cette demande, votre compte reste tel quel.',
  'reset.cancel.title': 'Annuler la suppression de votre compte ?',
  'reset.cancelled': 'Votre compte ne sera pas supprimé.',
  'reset.delete.lifetime':
    'Le lien du message fonctionne pendant {time}. Si vous ne faites rien, votre compte reste tel quel.',
  'reset.delete.over':
    'Ce lien ne fonctionne plus. Pour supprimer votre compte, connectez-vous avec votre mot de passe et refaites la demande.',
  'reset.deleted.create': 'Créer un nouveau compte',
  'reset.deleted.text':
    'Nous avons envoyé un message à toutes les adresses du compte. Vous pouvez créer un nouveau compte {brand} avec la même adresse e-mail.',
  'reset.link': 'Je ne peux utiliser aucune de ces méthodes',
  'reset.link_only': 'Je ne peux pas utiliser cette méthode',
  'reset.options.codes': 'Cherchez des codes de secours que vous auriez imprimés ou enregistrés.',
  'reset.options.delete': 'Supprimer mon compte',
  'reset.options.last_text':
    'Personne ne peut se connecter à votre place ni retirer une méthode. Vous pouvez nous demander de supprimer le compte, puis en créer un nouveau. Pour votre sécurité, cela prend {time}.',
  'reset.options.last_title': 'Si rien ne vous aide',
  'reset.options.other_device':
    'Essayez un autre téléphone, ordinateur ou une autre clé de sécurité que vous avez ajoutés au compte.',
  'reset.options.remembered': 'Essayez un navigateur que vous nous avez demandé de mémoriser.',
  'reset.options.text': 'Avant de renoncer à ce compte, voyez si l’une de ces solutions vous aide :',
  'reset.options.title': 'Si vous ne pouvez pas utiliser vos méthodes d’authentification',
  'reset.options.try_other': 'Essayer une autre méthode',
  'reset.pending.advice':
    'Si vous pouvez de nouveau utiliser vos méthodes, ou si ce n’était pas vous, gardez votre compte. Si ce n’était pas vous, changez aussi votre mot de passe.',
  'reset.pending.continue': 'Continuer sans annuler',
  'reset.pending.link':
    'Un message avec un lien qui supprime le compte sera envoyé à toutes ses adresses : {time}.',
  'reset.pending.text':
    'Quelqu’un qui connaît votre mot de passe a demandé la suppression de ce compte : {time}.',
  'reset.pending.title': 'Votre compte est en attente de suppression',
  'reset.request.back': 'Retour',
  'reset.request.submit': 'Demander la suppression de mon compte',
  'reset.request.title': 'Demander la suppression de votre compte',
  'reset.request.wait':
    'Vous devrez attendre {time}. Nous vous enverrons ensuite un lien qui supprime le compte. Nous prévenons aussitôt toutes les adresses du compte, afin que chacun puisse s’y opposer.',
  'reset.requested.cancel':
    'Vous avez changé d’avis ? Utilisez le lien de ce message ou connectez-vous avec votre mot de passe.',
  'reset.requested.sign_out': 'Se déconnecter',
  'reset.requested.text':
    'Nous avons envoyé un message à toutes les adresses de votre compte. Dans {time}, vous en recevrez un autre avec un lien qui supprime le compte.',
  'reset.requested.title': 'Nous avons reçu votre demande',
} as const satisfies Translation<typeof english>;
