"""What a person reads when something broke: never a blank page, and never a form lost."""

from __future__ import annotations

import sys

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest, HttpResponse
from django.template import loader

SECRETS = {"password", "old_password", "new_password1", "new_password2", "csrfmiddlewaretoken"}


def server_error(request: HttpRequest) -> HttpResponse:
    """Answer a request that failed. With the database away it is 503, and what was typed can be sent again as it is.

    The form carries its intent, so sending it again can never save it twice.
    """
    if isinstance(sys.exc_info()[1], OperationalError | InterfaceError):
        return _answer("errors/503.html", request, 503)
    return _answer("errors/500.html", request, 500)


def _answer(template: str, request: HttpRequest, status: int) -> HttpResponse:
    typed = [
        (name, value) for name, values in request.POST.lists() if name not in SECRETS for value in values
    ]
    context = {"typed": typed, "path": request.path, "token": request.META.get("CSRF_COOKIE", "")}
    response = HttpResponse(loader.get_template(template).render(context, None), status=status)
    response["Retry-After"] = "5"
    return response
