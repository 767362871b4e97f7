export const webauthn = {
  'webauthn.canceled': 'That was canceled, or it took too long. Try again, or use another method.',
  'webauthn.failed': 'Your browser could not finish this. Try again, or use another method.',
  'webauthn.key.text': 'Press the button, then connect your key or hold it to your device, and touch it.',
  'webauthn.key.title': 'Use your security key',
  'webauthn.key.use': 'Use my security key',
  'webauthn.key_set_up.added': 'Your security key {name} was added.',
  'webauthn.key_set_up.name': 'Nickname',
  'webauthn.key_set_up.name_hint': 'So that you can tell your keys apart, for example: Key on my key ring',
  'webauthn.key_set_up.submit': 'Add the security key',
  'webauthn.key_set_up.text':
    'Have your security key at hand. After you press the button, your browser tells you what to do.',
  'webauthn.key_set_up.title': 'Add a security key',
  'webauthn.known': 'This key or device is in your account already. Use another one.',
  'webauthn.manage.added_on': 'Added on {date}.',
  'webauthn.manage.bound': 'It cannot be copied from the device it was made on.',
  'webauthn.manage.copied': 'Your device keeps copies of it, so that you can use it on your other devices.',
  'webauthn.manage.counter':
    'On {date} this method counted its uses wrongly, which happens when somebody has a copy of it. If you do not know why, remove it and add a new one.',
  'webauthn.manage.renamed': 'The name was changed.',
  'webauthn.menu.second_kind':
    'Face or touch unlock is added. It works only on your own devices, so add a second method of another kind.',
  'webauthn.mismatch.keep': 'Keep it and continue',
  'webauthn.mismatch.key_text':
    'You wanted to add face or touch unlock, but your browser added a security key. You can keep it, or remove it and try again.',
  'webauthn.mismatch.key_title': 'You added a security key',
  'webauthn.mismatch.platform_text':
    'You wanted to add a security key, but your browser added face or touch unlock. You can keep it, or remove it and try again.',
  'webauthn.mismatch.platform_title': 'You added face or touch unlock',
  'webauthn.mismatch.removed': 'It was removed. You can try again.',
  'webauthn.mismatch.retry': 'Remove it and try again',
  'webauthn.platform.text': 'Press the button, then confirm with your face, fingerprint or screen lock.',
  'webauthn.platform.title': 'Use face or touch unlock',
  'webauthn.platform.use': 'Use face or touch unlock',
  'webauthn.platform_set_up.added': 'Face or touch unlock was added. It is called {name}.',
  'webauthn.platform_set_up.submit': 'Add face or touch unlock',
  'webauthn.platform_set_up.text':
    'You confirm that it is you as you unlock this device: with your face, your fingerprint or your screen lock. Nothing about your face or finger leaves the device.',
  'webauthn.platform_set_up.title': 'Add face or touch unlock',
  'webauthn.recommended.set_up': 'Add face or touch unlock',
  'webauthn.recommended.skip': 'Not now',
  'webauthn.recommended.text':
    'This device can confirm that it is you. That is faster than waiting for a code, and no false site can steal it.',
  'webauthn.recommended.title': 'Sign in faster with face or touch unlock',
  'webauthn.refused':
    'We could not check the answer of your key or device. Try again, or use another method.',
  'webauthn.remove.done': 'The method was removed.',
  'webauthn.remove.submit': 'Remove',
  'webauthn.remove.text':
    'You will no longer be able to sign in with it. Browsers that were remembered will ask for a second method again.',
  'webauthn.remove.title': 'Remove this method?',
  'webauthn.sign_in.button': 'Sign in with a passkey',
  'webauthn.sign_in.canceled':
    'That was canceled, or it took too long. Try again, or sign in with your password.',
  'webauthn.sign_in.failed': 'Your browser could not finish this. Try again, or sign in with your password.',
  'webauthn.sign_in.locked': 'Your account is locked for a while. Try again in {time}.',
  'webauthn.sign_in.refused':
    'We could not sign you in with this passkey. Try again, or sign in with your password.',
  'webauthn.unnamed': 'My device',
  'webauthn.unsupported':
    'This browser cannot use security keys, or face or touch unlock. Use another browser or another method.',
} as const;
