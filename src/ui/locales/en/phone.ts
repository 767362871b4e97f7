export const phone = {
  'phone.add.already': 'This number is on your account already. Use another number.',
  'phone.add.channel': 'How do you want to get codes?',
  'phone.add.country': 'Country or territory',
  'phone.add.country_missing': 'Choose a country or territory.',
  'phone.add.impossible': 'This cannot be a phone number of this country. Check the digits and the country.',
  'phone.add.landline':
    'This looks like a landline, which cannot get text messages. Choose a phone call, or use a mobile number.',
  'phone.add.limit': 'You have five phones already. Remove one before you add another.',
  'phone.add.many': 'Too many numbers were tried. Try again in {time}.',
  'phone.add.missing': 'Enter a phone number.',
  'phone.add.no_text': 'We cannot send text messages to new numbers there. Use another number or method.',
  'phone.add.no_voice': 'We cannot call new numbers there. Choose a text message, or use another number.',
  'phone.add.number': 'Phone number',
  'phone.add.number_hint': 'For example: {example}',
  'phone.add.sms': 'Text message (SMS)',
  'phone.add.sms_about': 'Not for landlines. Your carrier may charge for messages.',
  'phone.add.special':
    'We cannot send codes to toll-free, premium or shared-cost numbers. Use another number.',
  'phone.add.submit': 'Send the code',
  'phone.add.text': 'We send a code of six digits to your phone each time you need one to sign in.',
  'phone.add.title': 'Add a phone',
  'phone.add.unsupported_country': 'We do not reach phones there. Use another number or method.',
  'phone.add.voice': 'Phone call',
  'phone.add.voice_about': 'A voice reads the code to you. Not available in every country.',
  'phone.add.voip': 'We do not send codes to internet phone numbers. Use a number from a phone carrier.',
  'phone.added': 'Your phone was added.',
  'phone.code.another': 'Send another code',
  'phone.code.call_again': 'Call me again',
  'phone.code.call_instead': 'Call me instead',
  'phone.code.change': 'Use another number',
  'phone.code.confirm_title': 'Enter the code to confirm your phone',
  'phone.code.expired': 'This code is over: codes work for ten minutes. Get another one.',
  'phone.code.expires': 'The code works for {minutes} minutes. A new code replaces the one before.',
  'phone.code.sent_again': 'A new code is on its way. Codes sent before no longer work.',
  'phone.code.soon': 'This code works only a little longer. If it has not reached you, ask for another one.',
  'phone.code.text_instead': 'Send a text instead',
  'phone.code.texted': 'We sent a text message with a code to {number}.',
  'phone.code.title': 'Enter the code from our text message',
  'phone.code.title_call': 'Enter the code from our call',
  'phone.code.too_soon': 'A code was sent a moment ago. Wait ten seconds before you ask for another one.',
  'phone.code.called': 'We are calling {number} to read a code to you.',
  'phone.failure.blocked':
    'The carrier of this number does not let our messages through. Use another method.',
  'phone.failure.daily_limit': 'Too many codes were sent today. Try again tomorrow or use another method.',
  'phone.failure.invalid_number': 'The carrier does not know this number. Check it, or use another number.',
  'phone.failure.landline':
    'This number cannot get text messages. Ask for a phone call, or use another number.',
  'phone.failure.opted_out': 'This number has asked not to get text messages from us.',
  'phone.failure.throttled':
    'Too many codes were sent there. Wait a while before you ask for another one, or use another method.',
  'phone.failure.unavailable':
    'We could not reach your phone just now. Try again in a few minutes, or use another method.',
  'phone.failure.unsupported_area': 'We cannot send codes to this area this way. Use another method.',
  'phone.locked.text':
    'Codes were asked for too many times. To protect your account and your phone, we locked it for a while and signed you out.',
  'phone.manage.added_on': 'Added on {date}.',
  'phone.manage.default': 'Use this phone first',
  'phone.manage.default_hint': 'When you sign in with a phone, codes go to this one.',
  'phone.manage.is_default': 'This is the phone that gets codes first.',
  'phone.manage.new_number': 'To change a number, add the new phone and remove this one.',
  'phone.manage.saved': 'Your choice was saved.',
  'phone.manage.title': 'Phone {number}',
  'phone.opt_in.later':
    'Carriers let a number opt back in once in 30 days, and this one did so not long ago. Use another method, or try again later.',
  'phone.opt_in.start':
    'To get texts again, send the word START from this phone to the number our texts came from. Then come back here.',
  'phone.opt_in.submit': 'Send me texts again',
  'phone.opt_in.text':
    'Somebody answered one of our texts to {number} with STOP, so we may not send texts there. If you want codes by text, opt back in.',
  'phone.opt_in.title': 'This phone does not get our texts',
  'phone.option.name': 'Phone {number}',
  'phone.remove.done': 'The phone was removed.',
  'phone.remove.submit': 'Remove the phone',
  'phone.remove.text':
    'Codes will no longer go to this phone. Browsers that were remembered will ask for a second method again.',
  'phone.remove.title': 'Remove this phone?',
  'phone.text.code':
    '{brand}: Your one-time code is {code}. It works for {minutes} minutes. Never give it to anyone.',
  'phone.text.confirm':
    '{brand}: Use {code} to confirm your phone. It works for {minutes} minutes. Never give it to anyone.',
  'phone.text.reset_cancelled':
    '{brand}: The request to delete your account was canceled. Your account stays.',
  'phone.text.reset_requested':
    '{brand}: Somebody asked to delete your account. If it was not you, cancel with the link in our email.',
  'phone.voice.after': 'Again:',
  'phone.voice.before': 'Hello. Your {brand} one-time code is:',
} as const;
