import type { saml as english } from '../en/saml.ts';
import type { Translation } from '../translation.ts';

export const saml = {
  'saml.decoder.decode': 'Décoder',
  'saml.decoder.document': 'Le message',
  'saml.decoder.done': 'Décodé.',
  'saml.decoder.facts': 'Ce qu’il dit',
  'saml.decoder.intro':
    'Collez une adresse, un paramètre ou un document. Il est lu dans ce navigateur et n’est envoyé nulle part.',
  'saml.decoder.message': 'Requête ou réponse SAML',
  'saml.decoder.name': 'Nom',
  'saml.decoder.none': 'Il n’y a aucun message SAML dans ce texte.',
  'saml.decoder.title': 'Décodeur SAML',
  'saml.decoder.value': 'Valeur',
  'saml.error.blank_cert_element_req': 'La signature de la demande contient un certificat vide.',
  'saml.error.both_auth_and_logout_request':
    'La demande porte à la fois sur une connexion et une déconnexion.',
  'saml.error.developers': 'Pour les développeurs de l’application',
  'saml.error.encrypted_name_id':
    'La demande contient un identifiant chiffré que nous ne pouvons pas ouvrir.',
  'saml.error.home': 'Aller à {brand}',
  'saml.error.invalid_signature': 'La demande n’est pas signée avec un certificat enregistré.',
  'saml.error.issuer_missing_or_invalid': 'La demande n’indique pas de quelle application elle provient.',
  'saml.error.no_auth_or_logout_request':
    'Il n’y a aucune demande de connexion ou de déconnexion que nous puissions lire.',
  'saml.error.no_cert_registered':
    'L’application demande des réponses chiffrées sans avoir enregistré de certificat.',
  'saml.error.no_legacy_name_id': 'Ce compte n’a pas d’identifiant du type que demande l’application.',
  'saml.error.no_response_url': 'L’application n’a pas enregistré d’adresse pour notre réponse.',
  'saml.error.person':
    'L’application qui vous a envoyé ici a fait une demande à laquelle nous ne pouvons pas répondre. Retournez-y et réessayez. Si cela se reproduit, communiquez ce qui est écrit ci-dessous aux personnes qui la gèrent.',
  'saml.error.relay_state_too_long': 'Le RelayState est trop long.',
  'saml.error.request_id': 'Identifiant de la demande : {id}',
  'saml.error.request_too_old': 'La demande n’a pas été faite à l’instant.',
  'saml.error.title': 'Nous ne pouvons pas continuer',
  'saml.error.unauthorized_authn_context':
    'L’application n’est pas autorisée à demander ce niveau de service.',
  'saml.error.unauthorized_nameid_format':
    'L’application n’est pas autorisée à demander l’adresse e-mail comme identifiant.',
  'saml.error.unauthorized_service_provider': 'L’application n’est pas enregistrée ici.',
  'saml.error.unregistered_acs_url': 'L’adresse pour notre réponse n’est pas enregistrée.',
  'saml.error.wrong_destination': 'La demande était destinée à une autre adresse.',
  'saml.logout.confirm': 'Oui, me déconnecter',
  'saml.logout.stay': 'Non, aller à la page de mon compte',
  'saml.logout.text': 'Un autre site demande de mettre fin à votre session {brand} dans ce navigateur.',
  'saml.logout.title': 'Voulez-vous vous déconnecter de {brand} ?',
  'saml.post.continue': 'Continuer',
  'saml.post.text':
    'Votre navigateur ne poursuit pas de lui-même, car les scripts sont désactivés. Sélectionnez Continuer pour poursuivre.',
  'saml.post.title': 'Une dernière étape',
} as const satisfies Translation<typeof english>;
