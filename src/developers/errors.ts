/**
 * The error dictionary: every stable id a relying party can meet, what it is caused by, and what to do. Served at
 * `/developers/support/#id` and written to docs/errors.md; most messages end with a link to their entry. English only,
 * as the messages themselves are: developers search for these words.
 */
export interface ErrorEntry {
  /** Stable; the anchor on the support page. Never reuse or rename one: links to it are in other people's logs. */
  readonly id: string;
  /** Older or other names of the same thing, as further anchors. */
  readonly aliases: readonly string[];
  /** The sentence as it is sent, without its closing link. */
  readonly message: string;
  readonly cause: string;
  readonly fix: string;
}

export interface ErrorGroup {
  /** Anchor of the group. */
  readonly id: string;
  readonly title: string;
  /** Where these errors appear and in which form. */
  readonly where: string;
  readonly entries: readonly ErrorEntry[];
}

const entry = (
  id: string,
  message: string,
  cause: string,
  fix: string,
  aliases: readonly string[] = [],
): ErrorEntry => ({
  id,
  aliases,
  message,
  cause,
  fix,
});

const authorization: ErrorGroup = {
  id: 'authorization',
  title: 'Authorization request',
  where:
    'When client_id or redirect_uri is wrong, the person sees a page with status 400 and nobody is redirected. Every other fault goes to redirect_uri as error=invalid_request with all sentences in error_description.',
  entries: [
    entry(
      'bad-client-id',
      'Client Bad client_id.',
      'No active app has this client_id in this environment. Letters of the other case, a space at the end, or an app registered in another environment all lead here.',
      'Copy the issuer of the registered app exactly. Register it in this environment, and see that it is active.',
    ),
    entry(
      'client-blank',
      'Client Please fill in this field.',
      'client_id is missing or empty.',
      'Send the issuer of your app as client_id.',
    ),
    entry(
      'oidc-redirect-match',
      'Redirect uri redirect_uri does not match registered redirect_uri.',
      'redirect_uri is not one of the registered ones. Scheme, host, port, path and query are compared whole: a slash at the end, another port, http instead of https or one more parameter make it another address. There are no wildcards.',
      'Register every redirect URI in full, or send one of those registered.',
    ),
    entry(
      'oidc-invalid-redirect',
      'Redirect uri redirect_uri is invalid.',
      'redirect_uri is missing or is not an absolute URI.',
      'Send a complete URI, percent-encoded once as a parameter value.',
    ),
    entry(
      'redirect-uri-blank',
      'Redirect uri Please fill in this field.',
      'redirect_uri is missing or empty.',
      'Send one of the registered redirect URIs.',
    ),
    entry(
      'redirects',
      'Refused to send form data ... because it violates the following Content Security Policy directive: "form-action ..."',
      'Seen in the console of the browser, while the page seems to hang. A form may only lead to the hosts an app registered, and some browsers hold every redirect behind the callback to that too.',
      'Register one redirect URI for every host the browser passes through, not only the first.',
    ),
    entry(
      'response-type',
      'Response type is not included in the list',
      'response_type is not code. Implicit and hybrid flows do not exist here.',
      'Send response_type=code.',
    ),
    entry(
      'acr-values-blank',
      'Acr values Please fill in this field.',
      'acr_values is missing or empty.',
      'Send at least a service level, such as urn:acr.login.gov:auth-only.',
    ),
    entry(
      'oidc-no-acr-values',
      'Acr values No acceptable acr_values found.',
      'None of the values is known. A misspelt value beside a right one is ignored without a word.',
      'Use the values of acr_values_supported in the discovery document.',
    ),
    entry(
      'oidc-missing-ial',
      'Acr values Missing a valid IAL level.',
      'Only authentication levels (AAL) were sent. Every request names a service level.',
      'Add a service level, such as urn:acr.login.gov:auth-only.',
    ),
    entry(
      'oidc-missing-acr-values',
      'Acr values The acr_values are not authorized.',
      'The request asks for a verified identity, or for a facial match, and the app is not registered for it.',
      'Raise the level of service of the app, or ask for urn:acr.login.gov:auth-only.',
    ),
    entry(
      'scope-blank',
      'Scope Please fill in this field.',
      'scope is missing or empty.',
      'Send openid and what you need, such as openid email.',
    ),
    entry(
      'oidc-no-scope',
      'Scope No valid scope values found.',
      'No scope is left: none is known, or those that are need a verified identity and the request asks for authentication only.',
      'Send openid and one more scope that fits the level.',
    ),
    entry(
      'oidc-unauthotized-scope',
      'Scope Unauthorized scope.',
      'This deployment is strict, and a scope asks for more than the requested level holds. (The spelling of the id is kept because links to it exist.)',
      'Drop the scopes for verified attributes, or ask for a verified level.',
    ),
    entry(
      'state-blank',
      'State Please fill in this field.',
      'state is missing or empty.',
      'Send a fresh random value of at least 22 characters and compare it on return.',
    ),
    entry(
      'state-too-short',
      'State is too short (minimum is 22 characters)',
      'state has fewer than 22 characters. At sign-out state may be left out, but not be short.',
      'Use at least 16 random bytes, encoded.',
    ),
    entry(
      'nonce-blank',
      'Nonce Please fill in this field.',
      'nonce is missing or empty.',
      'Send a fresh random value of at least 22 characters and compare it with the id_token.',
    ),
    entry(
      'nonce-too-short',
      'Nonce is too short (minimum is 22 characters)',
      'nonce has fewer than 22 characters.',
      'Use at least 16 random bytes, encoded.',
    ),
    entry(
      'prompt-blank',
      'Prompt Please fill in this field.',
      'prompt was sent without a value.',
      'Leave it out, or send select_account.',
    ),
    entry(
      'prompt-unknown',
      'Prompt is not included in the list',
      'prompt holds an unknown value, or several.',
      'Send one of select_account, login, create and none.',
    ),
    entry(
      'oidc-no-prompt',
      'Prompt No valid prompt values found.',
      'The app may not use this value: login and create have to be allowed for an app first.',
      'Use select_account, or have the value allowed for the app.',
    ),
    entry(
      'code-challenge-method',
      'Code challenge method is not included in the list',
      'code_challenge came without code_challenge_method=S256.',
      'Send S256; plain is not accepted.',
    ),
    entry(
      'verified-within-format',
      'Verified within Unrecognized format for verified_within',
      'verified_within is not a number with a unit.',
      'Write a whole number and d, w, m or y, such as 90d.',
    ),
    entry(
      'verified-within-short',
      'Verified within value must be at least 30 days or older',
      'verified_within asks for less than 30 days.',
      'Ask for at least 30d.',
    ),
    entry(
      'max-age',
      'Max age must be a whole number of seconds',
      'max_age is not a number of seconds.',
      'Send digits only, such as 300.',
    ),
    entry(
      'parameter-malformed',
      'The request holds a parameter that is not percent-encoded UTF-8 text',
      'A parameter cannot be decoded, or a posted request is not a form.',
      'Encode parameters with the URL functions of your platform, once.',
    ),
    entry(
      'parameter-too-long',
      'The request or one of its parameters is too long',
      'state may have 8,192 characters, nonce and other parameters 2,048, the whole request 16,384.',
      'Keep what you need in your own session and send a reference in state.',
    ),
    entry(
      'access-denied',
      'error=access_denied',
      'The person chose to go back to the app without signing in or without sharing.',
      'Show your own page with a way to try again; nothing is wrong.',
    ),
    entry(
      'login-required',
      'error=login_required, interaction_required or consent_required',
      'Only after prompt=none: nobody is signed in (a password without its second factor is not enough), a page is needed, or the person has not agreed to share yet.',
      'Send the same request without prompt=none.',
    ),
    entry(
      'app-disabled',
      'Sign-in for this site is switched off',
      'A page of ours, not a redirect: the app is registered but switched off.',
      'Switch it on again, or ask the operator why it was switched off.',
    ),
    entry(
      'bounced',
      'You are going around in circles',
      'A page of ours, not a redirect: the app asked for a new sign-in within two seconds of the answer to its last request, with prompt=login, ForceAuthn or max_age=0 again.',
      'Accept the answer: look at what your callback does with it before it starts another sign-in.',
    ),
    entry(
      'account-restricted',
      'You cannot use this account for ...',
      'A page of ours: an operator closed this app, or all of them, to the account. The app hears nothing of it.',
      'People ask the operator. Nothing about the app is wrong.',
    ),
    entry(
      'account-suspended',
      'Your account is suspended',
      'A page of ours: an operator suspended the account. The app hears nothing of it.',
      'People ask the operator. Nothing about the app is wrong.',
    ),
    entry(
      'env-mismatch',
      'Bad client_id, Invalid audience claim or an unknown signing key, right after a move',
      'The app talks to one environment with the settings of another.',
      'Take every address from the discovery document of the environment you mean, and register the app there.',
    ),
  ],
};

