import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help = {
  'help.sign_in.first_time':
    '<p><strong>¿Es la primera vez que llega desde %{sp_name}?</strong> Su anterior nombre de usuario y contraseña de %{sp_name} no sirven aquí. Primero <a href="%{sp_create_link}">cree una cuenta</a>.</p>',
  'help.sign_in.agency_email': '<p>Inicie sesión con la dirección de correo electrónico de su agencia.</p>',
  'help.sign_in.piv_cac':
    '<p>¿Tiene una credencial del gobierno (PIV o CAC)? Agréguela a su cuenta después de iniciar sesión y úsela la próxima vez.</p>',
  'help.sign_up.first_time':
    '<p>%{sp_name} ahora usa %{app_name}. Cree una cuenta aquí, aunque ya tuviera una en %{sp_name}.</p>',
  'help.sign_up.agency_email': '<p>Use la dirección de correo electrónico de su agencia.</p>',
  'help.sign_up.same_email':
    '<p>Use la dirección de correo electrónico que %{sp_name} ya tiene registrada.</p>',
  'help.forgot_password.troubleshoot_html':
    '<p>Si todavía no puede iniciar sesión:</p><ul><li>Use la contraseña de su cuenta de %{app_name}, no una anterior de %{sp_name}.</li><li>Si no llega ningún mensaje, quizá aún no haya una cuenta con esta dirección: <a href="%{sp_create_link}">cree una</a>.</li></ul>',
} as const satisfies Translation<typeof english>;
