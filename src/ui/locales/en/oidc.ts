export const oidc = {
  'oidc.error.developers': 'For the developers of the application',
  'oidc.error.home': 'Go to {brand}',
  'oidc.error.person':
    'The application that sent you here made a request we cannot answer. Go back to it and try again. If this happens again, tell the people who run it what is written below.',
  'oidc.error.request_id': 'Request ID: {id}',
  'oidc.error.title': 'We cannot continue',
  'oidc.logout.confirm': 'Yes, sign out',
  'oidc.logout.stay': 'No, go to my account page',
  'oidc.logout.text':
    '{app} asks to end your {brand} session. You will be signed out of {brand} in this browser.',
  'oidc.logout.title': 'Do you want to sign out of {brand}?',
} as const;
