import type { Locale } from '../kernel/locale.ts';
import type { HelpContext } from './model.ts';

/** A ready-made help text in every language. */
export type HelpPreset = Readonly<Record<Locale, string>>;

const AGENCY_EMAIL: HelpPreset = {
  en: '<p>Use your agency e-mail address.</p>',
  es: '<p>Use la dirección de correo electrónico de su agencia.</p>',
  fr: '<p>Utilisez l’adresse e-mail de votre organisme.</p>',
  zh: '<p>请使用您所在机构的电子邮件地址。</p>',
};

/** Presets by context and name (portal-and-operations P43); `blank` is the absence of text and not listed. */
export const HELP_PRESETS: Readonly<Record<HelpContext, Readonly<Record<string, HelpPreset>>>> = {
  sign_in: {
    first_time: {
      en: '<p><strong>First time here from %{sp_name}?</strong> Your old %{sp_name} user name and password do not work here. <a href="%{sp_create_link}">Create an account</a> first.</p>',
      es: '<p><strong>¿Es la primera vez que llega desde %{sp_name}?</strong> Su anterior nombre de usuario y contraseña de %{sp_name} no sirven aquí. Primero <a href="%{sp_create_link}">cree una cuenta</a>.</p>',
      fr: '<p><strong>Vous arrivez de %{sp_name} pour la première fois ?</strong> Votre ancien identifiant et votre ancien mot de passe %{sp_name} ne fonctionnent pas ici. Commencez par <a href="%{sp_create_link}">créer un compte</a>.</p>',
      zh: '<p><strong>第一次从 %{sp_name} 来到这里？</strong>您以前的 %{sp_name} 用户名和密码在这里无法使用。请先<a href="%{sp_create_link}">创建账户</a>。</p>',
    },
    agency_email: {
      en: '<p>Sign in with your agency e-mail address.</p>',
      es: '<p>Inicie sesión con la dirección de correo electrónico de su agencia.</p>',
      fr: '<p>Connectez-vous avec l’adresse e-mail de votre organisme.</p>',
      zh: '<p>请使用您所在机构的电子邮件地址登录。</p>',
    },
    piv_cac: {
      en: '<p>Do you have a government employee card (PIV or CAC)? Add it to your account after you sign in, and use it next time.</p>',
      es: '<p>¿Tiene una tarjeta de empleado del gobierno (PIV o CAC)? Agréguela a su cuenta después de iniciar sesión y úsela la próxima vez.</p>',
      fr: '<p>Vous avez une carte d’agent public (PIV ou CAC) ? Ajoutez-la à votre compte après la connexion et utilisez-la la prochaine fois.</p>',
      zh: '<p>您有政府雇员卡（PIV 或 CAC）吗？登录后把它添加到您的账户，下次即可使用。</p>',
    },
  },
  sign_up: {
    first_time: {
      en: '<p>%{sp_name} now uses %{app_name}. Create an account here, even if you had one at %{sp_name} before.</p>',
      es: '<p>%{sp_name} ahora usa %{app_name}. Cree una cuenta aquí, aunque ya tuviera una en %{sp_name}.</p>',
      fr: '<p>%{sp_name} utilise désormais %{app_name}. Créez un compte ici, même si vous en aviez déjà un auprès de %{sp_name}.</p>',
      zh: '<p>%{sp_name} 现在使用 %{app_name}。即使您以前在 %{sp_name} 有账户，也请在这里创建一个新账户。</p>',
    },
    agency_email: AGENCY_EMAIL,
    same_email: {
      en: '<p>Use the e-mail address that %{sp_name} already has for you.</p>',
      es: '<p>Use la dirección de correo electrónico que %{sp_name} ya tiene registrada.</p>',
      fr: '<p>Utilisez l’adresse e-mail que %{sp_name} connaît déjà.</p>',
      zh: '<p>请使用您已在 %{sp_name} 登记的电子邮件地址。</p>',
    },
  },
  forgot_password: {
    troubleshoot_html: {
      en: '<p>If you still cannot sign in:</p><ul><li>Use the password of your %{app_name} account, not an older one of %{sp_name}.</li><li>If no message arrives, there may be no account with this address yet: <a href="%{sp_create_link}">create one</a>.</li></ul>',
      es: '<p>Si todavía no puede iniciar sesión:</p><ul><li>Use la contraseña de su cuenta de %{app_name}, no una anterior de %{sp_name}.</li><li>Si no llega ningún mensaje, quizá aún no haya una cuenta con esta dirección: <a href="%{sp_create_link}">cree una</a>.</li></ul>',
      fr: '<p>Si vous ne parvenez toujours pas à vous connecter :</p><ul><li>Utilisez le mot de passe de votre compte %{app_name}, et non un ancien mot de passe de %{sp_name}.</li><li>Si aucun message n’arrive, il n’existe peut-être pas encore de compte avec cette adresse : <a href="%{sp_create_link}">créez-en un</a>.</li></ul>',
      zh: '<p>如果仍然无法登录：</p><ul><li>请使用您的 %{app_name} 账户密码，而不是以前的 %{sp_name} 密码。</li><li>如果没有收到邮件，可能还没有使用该地址的账户：<a href="%{sp_create_link}">请创建一个</a>。</li></ul>',
    },
  },
};
