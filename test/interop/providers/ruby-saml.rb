# A service provider on ruby-saml (Debian package of that name). Reads one JSON job on standard input, answers in JSON.
require 'json'
require 'logger'
require 'onelogin/ruby-saml'

OneLogin::RubySaml::Logging.logger = Logger.new(File::NULL)
job = JSON.parse($stdin.read)
settings = OneLogin::RubySaml::IdpMetadataParser.new.parse(job['metadata'])
settings.sp_entity_id = job['entity_id']
settings.assertion_consumer_service_url = job['acs']
settings.single_logout_service_url = job['slo']
settings.certificate = job['certificate']
settings.private_key = job['key']
settings.name_identifier_format = 'urn:oasis:names:tc:SAML:2.0:nameid-format:persistent'
settings.authn_context = ['urn:acr.login.gov:auth-only', 'http://idmanagement.gov/ns/assurance/aal/2']
settings.soft = true
settings.security[:authn_requests_signed] = true
settings.security[:logout_requests_signed] = true
settings.security[:want_assertions_signed] = true
settings.security[:want_assertions_encrypted] = job['encrypted'] == true
settings.security[:digest_method] = XMLSecurity::Document::SHA256
settings.security[:signature_method] = XMLSecurity::Document::RSA_SHA256
post = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-POST'
redirect = 'urn:oasis:names:tc:SAML:2.0:bindings:HTTP-Redirect'
settings.idp_sso_service_binding = settings.idp_slo_service_binding = job['embedded'] ? post : redirect

answer =
  case job['step']
  when 'authn'
    request = OneLogin::RubySaml::Authrequest.new
    { url: request.create(settings, RelayState: job['relay_state']), id: request.uuid }
  when 'response'
    response = OneLogin::RubySaml::Response.new(job['message'], settings: settings, matches_request_id: job['id'])
    valid = response.is_valid?(true)
    attributes = valid ? response.attributes.to_h { |name, values| [name, values] } : {}
    { valid: valid, errors: response.errors, name_id: response.nameid, attributes: attributes, session_index: response.sessionindex }
  when 'logout'
    settings.name_identifier_value = job['name_id']
    settings.sessionindex = job['session_index']
    request = OneLogin::RubySaml::Logoutrequest.new
    { url: request.create(settings, RelayState: job['relay_state']), id: request.uuid }
  when 'logout_response'
    response = OneLogin::RubySaml::Logoutresponse.new(job['message'], settings, matches_request_id: job['id'])
    { valid: response.validate(true), errors: response.errors }
  end
puts JSON.generate(answer)
