"""A service provider on pysaml2 (Debian package python3-pysaml2). Reads one JSON job on standard input, answers in JSON."""

import atexit
import json
import logging
import os
import shutil
import sys
import tempfile

from saml2 import BINDING_HTTP_POST, BINDING_HTTP_REDIRECT, saml, samlp
from saml2.client import Saml2Client
from saml2.config import SPConfig
from saml2.mdstore import locations

logging.disable(logging.CRITICAL)
job = json.load(sys.stdin)
folder = tempfile.mkdtemp(prefix="pysaml2-")
atexit.register(shutil.rmtree, folder, ignore_errors=True)


def kept(name, text):
    path = os.path.join(folder, name)
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)
    return path


key = kept("key.pem", job["key"])
certificate = kept("cert.pem", job["certificate"])
config = SPConfig()
config.load(
    {
        "entityid": job["entity_id"],
        "xmlsec_binary": "/usr/bin/xmlsec1",
        "metadata": {"local": [kept("idp.xml", job["metadata"])]},
        "key_file": key,
        "cert_file": certificate,
        "encryption_keypairs": [{"key_file": key, "cert_file": certificate}],
        "allow_unknown_attributes": True,
        "service": {
            "sp": {
                "endpoints": {
                    "assertion_consumer_service": [(job["acs"], BINDING_HTTP_POST)],
                    "single_logout_service": [(job["slo"], BINDING_HTTP_POST)],
                },
                "authn_requests_signed": True,
                "logout_requests_signed": True,
                "want_assertions_signed": True,
                "want_response_signed": job.get("response_signed", False),
                "signing_algorithm": "http://www.w3.org/2001/04/xmldsig-more#rsa-sha256",
                "digest_algorithm": "http://www.w3.org/2001/04/xmlenc#sha256",
                "name_id_format": ["urn:oasis:names:tc:SAML:2.0:nameid-format:persistent"],
                "allow_unsolicited": False,
            }
        },
    }
)
client = Saml2Client(config=config)
[idp] = client.metadata.with_descriptor("idpsso").keys()

if job["step"] == "authn":
    binding = BINDING_HTTP_POST if job.get("embedded") else BINDING_HTTP_REDIRECT
    reference = saml.AuthnContextClassRef(text="urn:acr.login.gov:auth-only")
    context = samlp.RequestedAuthnContext(authn_context_class_ref=[reference], comparison="exact")
    identifier, info = client.prepare_for_authenticate(
        entityid=idp, relay_state=job["relay_state"], binding=binding, requested_authn_context=context
    )
    answer = {"id": identifier, "idp": idp, "url": dict(info["headers"]).get("Location"), "form": "".join(info["data"])}
elif job["step"] == "response":
    response = client.parse_authn_request_response(job["message"], BINDING_HTTP_POST, outstanding={job["id"]: "/"})
    answer = {
        "valid": response is not None,
        "attributes": response.get_identity(),
        "name_id": response.get_subject().text,
        "session_index": response.session_info()["session_index"],
    }
elif job["step"] == "logout":
    binding = BINDING_HTTP_POST if job.get("embedded") else BINDING_HTTP_REDIRECT
    name = saml.NameID(format=saml.NAMEID_FORMAT_PERSISTENT, text=job["name_id"])
    location = next(locations(client.metadata.single_logout_service(entity_id=idp, typ="idpsso")[binding]))
    identifier, request = client.create_logout_request(
        location, idp, name_id=name, session_indexes=[job["session_index"]], sign=binding == BINDING_HTTP_POST
    )
    info = client.apply_binding(
        binding, str(request), location, job["relay_state"], sign=binding == BINDING_HTTP_REDIRECT
    )
    answer = {"id": identifier, "url": dict(info["headers"]).get("Location"), "form": "".join(info["data"])}
elif job["step"] == "logout_response":
    response = client.parse_logout_request_response(job["message"], BINDING_HTTP_POST)
    answer = {"valid": response is not None and response.in_response_to == job["id"] and response.status_ok()}
print(json.dumps(answer))