const token: ErrorGroup = {
  id: 'token',
  title: 'Token request',
  where:
    'JSON with an RFC 6749 code in error (status 400, or 401 for invalid_client) and the sentence in error_description. Apps that were built for it get the sentence in error, always with 400, when legacy_token_errors is on.',
  entries: [
    entry(
      'grant-type',
      'Grant type is not included in the list',
      'grant_type is not authorization_code.',
      'Send grant_type=authorization_code. There are no refresh tokens and no client secrets.',
    ),
    entry(
      'invalid-code',
      'Code is invalid because doesn’t match any user.',
      'The code is missing, was used before, was burnt after five failed attempts, or the session behind it has ended. A page reload or a retry that sends the code twice ends here, and a replay also voids the tokens that were issued.',
      'Redeem each code once. On a reload start a new sign-in.',
    ),
    entry(
      'token-expired',
      'Code is expired.',
      'More than 300 seconds passed between the redirect and the token request.',
      'Redeem the code as soon as it arrives.',
    ),
    entry(
      'pkce-or-private-key',
      'Code Client must authenticate via PKCE or private_key_jwt, missing either code_challenge or client_assertion.',
      'Neither code_verifier nor client_assertion was sent, or not the one the app is registered for.',
      'Send client_assertion for private_key_jwt apps, code_verifier for PKCE apps. Client secrets are not supported.',
    ),
    entry(
      'invalid-code-verifier',
      'Code verifier code_verifier did not match code_challenge.',
      'The challenge was not base64url of the binary SHA-256 of the verifier: hexadecimal digests and the alphabet with + and / are the usual slips. Or the verifier belongs to another sign-in.',
      'code_challenge = BASE64URL(SHA256(code_verifier)), with the verifier kept in the session that began the sign-in.',
    ),
    entry(
      'client-assertion-type',
      'Client assertion type is not included in the list',
      'client_assertion_type is missing or wrong.',
      'Send urn:ietf:params:oauth:client-assertion-type:jwt-bearer.',
    ),
    entry(
      'invalid-token-signature',
      'Client assertion Could not validate assertion against any registered public keys.',
      'The app has no certificate.',
      'Register the certificate of the key you sign with.',
    ),
    entry(
      'assertion-signature',
      'Client assertion Signature verification failed',
      'No registered certificate fits the key that signed.',
      'Register the right certificate. Old and new ones may stand side by side while you change keys.',
    ),
    entry(
      'assertion-algorithm',
      'Client assertion Expected a different algorithm',
      'The header names another algorithm than RS256.',
      'Sign with RS256.',
    ),
    entry(
      'assertion-segments',
      'Client assertion Not enough or too many segments',
      'client_assertion is not a compact JWS of three parts.',
      'Send the signed JWT itself, not JSON and not an encrypted token.',
    ),
    entry(
      'assertion-missing',
      'Client assertion Nil JSON web token',
      'client_assertion_type was sent without client_assertion.',
      'Send both or neither.',
    ),
    entry(
      'assertion-encoding',
      'Client assertion Invalid segment encoding',
      'A part of the JWT is not base64url, or not JSON inside.',
      'Let a JWT library write it.',
    ),
    entry(
      'assertion-critical',
      'Client assertion Unsupported critical header parameter',
      'The header has crit with something that is not understood here.',
      'Leave crit out.',
    ),
    entry(
      'assertion-issuer',
      'Client assertion Invalid issuer. Expected ["..."], received ...',
      'iss is not the client_id the code was issued to.',
      'Set iss and sub to your client_id.',
    ),
    entry(
      'assertion-subject',
      'Client assertion Invalid subject. Expected ..., received ...',
      'sub is not your client_id.',
      'Set iss and sub to your client_id.',
    ),
    entry(
      'assertion-no-exp',
      'Client assertion Missing required claim exp',
      'The assertion has no end.',
      'Set exp a few minutes ahead.',
    ),
    entry(
      'assertion-expired',
      'Client assertion Signature has expired',
      'exp lies in the past, beyond a leeway of 30 seconds.',
      'Make a fresh assertion for each request, and keep the clock of your server right.',
    ),
    entry(
      'assertion-nbf',
      'Client assertion Signature nbf has not been reached',
      'nbf lies in the future, beyond a leeway of 30 seconds.',
      'Keep the clock of your server right, or leave nbf out.',
    ),
    entry(
      'invalid-aud-claim',
      'Client assertion Invalid audience claim, expected ....',
      'aud names neither the token endpoint nor the issuer. Often it is that of another environment.',
      'Set aud to token_endpoint, or to issuer, of the discovery document.',
    ),
    entry(
      'invalid-iat',
      'Client assertion iat must be an integer or floating point Unix timestamp representing a time in the past.',
      'iat is no number, or lies ten seconds or more ahead.',
      'Keep the clock of your server right. Write seconds, not milliseconds.',
    ),
    entry(
      'assertion-jti',
      'Client assertion jti must be a string of 1 to 512 characters for this application',
      'The app refuses repeated assertions, and this one has no usable id.',
      'Set jti to a fresh random value for each assertion.',
    ),
    entry(
      'assertion-replayed',
      'Client assertion jti has been used before',
      'An assertion with this jti was accepted before.',
      'Make a new assertion with a new jti for each request, retries included.',
    ),
    entry(
      'client-mismatch',
      'Client client_id is not the one the code was issued to',
      'The code belongs to another app.',
      'Redeem a code with the client_id that asked for it.',
    ),
    entry(
      'request-content-type',
      'Request must be application/x-www-form-urlencoded or application/json',
      'The body has another content type.',
      'Send a form.',
    ),
    entry(
      'request-malformed',
      'Request holds a parameter that cannot be read',
      'The body is not what its content type says.',
      'Let your HTTP library write the form.',
    ),
    entry(
      'request-too-long',
      'Request or one of its parameters is too long',
      'The body may have 32,768 characters, an assertion 16,384, other parameters 2,048.',
      'Do not send certificate chains or attributes in the assertion.',
    ),
  ],
};

