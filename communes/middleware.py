"""What every request of this product needs besides Django's own middleware."""

from __future__ import annotations

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation
from django.utils.cache import add_never_cache_headers

from communes.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the person, else of the cookie, else Vietnamese; never the browser's guess."""
    known = dict(settings.LANGUAGES)
    own = request.user.language if isinstance(request.user, User) else ""
    for code in (own, request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")):
        if code in known:
            return code
    return settings.LANGUAGE_CODE


def language(get_response: GetResponse) -> GetResponse:
    """Answer in the reader's language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            response = get_response(request)
        response.headers.setdefault("Content-Language", code)
        return response

    return middleware


def private(get_response: GetResponse) -> GetResponse:
    """Keep pages out of every cache: on a shared office PC the next person must not page back into them."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return middleware
