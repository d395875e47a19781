"""Who asks: a program with a token in its header; a browser's session is asked for next, by DRF's own class."""

from __future__ import annotations

from typing import Any

from django.utils import translation
from django.utils.translation import gettext_lazy as _
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.request import Request

from communes import tokens
from communes.middleware import language_asked_for
from communes.models import ApiToken, User

SCHEME = b"bearer"


class BearerAuthentication(BaseAuthentication):
    """``Authorization: Bearer civreg_…``. A token that opens nothing is 401 and never falls back to a session."""

    def authenticate(self, request: Request) -> tuple[User, ApiToken] | None:
        """Return the token's owner, with no more rights than the token leaves; None where no token was sent."""
        scheme, _space, secret = get_authorization_header(request).partition(b" ")
        if scheme.lower() != SCHEME:
            return None
        # A header is bytes: Latin-1 reads any of them, and what is no secret of ours is found nowhere.
        token = tokens.find(secret.strip().decode("latin-1"))
        if token is None:
            raise AuthenticationFailed(_("This token does not exist, or it no longer opens anything."))
        tokens.note_use(token)
        user = token.user
        user.token = token
        if user.language and not language_asked_for(request._request):
            translation.activate(user.language)  # The middleware around every request puts it back.
        return user, token

    def authenticate_header(self, request: Request) -> str:
        """Return what a 401 asks for (RFC 6750): it says so where a token came and was refused."""
        refused = get_authorization_header(request).lower().startswith(SCHEME)
        return 'Bearer realm="civreg"' + (', error="invalid_token"' if refused else "")


class BearerScheme(OpenApiAuthenticationExtension):
    """How the schema names it."""

    target_class = BearerAuthentication
    name = "token"

    def get_security_definition(self, auto_schema: Any) -> dict[str, Any]:
        """Return the OpenAPI security scheme."""
        return {"type": "http", "scheme": "bearer", "bearerFormat": f"{tokens.PREFIX}…"}