const userinfo: ErrorGroup = {
  id: 'userinfo',
  title: 'Userinfo request',
  where: 'Status 401, JSON with the sentence in error, and a WWW-Authenticate header.',
  entries: [
    entry(
      'no-auth-header',
      'No Authorization header provided.',
      'The header is missing. Tokens in the query or the body are never read.',
      'Send Authorization: Bearer and the access token.',
    ),
    entry(
      'malformed-auth-header',
      'Malformed Authorization header.',
      'The header does not begin with Bearer and one space, or holds more than one token.',
      'Write Authorization: Bearer TOKEN, with a capital B.',
    ),
    entry(
      'auth-header-contents-not-found',
      'Could not find authorization for the contents of the provided access_token or it may have expired.',
      'The token is unknown, or the session behind it has ended: after 15 minutes without activity, at sign-out, or when the code was replayed.',
      'Fetch userinfo once, right after the token request, and keep a session of your own. An access token is not a session.',
    ),
  ],
};

const logout: ErrorGroup = {
  id: 'logout',
  title: 'Sign-out request',
  where: 'A page with status 400. Nobody is redirected and the session stays.',
  entries: [
    entry(
      'client-id-missing',
      'Client client_id is missing.',
      'The request names no app: neither client_id nor, where it is accepted, id_token_hint.',
      'Send client_id and post_logout_redirect_uri.',
    ),
    entry(
      'logout-misconfigured',
      'This application is misconfigured and must send either client_id or id_token_hint.',
      'The request names no app.',
      'Send client_id and post_logout_redirect_uri.',
    ),
    entry(
      'client-id-not-recognized',
      'Client client_id was not recognized.',
      'No app has this client_id in this environment.',
      'Copy the issuer of the registered app exactly.',
    ),
    entry(
      'post-logout-redirect-uri-blank',
      'Post logout redirect uri Please fill in this field.',
      'post_logout_redirect_uri is missing or empty.',
      'Send one of the registered post-logout URIs; apps without a list of their own use their redirect URIs.',
    ),
    entry(
      'id-token-hint',
      'Id token hint This application is misconfigured and should not be sending id_token_hint. Please send client_id instead.',
      'This deployment takes no hints.',
      'Send client_id instead.',
    ),
    entry(
      'id-token-hint-not-recognized',
      'Id token hint id_token_hint was not recognized',
      'The hint is no id_token of ours, or its key is no longer published.',
      'Send client_id instead.',
    ),
    entry(
      'id-token-hint-mismatch',
      'Id token hint id_token_hint was issued to another client_id',
      'client_id and the hint name different apps.',
      'Send the id_token your app received, or only client_id.',
    ),
  ],
};

