"""What a person reads when something broke: never a blank page, and never a form lost."""

from __future__ import annotations

import sys

from django.core.exceptions import SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse, JsonResponse, QueryDict, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.middleware.csrf import get_token
from django.template import loader
from django.utils.functional import Promise
from django.utils.http import escape_leading_slashes
from django.utils.translation import gettext_lazy as _
from django.views import defaults
from rest_framework.authentication import CSRFCheck

SECRETS = {"password", "old_password", "new_password1", "new_password2", "csrfmiddlewaretoken"}
# What a form may hold that cannot be read: too much, too many, broken off.
UNREADABLE = (SuspiciousOperation, MultiPartParserError, UnreadablePostError)
# Those who ask here are machines: they get the words as JSON.
API = "/api/v1/"
FOR_MACHINES = (API, "/healthz")
WORDS: dict[str, Promise] = {
    "403_csrf.html": _("The page no longer matches your log-in. Nothing was saved."),
    "errors/400.html": _("The request holds something that cannot be read. Nothing was saved."),
    "404.html": _("There is nothing at this address."),
    "errors/401.html": _("You were logged out. Nothing was saved."),
    "errors/500.html": _("The system met a fault. It has been written down for the administrator."),
    "errors/503.html": _("The database is not answering. Ask again in a few seconds."),
    "errors/busy.html": _("The system is busy. Nothing was saved; send it again in a few seconds."),
}
# PostgreSQL's classes of errors that end a connection: 08 it broke, 57P the server is stopping or starting.
_GONE = ("08", "57P")


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed; while the database is away, or too busy, it is 503.

    The form carries its intent, so sending it again can never save it twice. It is given back only where its token
    is right: the check of the token itself may have been what failed.
    """
    fault = sys.exc_info()[1]
    keep = _token_is_right(request)
    if isinstance(fault, InterfaceError) or (isinstance(fault, OperationalError) and _is_gone(fault)):
        return _answer("errors/503.html", request, 503, keep=keep)
    if isinstance(fault, OperationalError):
        return _answer("errors/busy.html", request, 503, keep=keep)
    return _answer("errors/500.html", request, 500, keep=keep)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what Django itself refuses to read; a machine reads it as JSON."""
    if request.path.startswith(FOR_MACHINES):
        return unreadable(request)
    return defaults.bad_request(request, exception)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer an address that leads nowhere."""
    if request.path.startswith(FOR_MACHINES):
        return _answer("404.html", request, 404, keep=False)
    return defaults.page_not_found(request, exception)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form whose token is stale (a log-in in another tab): our own page may be sent again as it was.

    A form that came from elsewhere gets no such offer: the button would do the forger's work.
    """
    return _answer("403_csrf.html", request, 403, keep=own_page(request))


def logged_out(request: HttpRequest) -> HttpResponse:
    """Answer a form that came after the session ended: log in beside it, then send it again."""
    return _answer("errors/401.html", request, 401, keep=own_page(request))


def unreadable(request: HttpRequest) -> HttpResponse:
    """Answer a request with something in it that nothing here can read or store; it is never given back."""
    return _answer("errors/400.html", request, 400, keep=False)


def own_page(request: HttpRequest) -> bool:
    """Tell whether the browser says that the form came from one of our own pages."""
    origin = request.headers.get("Origin", "")
    return (
        origin == f"{request.scheme}://{request.get_host()}"
        or request.headers.get("Sec-Fetch-Site") == "same-origin"
    )


def posted(request: HttpRequest) -> QueryDict | None:
    """Return the posted form, empty where there is none; None where it cannot be read."""
    try:
        return request.POST
    except UNREADABLE:
        return None


def _is_gone(fault: OperationalError) -> bool:
    """Tell a lost connection from one that lives: without a code nobody answered; a lock or a time-out has one."""
    code = getattr(fault.__cause__, "pgcode", None)
    return code is None or code.startswith(_GONE)


def _token_is_right(request: HttpRequest) -> bool:
    """Ask Django's own comparison, where there is a form to give back."""
    if not posted(request):
        return False
    return CSRFCheck(lambda _request: HttpResponse()).process_view(request, None, (), {}) is None  # type: ignore[arg-type]


def _answer(template: str, request: HttpRequest, status: int, *, keep: bool) -> HttpResponse:
    response = (
        JsonResponse({"detail": WORDS[template]}, status=status)
        if request.path.startswith(FOR_MACHINES)
        else HttpResponse(loader.get_template(template).render(_context(request, keep=keep)), status=status)
    )
    if status == 503:
        response["Retry-After"] = "5"
    return response


def _context(request: HttpRequest, *, keep: bool) -> dict[str, object]:
    """Return what the page shows: where it was sent, and what was typed with a fresh mask of the token."""
    form = (posted(request) if keep else None) or QueryDict()
    typed = [(name, value) for name, values in form.lists() if name not in SECRETS for value in values]
    # A second slash at the front would name another site.
    path = escape_leading_slashes(request.get_full_path())
    return {"typed": typed, "path": path, "token": get_token(request) if typed else ""}
