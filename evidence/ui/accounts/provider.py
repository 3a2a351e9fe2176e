"""What Streamlit's sign-in by OIDC tells (st.login). Authlib checks the provider's token: its
signature, issuer, audience, time and nonce.

Streamlit keeps it in signed cookies that nobody can end. We read them once, from the answer in
which it would send them, and let a session of ours take their place (gate.py).
"""

import json
from collections.abc import Sequence
from http.cookies import SimpleCookie

from streamlit.auth_util import (
    encode_provider_token,
    get_cookie_with_chunks,
    get_secrets_auth_section,
    validate_auth_credentials,
)
from streamlit.web.server.server_util import get_cookie_secret
from streamlit.web.server.starlette.starlette_app_utils import decode_signed_value
from streamlit.web.server.starlette.starlette_server_config import (
    TOKENS_COOKIE_NAME,
    USER_COOKIE_NAME,
)

from evidence.errors import Invalid
from evidence.exports.account_pages import Way
from evidence.store.accounts.accounts import Identity

DEFAULT = "default"
SINGLE = "client_id"  # a provider whose settings stand in [auth] itself
WORDS = {"default": "your organisation", "google": "Google", "microsoft": "Microsoft",
         "orcid": "ORCID", "keycloak": "Keycloak", "github": "GitHub"}  # fmt: skip


def names() -> list[str]:
    """The providers of .streamlit/secrets.toml, in its order.

    Raises:
        Invalid: there is none, or the settings of one are not whole.
    """
    section = get_secrets_auth_section().to_dict()
    found = [DEFAULT] if SINGLE in section else []
    found += [
        name for name, value in section.items() if isinstance(value, dict) and SINGLE in value
    ]
    if not found:
        raise Invalid(
            "WAYMARK_SIGN_IN=oidc needs a provider in .streamlit/secrets.toml (docs/deploy.md)."
        )
    for name in found:
        try:
            validate_auth_credentials(name)
        except Exception as error:  # Streamlit's own kinds of error have no common one in public
            raise Invalid(f".streamlit/secrets.toml: {error}") from error
    return found


def ways(base: str) -> list[Way]:
    """The providers with the addresses at which signing in begins."""
    return [
        Way(
            name=WORDS.get(name, name.title()),
            address=f"{base}auth/login?provider={encode_provider_token(name)}",
        )
        for name in names()
    ]


def told_by(set_cookies: Sequence[str]) -> Identity | None:
    """Whom the cookies of Streamlit's answer tell; None where sign-in did not succeed."""
    sent: SimpleCookie = SimpleCookie()
    for each in set_cookies:
        sent.load(each)
    secret = get_cookie_secret()

    def one(name: str) -> bytes | None:
        return decode_signed_value(secret, name, sent[name].value) if name in sent else None

    kept = get_cookie_with_chunks(one, USER_COOKIE_NAME)
    claims = json.loads(kept) if kept else {}
    issuer, subject = claims.get("iss"), claims.get("sub")
    if not issuer or not subject:
        return None
    email = str(claims.get("email") or "")
    return Identity(
        issuer=str(issuer),
        subject=str(subject),
        name=str(claims.get("name") or claims.get("preferred_username") or email or subject),
        email=email,
        email_is_verified=claims.get("email_verified") is True,
    )


def is_its_own(set_cookie: str) -> bool:
    """Whether a cookie is one by which Streamlit itself would know people."""
    name = set_cookie.partition("=")[0]
    return name.startswith((USER_COOKIE_NAME, TOKENS_COOKIE_NAME))