const saml: ErrorGroup = {
  id: 'saml',
  title: 'SAML request',
  where:
    'A page with status 400 that lists every problem in the language of the person, with its id beside it; JSON for clients that prefer it. Errors are never sent to the service provider.',
  entries: [
    entry(
      'unauthorized_service_provider',
      'The application is not registered here.',
      'No SAML app has the Issuer of the request as its entity id in this environment.',
      'Register the entity id exactly, and see that the app is registered for SAML and active.',
    ),
    entry(
      'issuer_missing_or_invalid',
      'The request does not say which application it comes from.',
      'There is no Issuer element, it is empty, or the request cannot be read at all.',
      'Write your entity id into Issuer.',
    ),
    entry(
      'no_auth_or_logout_request',
      'There is no sign-in or sign-out request that we can read.',
      'SAMLRequest is missing, cannot be decoded, or is not exactly one AuthnRequest or LogoutRequest.',
      'Redirect binding: deflate without zlib header, base64, URL-encode. POST binding: base64 only.',
    ),
    entry(
      'both_auth_and_logout_request',
      'The request asks for signing in and signing out at once.',
      'One document holds both kinds of message.',
      'Send one message at a time.',
    ),
    entry(
      'invalid_signature',
      'The request is not signed with a registered certificate.',
      'A sign-out request, or a request of an app that must sign, is unsigned, does not verify with RSA-SHA256 under any registered certificate, or its signature covers something else than the request.',
      'Register the certificate you sign with, sign with RSA-SHA256, and sign the whole request. Old and new certificates may stand side by side.',
      ['saml-signature', 'saml.signature_required'],
    ),
    entry(
      'blank_cert_element_req',
      'The signature of the request holds an empty certificate.',
      'X509Certificate is present and empty.',
      'Leave KeyInfo out, or put the certificate in.',
    ),
    entry(
      'no_cert_registered',
      'The application wants encrypted answers and has not registered a certificate.',
      'The assertion is to be encrypted, and there is no certificate to encrypt it for.',
      'Register a certificate, or set block_encryption to none.',
    ),
    entry(
      'no_response_url',
      'The application has not registered an address for our answer.',
      'acs_url, or for sign-out assertion_consumer_logout_service_url, is empty.',
      'Register the address.',
    ),
    entry(
      'unregistered_acs_url',
      'The address for our answer is not a registered one.',
      'AssertionConsumerServiceURL names an address that is not registered, and the app is set to insist.',
      'Register it under acs_urls, or leave the attribute out.',
    ),
    entry(
      'unauthorized_authn_context',
      'The application may not ask for this level of service.',
      'RequestedAuthnContext names a class that is unknown or that the app may not ask for. AAL1 needs Comparison minimum or better.',
      'Use classes your app is registered for.',
      ['unauthorized_auth_context'],
    ),
    entry(
      'unauthorized_nameid_format',
      'The application may not ask for the email address as the name identifier.',
      'NameIDPolicy asks for the email address and the app may not have it there.',
      'Ask for urn:oasis:names:tc:SAML:2.0:nameid-format:persistent.',
      ['nameidformat_unrecognized'],
    ),
    entry(
      'no_legacy_name_id',
      'This account has no identifier of the kind the application asks for.',
      'The app asks for the identifiers of an older system, and this account was not imported from it.',
      'Ask for urn:oasis:names:tc:SAML:2.0:nameid-format:persistent.',
    ),
    entry(
      'encrypted_name_id',
      'The request holds an encrypted identifier, which we cannot open.',
      'A sign-out request names the person by EncryptedID.',
      'Send NameID in the clear, inside the signed request.',
    ),
    entry(
      'wrong_destination',
      'The request was made for another address.',
      'Destination is not the address the request came to, and the app is set to insist.',
      'Set Destination to the address of the metadata you use.',
    ),
    entry(
      'request_too_old',
      'The request was not made just now.',
      'IssueInstant lies more than five minutes from our clock and the app is set to insist, or the NotOnOrAfter of a sign-out request passed more than five minutes ago.',
      'Make a fresh request for each sign-in, and keep the clock of your server right.',
    ),
    entry(
      'relay_state_too_long',
      'The RelayState is too long.',
      'It has more than 4,096 bytes.',
      'Keep what you need in your own session and send a reference.',
    ),
    entry(
      'saml-year',
      'Invalid Year',
      'The address names no year, or one whose key is not in use.',
      'Take the addresses from the metadata of the current year.',
    ),
  ],
};

