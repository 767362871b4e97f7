export const reset = {
  'reset.cancel.over':
    'This link no longer works. If you still want to stop the deletion, sign in with your password.',
  'reset.cancel.submit': 'Keep my account',
  'reset.cancel.text':
    'Someone asked to delete your {brand} account because they could not use its authentication methods. If you cancel that, your account stays as it is.',
  'reset.cancel.title': 'Cancel the deletion of your account?',
  'reset.cancelled': 'Your account will not be deleted.',
  'reset.delete.lifetime':
    'The link in the message works for {time}. If you do nothing, your account stays as it is.',
  'reset.delete.over':
    'This link no longer works. To delete your account, sign in with your password and ask again.',
  'reset.deleted.create': 'Create a new account',
  'reset.deleted.text':
    'We sent a message about it to every address of the account. You can create a new {brand} account with the same email address.',
  'reset.link': 'I cannot use any of these methods',
  'reset.link_only': 'I cannot use this method',
  'reset.options.codes': 'Look for backup codes that you printed or saved.',
  'reset.options.delete': 'Delete my account',
  'reset.options.last_text':
    'Nobody can sign in for you or remove a method. You can ask us to delete the account and then create a new one. For your security, that takes {time}.',
  'reset.options.last_title': 'If nothing helps',
  'reset.options.other_device': 'Try another phone, computer or security key that you added to the account.',
  'reset.options.remembered': 'Try a browser that you told us to remember.',
  'reset.options.text': 'Before you give up this account, see whether one of these helps:',
  'reset.options.title': 'If you cannot use your authentication methods',
  'reset.options.try_other': 'Try another method',
  'reset.pending.advice':
    'If you can use your methods again, or if this was not you, keep your account. If it was not you, change your password as well.',
  'reset.pending.continue': 'Continue without canceling',
  'reset.pending.link': 'A message with a link that deletes the account goes to all its addresses on {time}.',
  'reset.pending.text': 'On {time}, someone who knows your password asked to delete this account.',
  'reset.pending.title': 'Your account is waiting to be deleted',
  'reset.request.back': 'Back',
  'reset.request.submit': 'Ask to delete my account',
  'reset.request.title': 'Ask to delete your account',
  'reset.request.wait':
    'You will have to wait for {time}. Then we send you a link that deletes the account. We tell all addresses of the account at once, so that anyone can object.',
  'reset.requested.cancel': 'Changed your mind? Use the link in that message, or sign in with your password.',
  'reset.requested.sign_out': 'Sign out',
  'reset.requested.text':
    'We sent a message to every address of your account. In {time} you will get another one, with a link that deletes the account.',
  'reset.requested.title': 'We received your request',
} as const;
