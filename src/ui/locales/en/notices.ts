export const notices = {
  'notices.account_deleted.advice': 'If you need an account again, you can create a new one at any time.',
  'notices.account_deleted.body':
    'Your {brand} account and the information in it were deleted, as you asked.',
  'notices.account_deleted.subject': 'Your account was deleted',
  'notices.account_reinstated.body':
    'Your {brand} account is active again. You can sign in with the same email address and password as before.',
  'notices.account_reinstated.subject': 'Your account is active again',
  'notices.account_reset_cancelled.body':
    'The request to delete your {brand} account was canceled. Your account stays as it is.',
  'notices.account_reset_cancelled.subject': 'Your account will not be deleted',
  'notices.account_reset_ready.body':
    'You asked to delete your {brand} account because you could not use your authentication methods. The waiting period is over. When you delete the account, you can create a new one with the same email address.',
  'notices.account_reset_ready.delete': 'Delete your account',
  'notices.account_reset_ready.ignore':
    'If you no longer want to delete your account, you can ignore this message. Your account stays as it is.',
  'notices.account_reset_ready.subject': 'You can now delete your account',
  'notices.account_reset_requested.advice':
    'If you do nothing, we will send you another message after the waiting period with a link that deletes the account.',
  'notices.account_reset_requested.body':
    'Someone, hopefully you, asked to delete your {brand} account because they could not use its authentication methods. If this was not you, or if you can use your account again, cancel the request.',
  'notices.account_reset_requested.cancel': 'Cancel the request',
  'notices.account_reset_requested.subject': 'Someone asked to delete your account',
  'notices.account_suspended.body':
    'Your {brand} account is suspended because of unusual activity. Until that is resolved you cannot sign in to apps with it.',
  'notices.account_suspended.subject': 'Your account is suspended',
  'notices.added_email_taken.advice':
    'To use the address with another account, first sign in to your account and remove it there.',
  'notices.added_email_taken.body':
    'Someone, perhaps you, tried to add this email address to a {brand} account. The address already belongs to your account, so nothing was changed.',
  'notices.added_email_taken.ignore': 'If this was not you, you can ignore this message.',
  'notices.added_email_taken.subject': 'This email address is already in use',
  'notices.already_registered.body':
    'Someone, perhaps you, tried to create a {brand} account with this email address. You already have an account with it: sign in, or reset your password if you forgot it.',
  'notices.already_registered.ignore':
    'If this was not you, you can ignore this message. Your account was not changed.',
  'notices.already_registered.subject': 'You already have an account',
  'notices.app_connected.body':
    'You used your {brand} account with {app} for the first time and agreed to share information with it.',
  'notices.app_connected.subject': 'You connected {app} to your account',
  'notices.app_disconnected.body':
    'You disconnected {app} from your {brand} account. It no longer receives information from us, unless you sign in there again and agree to it.',
  'notices.app_disconnected.subject': 'You disconnected {app} from your account',
  'notices.browsers_forgotten.advice':
    'The next time you sign in on any browser, you will need a second authentication method.',
  'notices.browsers_forgotten.body':
    'All browsers that were remembered for your {brand} account were forgotten.',
  'notices.browsers_forgotten.subject': 'Your remembered browsers were forgotten',
  'notices.common.browser': 'Browser',
  'notices.common.confirm_email': 'Confirm your email address',
  'notices.common.connected_apps': 'See your connected apps',
  'notices.common.fact': '{name}: {value}',
  'notices.common.footer':
    'This message was sent by {brand} because of something that happened with this email address. Please do not reply to it. We never ask for your password or codes by email.',
  'notices.common.get_help': 'Get help',
  'notices.common.if_not_you_account':
    'If this was not you, sign in, undo the change on your account page, and choose a new password.',
  'notices.common.if_not_you_link':
    'If this was not you, someone may know your password. Use the link above to choose a new one.',
  'notices.common.if_you': 'If this was you, you do not need to do anything.',
  'notices.common.ignore': 'If this was not you, you can ignore this message.',
  'notices.common.link': '{label}:',
  'notices.common.link_lifetime': 'This link works for {time}.',
  'notices.common.method': 'Method',
  'notices.common.not_me': 'This was not me',
  'notices.common.open_account': 'Go to your account',
  'notices.common.place': 'Approximate location',
  'notices.common.reset_password': 'Reset your password',
  'notices.common.sign_in': 'Sign in',
  'notices.common.time': 'Time',
  'notices.common.unknown': 'Unknown',
  'notices.confirm_added_email.body':
    'You asked to add this email address to your {brand} account. Confirm it to start using it.',
  'notices.confirm_added_email.ignore':
    'If you did not ask for this, you can ignore this message. The address will not be added.',
  'notices.confirm_added_email.subject': 'Confirm your new email address',
  'notices.confirm_sign_up.body':
    'You are almost ready to use {brand}. Confirm your email address to continue creating your account.',
  'notices.confirm_sign_up.ignore':
    'If you did not ask for an account, you can ignore this message. No account will be created.',
  'notices.confirm_sign_up.subject': 'Confirm your email address',
  'notices.email_added.body': 'A new email address was added to your {brand} account.',
  'notices.email_added.subject': 'An email address was added to your account',
  'notices.email_deleted.body': 'An email address was removed from your {brand} account.',
  'notices.email_deleted.subject': 'An email address was removed from your account',
  'notices.factor_added.body': 'An authentication method was added to your {brand} account.',
  'notices.factor_added.subject': 'An authentication method was added to your account',
  'notices.factor_removed.body':
    'An authentication method was removed from your {brand} account. Browsers that were remembered will ask for a second method again.',
  'notices.factor_removed.subject': 'An authentication method was removed from your account',
  'notices.new_device.body':
    'Your {brand} account was used to sign in on a browser that we have not seen you use before.',
  'notices.new_device.subject': 'New sign-in to your account',
  'notices.new_device_password_only.body':
    'Someone entered your email address and password for {brand} on a browser that we have not seen you use before. They did not finish signing in with a second authentication method.',
  'notices.new_device_password_only.subject': 'Someone used your password on a new browser',
  'notices.password_changed.body': 'The password of your {brand} account was changed.',
  'notices.password_changed.subject': 'Your password was changed',
  'notices.please_reset_password.advice': 'If you use the same password anywhere else, change it there, too.',
  'notices.please_reset_password.body':
    'Somebody else may know the password of your {brand} account. You were signed out everywhere. Choose a new password to go on.',
  'notices.please_reset_password.subject': 'Please choose a new password',
  'notices.reset_password.body':
    'You asked to reset the password of your {brand} account. Use the link to choose a new one.',
  'notices.reset_password.ignore':
    'If you did not ask for this, you can ignore this message. Your password stays the same.',
  'notices.reset_password.subject': 'Reset your password',
  'notices.reset_suspended.body':
    'Someone, perhaps you, asked to reset the password of your {brand} account. The account is suspended, so the password cannot be reset.',
  'notices.reset_unknown_account.advice':
    'You may have used another address when you created your account. Try that one, or create an account with this one.',
  'notices.reset_unknown_account.body':
    'Someone, perhaps you, asked to reset the {brand} password for {address}. There is no account with this address.',
  'notices.reset_unknown_account.create': 'Create an account',
  'notices.reset_unknown_account.subject': 'There is no account with this email address',
  'notices.saml_year.ends': 'Old certificate and addresses end',
  'notices.saml_year.metadata': 'Metadata with the new certificate',
  'notices.saml_year.what_to_do':
    'Read the new metadata, or put the new certificate and the addresses that end in {year} in place of the old ones. Until the date below both years work, so you can change at any time.',
  'notices.saml_year.why_you': 'You receive this message because you are a technical contact of {app}.',
  'notices.saml_year_ends.body':
    '{app} still signs people in through the {old} SAML addresses of {brand}. When they close, nobody can sign in to {app} until it uses the new ones.',
  'notices.saml_year_ends.subject': 'Sign-in to {app} stops unless its SAML settings change',
  'notices.saml_year_opened.body':
    'Each year {brand} renews the certificate that signs SAML assertions. The addresses for {year} are open now, and {app} can start to use them.',
  'notices.saml_year_opened.subject': 'SAML addresses and certificate for {year}',
  'notices.sign_up_suspended.body':
    'Someone, perhaps you, tried to create a {brand} account with this email address. It belongs to a suspended account, so no new account was created.',
} as const;