const machine: ErrorGroup = {
  id: 'machine',
  title: 'Machine interfaces',
  where:
    'RFC 9457 problem JSON: the id closes type, errors lists the fields with stable codes, request_id finds the request in our logs.',
  entries: [
    entry(
      'unauthorized',
      'A valid bearer token is required.',
      'The Authorization header is missing or its token is wrong. (Links with this id from a SAML request mean an app that is not registered: see unauthorized_service_provider.)',
      'Send Authorization: Bearer and the token of this environment.',
    ),
    entry(
      'unreadable-body',
      'The body cannot be read.',
      'It is not JSON, or not of the kind the address takes.',
      'Send one JSON document in UTF-8.',
    ),
    entry(
      'bad-query',
      'A query parameter is not possible.',
      'The detail or the list of errors names it.',
      'Correct the named parameter.',
    ),
    entry(
      'not-found',
      'There is nothing here.',
      'The address or the id in it is unknown, or belongs to an environment where it does not exist.',
      'Check the address; test interfaces exist on a laptop and in the sandbox only.',
    ),
    entry(
      'issuer-taken',
      'The issuer belongs to another app.',
      'An app with this issuer exists, or existed: issuers stay reserved.',
      'Find it with GET /api/admin/v1/apps?issuer= and change it, or choose another issuer.',
    ),
    entry(
      'email-taken',
      'The email address belongs to another account.',
      'A confirmed account has it.',
      'Leave email out to get a fresh one.',
    ),
    entry(
      'already-so',
      'The account is in that state already.',
      'It was suspended, reinstated, banned or unbanned before, perhaps by a request that ran at the same time.',
      'Nothing: read the account’s state if you need to be sure.',
    ),
    entry(
      'stale',
      'It was changed by somebody else meanwhile.',
      'If-Match names an older version.',
      'Read it again and repeat the change with the new ETag.',
    ),
    entry(
      'bad-idempotency-key',
      'The idempotency key is not possible.',
      'Idempotency-Key is empty, longer than 255 characters, or has others than visible ASCII.',
      'Send a random value, a UUID for example.',
    ),
    entry(
      'request-running',
      'A request with this key is still running.',
      'Status 409: the same request was sent again before it was answered.',
      'Send it again after Retry-After: it gets the answer of the first.',
    ),
    entry(
      'idempotency-key-reused',
      'The key belongs to another request.',
      'Idempotency-Key was sent in the last 24 hours with another address, body or If-Match.',
      'Use a new key for every request; the same one only to repeat a request as it was.',
    ),
    entry(
      'wrong-type',
      'This media type is not understood here.',
      'Content-Type is not one the address takes.',
      'Send the type its description names.',
    ),
    entry(
      'invalid-fields',
      'Some fields are not possible.',
      'Each entry of errors names a field, a stable code and the reason.',
      'Correct those fields; nothing was changed.',
    ),
    entry(
      'year-exists',
      'This year has gone through that step already.',
      'The SAML year was opened, or closed, before.',
      'Read the list of years; there is nothing left to do for this one.',
    ),
    entry(
      'year-not-yet',
      'The certificate of this year is not valid yet.',
      'A SAML year cannot sign before its certificate holds.',
      'Repeat the step when the year has begun.',
    ),
    entry(
      'last-year',
      'The only year that serves cannot be closed.',
      'Closing it would leave no SAML endpoint that works.',
      'Open the next year first.',
    ),
    entry(
      'misdirected',
      'This host is not served here.',
      'The request names another host than the issuer.',
      'Use the addresses of the discovery document.',
    ),
  ],
};

