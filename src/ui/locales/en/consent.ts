export const consent = {
  'consent.agree.again': 'Next time you will not be asked, unless {app} asks for more or a year has passed.',
  'consent.agree.cancel': 'Cancel and go back to {app}',
  'consent.agree.change_email': 'Change',
  'consent.agree.change_email_label': 'Change the email address shared with {app}',
  'consent.agree.nothing': '{app} does not ask for any information about you.',
  'consent.agree.one_method':
    'You have only one method to prove that it is you. If you lose it, you lose your account.',
  'consent.agree.one_method_add': 'Add another method',
  'consent.agree.submit': 'Agree and continue',
  'consent.agree.title': 'Continue to {app}',
  'consent.agree.what': 'Information shared with {app}',
  'consent.attribute.address': 'Address',
  'consent.attribute.all_emails': 'All email addresses of your account',
  'consent.attribute.birthdate': 'Date of birth',
  'consent.attribute.email': 'Email address',
  'consent.attribute.family_name': 'Last name',
  'consent.attribute.given_name': 'First name',
  'consent.attribute.locale': 'Language you use here',
  'consent.attribute.middle_name': 'Middle name',
  'consent.attribute.phone': 'Phone number',
  'consent.attribute.social_security_number': 'Social Security number',
  'consent.attribute.verified_at': 'Date your identity was verified',
  'consent.attribute.x509_issuer': 'Issuer of your government ID card',
  'consent.attribute.x509_subject': 'Name on your government ID card',
  'consent.continue.other': 'Use another account',
  'consent.continue.submit': 'Continue as {email}',
  'consent.continue.text':
    'You are signed in to {brand} as {email}. Do you want to continue to {app} with this account?',
  'consent.continue.title': 'Continue to {app}?',
  'consent.email.label': 'Email address to share',
  'consent.email.missing': 'Choose one of your email addresses.',
  'consent.email.submit': 'Use this address',
  'consent.email.text': '{app} will see only the address you choose here.',
  'consent.email.title': 'Choose an email address',
  'consent.phone.text': '{app} is on your phone. Go back to it there; we signed you out of this browser.',
  'consent.phone.title': 'Go back to the app on your phone',
  'consent.reason.expired':
    'It has been more than a year since you agreed to share your information with {app}. Please look through it and agree again.',
  'consent.reason.first_time':
    'This is your first visit to {app} with this account. If you agree, we share this information with it.',
  'consent.reason.new_attributes':
    '{app} asks for more information than before. Please look through it before you agree.',
  'consent.reason.revoked':
    'You disconnected {app} from your account. If you agree, we share your information with it again.',
  'consent.reason.verified_since':
    'Your identity was verified since your last visit to {app}. Please look through your information before you agree.',
} as const;
