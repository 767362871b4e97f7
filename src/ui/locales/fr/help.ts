import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help = {
  'help.sign_in.first_time':
    '<p><strong>Vous arrivez de %{sp_name} pour la première fois ?</strong> Votre ancien identifiant et votre ancien mot de passe %{sp_name} ne fonctionnent pas ici. Commencez par <a href="%{sp_create_link}">créer un compte</a>.</p>',
  'help.sign_in.agency_email': '<p>Connectez-vous avec l’adresse e-mail de votre organisme.</p>',
  'help.sign_in.piv_cac':
    '<p>Vous avez une carte d’agent public (PIV ou CAC) ? Ajoutez-la à votre compte après la connexion et utilisez-la la prochaine fois.</p>',
  'help.sign_up.first_time':
    '<p>%{sp_name} utilise désormais %{app_name}. Créez un compte ici, même si vous en aviez déjà un auprès de %{sp_name}.</p>',
  'help.sign_up.agency_email': '<p>Utilisez l’adresse e-mail de votre organisme.</p>',
  'help.sign_up.same_email': '<p>Utilisez l’adresse e-mail que %{sp_name} connaît déjà.</p>',
  'help.forgot_password.troubleshoot_html':
    '<p>Si vous ne parvenez toujours pas à vous connecter :</p><ul><li>Utilisez le mot de passe de votre compte %{app_name}, et non un ancien mot de passe de %{sp_name}.</li><li>Si aucun message n’arrive, il n’existe peut-être pas encore de compte avec cette adresse : <a href="%{sp_create_link}">créez-en un</a>.</li></ul>',
} as const satisfies Translation<typeof english>;
