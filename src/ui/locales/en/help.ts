/**
 * Ready-made help texts of apps, as the HTML an app could have sent itself, with its placeholders (portal-and-operations
 * P43): drawn like any other help text, through the same sanitiser.
 */
export const help = {
  'help.sign_in.first_time':
    '<p><strong>First time here from %{sp_name}?</strong> Your old %{sp_name} user name and password do not work here. <a href="%{sp_create_link}">Create an account</a> first.</p>',
  'help.sign_in.agency_email': '<p>Sign in with your agency e-mail address.</p>',
  'help.sign_in.piv_cac':
    '<p>Do you have a government employee card (PIV or CAC)? Add it to your account after you sign in, and use it next time.</p>',
  'help.sign_up.first_time':
    '<p>%{sp_name} now uses %{app_name}. Create an account here, even if you had one at %{sp_name} before.</p>',
  'help.sign_up.agency_email': '<p>Use your agency e-mail address.</p>',
  'help.sign_up.same_email': '<p>Use the e-mail address that %{sp_name} already has for you.</p>',
  'help.forgot_password.troubleshoot_html':
    '<p>If you still cannot sign in:</p><ul><li>Use the password of your %{app_name} account, not an older one of %{sp_name}.</li><li>If no message arrives, there may be no account with this address yet: <a href="%{sp_create_link}">create one</a>.</li></ul>',
} as const;
