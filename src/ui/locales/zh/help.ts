import type { help as english } from '../en/help.ts';
import type { Translation } from '../translation.ts';

export const help = {
  'help.sign_in.first_time':
    '<p><strong>第一次从 %{sp_name} 来到这里？</strong>您以前的 %{sp_name} 用户名和密码在这里无法使用。请先<a href="%{sp_create_link}">创建账户</a>。</p>',
  'help.sign_in.agency_email': '<p>请使用您所在机构的电子邮件地址登录。</p>',
  'help.sign_in.piv_cac': '<p>您有政府雇员证件（PIV 或 CAC）吗？登录后把它添加到您的账户，下次即可使用。</p>',
  'help.sign_up.first_time':
    '<p>%{sp_name} 现在使用 %{app_name}。即使您以前在 %{sp_name} 有账户，也请在这里创建一个新账户。</p>',
  'help.sign_up.agency_email': '<p>请使用您所在机构的电子邮件地址。</p>',
  'help.sign_up.same_email': '<p>请使用您已在 %{sp_name} 登记的电子邮件地址。</p>',
  'help.forgot_password.troubleshoot_html':
    '<p>如果仍然无法登录：</p><ul><li>请使用您的 %{app_name} 账户密码，而不是以前的 %{sp_name} 密码。</li><li>如果没有收到邮件，可能还没有使用该地址的账户：<a href="%{sp_create_link}">请创建一个</a>。</li></ul>',
} as const satisfies Translation<typeof english>;
