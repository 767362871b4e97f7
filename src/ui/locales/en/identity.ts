export const identity = {
  'identity.card.address': 'Address',
  'identity.card.birth_date': 'Date of birth',
  'identity.card.closed':
    'Your verified information is encrypted with your password. Enter it to see the information.',
  'identity.card.confirm': 'Confirm it is you',
  'identity.card.hidden':
    'This information is hidden because you have not used an authentication method on this browser for a while.',
  'identity.card.locked': 'Your verified information is locked. Until you unlock it, apps cannot receive it.',
  'identity.card.name': 'Full name',
  'identity.card.new_key': 'Get a new personal key',
  'identity.card.open': 'Enter your password',
  'identity.card.phone': 'Verified phone number',
  'identity.card.ssn': 'Social Security number',
  'identity.card.title': 'Your verified information',
  'identity.card.unlock': 'Unlock your information',
  'identity.card.verified': 'Verified on',
  'identity.enter_key.hint':
    '16 letters and numbers, for example 0A1B-2C3D-4E5F-6G7H. Dashes and capital letters do not matter.',
  'identity.enter_key.label': 'Personal key',
  'identity.enter_key.submit': 'Continue',
  'identity.enter_key.text':
    'You got this key when your identity was verified, or when you last changed your password.',
  'identity.enter_key.title': 'Enter your personal key',
  'identity.factor.malformed': 'Enter all 16 characters of your personal key.',
  'identity.factor.retired':
    'Your personal key works only once, and you have used it. Make sure that you have another authentication method.',
  'identity.factor.text':
    'Enter the personal key that you saved when you created your account. It works once.',
  'identity.factor.title': 'Sign in with your personal key',
  'identity.factor.wrong': 'That is not the personal key of this account.',
  'identity.key.acknowledge': 'I saved my personal key in a safe place',
  'identity.key.done': 'Your personal key is saved. The one before no longer works.',
  'identity.key.limited': 'You tried too many keys. Try again in {time}.',
  'identity.key.malformed': 'Enter all 16 characters of your personal key.',
  'identity.key.not_acknowledged': 'Tick the box once you have saved your key.',
  'identity.key.once': 'We show this key only once and cannot look it up for you.',
  'identity.key.purpose':
    'If you forget your password, this key unlocks your verified information. Without it you would have to verify your identity again.',
  'identity.key.submit': 'Continue',
  'identity.key.title': 'Save your personal key',
  'identity.key.wrong': 'That key does not unlock your information. Check each character and try again.',
  'identity.mail.issued_body':
    'A new personal key was issued for your {brand} account. The one before no longer works.',
  'identity.mail.issued_subject': 'You have a new personal key',
  'identity.mail.used_body': 'Your personal key was used with your {brand} account.',
  'identity.mail.used_subject': 'Your personal key was used',
  'identity.new_key.consequence': 'The key you have now stops working at once.',
  'identity.new_key.keep': 'Keep my key',
  'identity.new_key.submit': 'Get a new key',
  'identity.new_key.text':
    'Your personal key unlocks your verified information after you reset a forgotten password. Get a new one if you lost it or if someone else may have seen it.',
  'identity.new_key.title': 'Get a new personal key?',
  'identity.open.submit': 'Continue',
  'identity.open.text': 'Your verified information is encrypted with your password, so we need it to go on.',
  'identity.open.title': 'Enter your password to unlock your information',
  'identity.reactivate.after_error':
    'We could not open your verified information with your password. It may have been damaged.',
  'identity.reactivate.after_reset':
    'You reset your password. Your verified information was encrypted with the old one, so it is locked now.',
  'identity.reactivate.failed': 'Something changed in the meantime. Please start again.',
  'identity.reactivate.later': 'Not now, go to my account',
  'identity.reactivate.password':
    'Your personal key fits. Enter your current password to encrypt your information with it.',
  'identity.reactivate.password_title': 'Enter your password to finish',
  'identity.reactivate.submit': 'Unlock',
  'identity.reactivate.title': 'Unlock your verified information',
  'identity.reactivate.use_key': 'I have my personal key',
  'identity.reactivate.verify_again': 'Verify my identity again',
  'identity.reactivate.with_key':
    'With your personal key you can unlock it in a minute. Nothing has to be verified again.',
  'identity.reactivate.without_key':
    'Without the key nobody can open your information, not even we. You would have to verify your identity again.',
  'identity.reset.warning':
    'You have verified information. After the reset you need your personal key to unlock it, or you have to verify your identity again.',
  'identity.text.issued':
    '{brand}: You have a new personal key. If this was not you, sign in and change your password.',
} as const;
