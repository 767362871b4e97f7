import type { phone as english } from '../en/phone.ts';
import type { Translation } from '../translation.ts';

export const phone = {
  'phone.add.already': 'Ce numéro est déjà dans votre compte. Utilisez-en un autre.',
  'phone.add.channel': 'Comment voulez-vous recevoir les codes ?',
  'phone.add.country': 'Pays ou territoire',
  'phone.add.country_missing': 'Choisissez un pays ou un territoire.',
  'phone.add.impossible':
    'Ce ne peut pas être un numéro de téléphone de ce pays. Vérifiez les chiffres et le pays.',
  'phone.add.landline':
    'C’est sans doute une ligne fixe, qui ne reçoit pas de SMS. Choisissez un appel ou utilisez un numéro mobile.',
  'phone.add.limit': 'Vous avez déjà cinq téléphones. Supprimez-en un avant d’en ajouter un autre.',
  'phone.add.many': 'Trop de numéros ont été essayés. Réessayez dans {time}.',
  'phone.add.missing': 'Saisissez un numéro de téléphone.',
  'phone.add.no_text':
    'Nous ne pouvons pas envoyer de SMS à de nouveaux numéros de ce pays. Utilisez un autre numéro ou une autre méthode.',
  'phone.add.no_voice':
    'Nous ne pouvons pas appeler de nouveaux numéros de ce pays. Choisissez un SMS ou utilisez un autre numéro.',
  'phone.add.number': 'Numéro de téléphone',
  'phone.add.number_hint': 'Par exemple : {example}',
  'phone.add.sms': 'Message texte (SMS)',
  'phone.add.sms_about': 'Pas pour les lignes fixes. Votre opérateur peut facturer les messages.',
  'phone.add.special':
    'Nous ne pouvons pas envoyer de codes à des numéros gratuits, surtaxés ou à coût partagé. Utilisez un autre numéro.',
  'phone.add.submit': 'Envoyer le code',
  'phone.add.text':
    'Nous envoyons un code de six chiffres à votre téléphone chaque fois qu’il vous en faut un pour vous connecter.',
  'phone.add.title': 'Ajouter un téléphone',
  'phone.add.unsupported_country':
    'Nous ne pouvons pas joindre les téléphones de ce pays. Utilisez un autre numéro ou une autre méthode.',
  'phone.add.voice': 'Appel téléphonique',
  'phone.add.voice_about': 'Une voix vous lit le code. Pas disponible dans tous les pays.',
  'phone.add.voip':
    'Nous n’envoyons pas de codes aux numéros de téléphonie par internet. Utilisez un numéro d’opérateur.',
  'phone.added': 'Votre téléphone a été ajouté.',
  'phone.code.another': 'Envoyer un autre code',
  'phone.code.call_again': 'M’appeler encore une fois',
  'phone.code.call_instead': 'Recevoir plutôt un appel',
  'phone.code.called': 'Nous appelons le {number} pour vous lire un code.',
  'phone.code.change': 'Utiliser un autre numéro',
  'phone.code.confirm_title': 'Saisissez le code pour confirmer votre téléphone',
  'phone.code.expired': 'Ce code a expiré : les codes sont valables dix minutes. Demandez-en un autre.',
  'phone.code.expires': 'Le code est valable {minutes} minutes. Un nouveau code remplace le précédent.',
  'phone.code.sent_again': 'Un nouveau code est en route. Les codes précédents ne sont plus valables.',
  'phone.code.soon':
    'Ce code ne sera bientôt plus valable. S’il ne vous est pas parvenu, demandez-en un autre.',
  'phone.code.text_instead': 'Recevoir plutôt un SMS',
  'phone.code.texted': 'Nous avons envoyé un SMS avec un code au {number}.',
  'phone.code.title': 'Saisissez le code de notre SMS',
  'phone.code.title_call': 'Saisissez le code de notre appel',
  'phone.code.too_soon': 'Un code vient d’être envoyé. Attendez dix secondes avant d’en demander un autre.',
  'phone.failure.blocked':
    'L’opérateur de ce numéro ne laisse pas passer nos messages. Utilisez une autre méthode.',
  'phone.failure.daily_limit':
    'Trop de codes ont été envoyés aujourd’hui. Réessayez demain ou utilisez une autre méthode.',
  'phone.failure.invalid_number':
    'L’opérateur ne connaît pas ce numéro. Vérifiez-le ou utilisez un autre numéro.',
  'phone.failure.landline':
    'Ce numéro ne peut pas recevoir de SMS. Demandez un appel ou utilisez un autre numéro.',
  'phone.failure.opted_out': 'Ce numéro a demandé à ne plus recevoir nos SMS.',
  'phone.failure.throttled':
    'Trop de codes ont été envoyés à ce numéro. Attendez un peu avant d’en demander un autre ou utilisez une autre méthode.',
  'phone.failure.unavailable':
    'Nous n’avons pas pu joindre votre téléphone. Réessayez dans quelques minutes ou utilisez une autre méthode.',
  'phone.failure.unsupported_area':
    'Nous ne pouvons pas envoyer de codes dans cette zone de cette façon. Utilisez une autre méthode.',
  'phone.locked.text':
    'Des codes ont été demandés trop de fois. Pour protéger votre compte et votre téléphone, nous l’avons verrouillé pour un moment et vous avons déconnecté.',
  'phone.manage.added_on': 'Ajouté le {date}.',
  'phone.manage.default': 'Utiliser ce téléphone en premier',
  'phone.manage.default_hint':
    'Quand vous vous connectez avec un téléphone, les codes arrivent sur celui-ci.',
  'phone.manage.is_default': 'C’est le téléphone qui reçoit les codes en premier.',
  'phone.manage.new_number': 'Pour changer de numéro, ajoutez le nouveau téléphone et supprimez celui-ci.',
  'phone.manage.saved': 'Votre choix a été enregistré.',
  'phone.manage.title': 'Téléphone {number}',
  'phone.opt_in.later':
    'Les opérateurs permettent de réactiver un numéro une fois tous les 30 jours, et celui-ci l’a été il y a peu. Utilisez une autre méthode ou réessayez plus tard.',
  'phone.opt_in.start':
    'Pour recevoir de nouveau des SMS, envoyez le mot START depuis ce téléphone au numéro d’où venaient nos SMS. Revenez ensuite ici.',
  'phone.opt_in.submit': 'Recevoir de nouveau des SMS',
  'phone.opt_in.text':
    'Quelqu’un a répondu STOP à l’un de nos SMS au {number}, nous ne pouvons donc plus y envoyer de SMS. Si vous voulez des codes par SMS, réactivez-les.',
  'phone.opt_in.title': 'Ce téléphone ne reçoit pas nos SMS',
  'phone.option.name': 'Téléphone {number}',
  'phone.remove.done': 'Le téléphone a été supprimé.',
  'phone.remove.submit': 'Supprimer le téléphone',
  'phone.remove.text':
    'Les codes n’arriveront plus sur ce téléphone. Les navigateurs mémorisés demanderont de nouveau une deuxième méthode.',
  'phone.remove.title': 'Supprimer ce téléphone ?',
  'phone.text.code':
    '{brand} : Votre code à usage unique est {code}. Il est valable {minutes} minutes. Ne le donnez à personne.',
  'phone.text.confirm':
    '{brand} : Utilisez {code} pour confirmer votre numéro. Code valable {minutes} minutes. Ne le donnez à personne.',
  'phone.text.reset_cancelled':
    '{brand} : La demande de suppression de votre compte est annulée. Votre compte reste.',
  'phone.text.reset_requested':
    '{brand} : Quelqu’un demande à supprimer votre compte. Si ce n’est pas vous, annulez par le lien de notre e-mail.',
  'phone.voice.after': 'Encore une fois :',
  'phone.voice.before': 'Bonjour. Votre code à usage unique {brand} est :',
} as const satisfies Translation<typeof english>;
