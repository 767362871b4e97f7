import type { consent as english } from '../en/consent.ts';
import type { Translation } from '../translation.ts';

export const consent = {
  'consent.agree.again':
    'La prochaine fois, nous ne vous demanderons rien, sauf si {app} en demande davantage ou si un an s’est écoulé.',
  'consent.agree.cancel': 'Annuler et revenir à {app}',
  'consent.agree.change_email': 'Modifier',
  'consent.agree.change_email_label': 'Modifier l’adresse e-mail transmise à {app}',
  'consent.agree.nothing': '{app} ne demande aucune information sur vous.',
  'consent.agree.one_method':
    'Vous n’avez qu’une méthode pour prouver que c’est bien vous. Si vous la perdez, vous perdez votre compte.',
  'consent.agree.one_method_add': 'Ajouter une autre méthode',
  'consent.agree.submit': 'Accepter et continuer',
  'consent.agree.title': 'Continuer vers {app}',
  'consent.agree.what': 'Informations transmises à {app}',
  'consent.attribute.address': 'Adresse',
  'consent.attribute.all_emails': 'Toutes les adresses e-mail de votre compte',
  'consent.attribute.birthdate': 'Date de naissance',
  'consent.attribute.email': 'Adresse e-mail',
  'consent.attribute.family_name': 'Nom de famille',
  'consent.attribute.given_name': 'Prénom',
  'consent.attribute.locale': 'Langue que vous utilisez ici',
  'consent.attribute.middle_name': 'Deuxième prénom',
  'consent.attribute.phone': 'Numéro de téléphone',
  'consent.attribute.social_security_number': 'Numéro de sécurité sociale',
  'consent.attribute.verified_at': 'Date de vérification de votre identité',
  'consent.attribute.x509_issuer': 'Émetteur de votre carte d’agent public',
  'consent.attribute.x509_subject': 'Nom figurant sur votre carte d’agent public',
  'consent.continue.other': 'Utiliser un autre compte',
  'consent.continue.submit': 'Continuer en tant que {email}',
  'consent.continue.text':
    'Vous êtes connecté à {brand} en tant que {email}. Voulez-vous continuer vers {app} avec ce compte ?',
  'consent.continue.title': 'Continuer vers {app} ?',
  'consent.email.label': 'Adresse e-mail à transmettre',
  'consent.email.missing': 'Choisissez l’une de vos adresses e-mail.',
  'consent.email.submit': 'Utiliser cette adresse',
  'consent.email.text': '{app} ne verra que l’adresse que vous choisissez ici.',
  'consent.email.title': 'Choisissez une adresse e-mail',
  'consent.phone.text':
    '{app} se trouve sur votre téléphone. Retournez-y ; nous vous avons déconnecté de ce navigateur.',
  'consent.phone.title': 'Retournez à l’application sur votre téléphone',
  'consent.reason.expired':
    'Vous avez accepté il y a plus d’un an de transmettre vos informations à {app}. Veuillez les vérifier et donner de nouveau votre accord.',
  'consent.reason.first_time':
    'C’est votre première visite sur {app} avec ce compte. Si vous acceptez, nous lui transmettons ces informations.',
  'consent.reason.new_attributes':
    '{app} demande plus d’informations qu’auparavant. Veuillez les vérifier avant d’accepter.',
  'consent.reason.revoked':
    'Vous avez déconnecté {app} de votre compte. Si vous acceptez, nous lui transmettrons de nouveau vos informations.',
  'consent.reason.verified_since':
    'Votre identité a été vérifiée depuis votre dernière visite sur {app}. Veuillez vérifier vos informations avant d’accepter.',
} as const satisfies Translation<typeof english>;