const service: ErrorGroup = {
  id: 'service',
  title: 'Everywhere',
  where: 'Pages for people, problem JSON for machines, both with a request id.',
  entries: [
    entry(
      'too-many',
      'Too many requests.',
      'Status 429: somebody tried too often, or a flood is being slowed down.',
      'Wait as long as Retry-After says. Load tests against shared environments are not allowed: replace the identity provider in them.',
      ['rate-limited'],
    ),
    entry(
      'form-refused',
      'The form came back to be corrected.',
      'Status 422, or 409 where something is taken: a field is missing or not possible, or a password or code was wrong. The page says which, in the language of the person.',
      'Correct the field and send the form again. Scripts find the id in data-error-id of body, and the form with what was typed below it.',
    ),
    entry(
      'form-expired',
      'The form is no longer valid.',
      'It stood open too long, belongs to another browser, or came from another site.',
      'Open the page again. Scripts take the form from the page they post it to, with its cookies.',
    ),
    entry(
      'too-large',
      'The body is too large.',
      'Status 413: a form or document has more than the address takes.',
      'Send less: a bundle in parts, a smaller logo, the fields of the form and nothing else.',
    ),
    entry(
      'unavailable',
      'The service is temporarily unavailable.',
      'Status 503: something this service stands on does not answer.',
      'Try again after Retry-After; nothing was lost.',
    ),
    entry('fault', 'Something went wrong on our side.', 'Status 500: a defect.', 'Report the request id.'),
  ],
};

/** The whole dictionary, in the order of a sign-in. */
export const ERROR_DICTIONARY: readonly ErrorGroup[] = [
  authorization,
  token,
  userinfo,
  logout,
  saml,
  machine,
  service,
];
