"""What every request of this product needs besides Django's own middleware."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from django.conf import settings
from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils import translation
from django.utils.cache import add_never_cache_headers
from django.utils.translation.trans_real import parse_accept_lang_header

from civreg import faults
from communes.models import User

GetResponse = Callable[[HttpRequest], HttpResponse]


def chosen_language(request: HttpRequest) -> str:
    """Return the language of the person, else of the cookie, else Vietnamese; never the browser's guess.

    A program says which one it wants: where it asks the API, its ``Accept-Language`` comes first.
    """
    if asked := language_asked_for(request):
        return asked
    own = request.user.language if isinstance(request.user, User) else ""
    return own if own in dict(settings.LANGUAGES) else _language_of_cookie(request)


def language_asked_for(request: HttpRequest) -> str:
    """Return the first language we speak that a program asks for, "" where it names none."""
    if not request.path.startswith(faults.API):
        return ""
    wanted = parse_accept_lang_header(request.headers.get("Accept-Language", ""))
    codes = (code.partition("-")[0] for code, _quality in wanted)
    return next((code for code in codes if code in dict(settings.LANGUAGES)), "")


def _language_of_cookie(request: HttpRequest) -> str:
    code = request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME, "")
    return code if code in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def language(get_response: GetResponse) -> GetResponse:
    """Answer in the reader's language."""

    def middleware(request: HttpRequest) -> HttpResponse:
        code = chosen_language(request)
        with translation.override(code):
            response = get_response(request)
            # A token, which is looked at further in, may have brought its owner's language.
            response.headers.setdefault("Content-Language", translation.get_language() or code)
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


def readable(get_response: GetResponse) -> GetResponse:
    """Refuse what nothing behind this can read, before anything asks the database: it holds every letter but NUL."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if _can_be_read(request):
            return get_response(request)
        with translation.override(language_asked_for(request) or _language_of_cookie(request)):
            return faults.unreadable(request)

    return middleware


def _can_be_read(request: HttpRequest) -> bool:
    try:
        if request.content_type == "application/json":
            len(request.body)  # Too large is told here: the parsers of the API do not tell it in JSON.
        sent = [*request.COOKIES.items(), *_pairs(request.GET), *_pairs(request.POST)]
    except faults.UNREADABLE:
        return False
    return not any("\0" in name or "\0" in text for name, text in sent)


def _pairs(form: QueryDict) -> Iterator[tuple[str, str]]:
    return ((name, text) for name, texts in form.lists() for text in texts)
