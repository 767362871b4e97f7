/** Words of government ID cards (PIV and CAC). */
export const piv = {
  'piv.challenge.submit': 'Present my card',
  'piv.challenge.text':
    'Put your government ID card in the reader, then press the button. Your browser asks for the certificate of the card and for its PIN.',
  'piv.challenge.title': 'Use your government ID card',
  'piv.error.bad': 'We could not read the certificate of this card. Try again, or use another method.',
  'piv.error.expired':
    'The certificate of this card has expired. Ask the office that issued the card for a new one, and use another method until then.',
  'piv.error.invalid':
    'The certificate of this card is not valid. Choose another certificate, or use another method.',
  'piv.error.mismatch': 'This card is not in your account.',
  'piv.error.no_card': 'No government ID card is in your account.',
  'piv.error.none':
    'Your browser did not present a card. Check that the card is in the reader, close all windows of the browser if it does not ask you, and try again.',
  'piv.error.not_auth_cert':
    'This is not the certificate for signing in. Try again and choose the one for authentication.',
  'piv.error.not_found': 'No account has this card. Sign in with your password, then add the card.',
  'piv.error.revoked': 'This card was revoked. Ask the office that issued it, and use another method.',
  'piv.error.taken': 'This card is in an account already. Use another card or another method.',
  'piv.error.token': 'That took too long, or was interrupted. Try again.',
  'piv.error.unverified':
    'We could not confirm that this card is in force. Try again in a while, or use another method.',
  'piv.manage.subject': 'The card says:',
  'piv.mismatch.add': 'Use another method and add this card',
  'piv.mismatch.retry': 'Try another card',
  'piv.mismatch.text':
    'The card is in order, but it is not the one you added. If you have a new card, sign in with another method first. Then you can add it, or put it in the place of the old one.',
  'piv.mismatch.text_only': 'The card is in order, but it is not the one you added. Try the card you added.',
  'piv.mismatch.title': 'This card is not in your account',
  'piv.pin': 'The PIN goes to the card only. We never see it.',
  'piv.prompt.add': 'Add the card',
  'piv.prompt.replace': 'Replace {name}',
  'piv.prompt.skip': 'Not now',
  'piv.prompt.text':
    'You presented a card that we did not know. If it is yours, you can use it to sign in from now on.',
  'piv.prompt.title': 'Add your government ID card?',
  'piv.recommended.add': 'Add my card',
  'piv.recommended.skip': 'Choose another method',
  'piv.recommended.text':
    'Your email address is one of the government or the military. If you have a PIV or CAC and a card reader, your card is the safest way to sign in.',
  'piv.recommended.title': 'Your government ID card signs you in',
  'piv.remove.done': 'The card was removed.',
  'piv.remove.submit': 'Remove the card',
  'piv.remove.text':
    'You will no longer be able to sign in with it. Browsers that were remembered will ask for a second method again.',
  'piv.remove.title': 'Remove this card?',
  'piv.set_up.added': 'Your card {name} was added.',
  'piv.set_up.limit': 'You have two cards already. Remove one before you add another.',
  'piv.set_up.name': 'Nickname',
  'piv.set_up.name_hint': 'So that you can tell your cards apart, for example: Card of my agency',
  'piv.set_up.other': 'Choose another method',
  'piv.set_up.replaces': 'It takes the place of {name}.',
  'piv.set_up.submit': 'Add the card',
  'piv.set_up.text':
    'Put your card in the reader and give it a name. Then your browser asks for the certificate of the card and for its PIN. Choose the certificate for authentication.',
  'piv.set_up.title': 'Add your government ID card',
  'piv.sign_in.link': 'Sign in with your government ID card (PIV or CAC)',
  'piv.sign_in.password': 'Sign in with your email address and password',
  'piv.sign_in.text':
    'If your card is in your account, it is all you need. Put it in the reader, then press the button. Your browser asks for the certificate of the card and for its PIN.',
  'piv.sign_in.title': 'Sign in with your government ID card',
  'piv.sign_in.unknown': 'Once you have signed in, we ask whether to add the card you presented.',
} as const;
