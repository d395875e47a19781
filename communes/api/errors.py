"""Every refusal of the API has one shape: ``{"detail": words, "problems": [{"field": …, "message": …}]}``.

``detail`` is a sentence in the reader's language. ``problems``, where there are any, name the parameter, the key of the
body or the field of the entry each is about; "" is the whole of it.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.exceptions import PermissionDenied as DjangoPermissionDenied
from django.http import Http404
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiResponse
from rest_framework import exceptions, serializers
from rest_framework.response import Response
from rest_framework.views import exception_handler

NOT_UNDERSTOOD = _("The request was not understood. Nothing was saved.")
WORDS: dict[type[exceptions.APIException], Promise] = {
    exceptions.NotAuthenticated: _("Log in, or send a token: Authorization: Bearer civreg_…"),
    exceptions.PermissionDenied: _("Your role, or the token, does not include this."),
    exceptions.NotFound: _("There is nothing of this name here, or it is not yours to see."),
    exceptions.MethodNotAllowed: _("This address does not take this method."),
    exceptions.NotAcceptable: _("The answer cannot be given in the format asked for."),
    exceptions.UnsupportedMediaType: _("Send the body as JSON, with Content-Type: application/json."),
    exceptions.ParseError: NOT_UNDERSTOOD,
    exceptions.ValidationError: NOT_UNDERSTOOD,
}


class ProblemSerializer(serializers.Serializer):
    """One thing that is wrong, and where."""

    field = serializers.CharField(help_text=_("The parameter, key or field; empty for the whole request."))
    message = serializers.CharField(help_text=_("What is wrong, in words for a person."))


class RefusalSerializer(serializers.Serializer):
    """Why nothing was done."""

    detail = serializers.CharField(help_text=_("What happened, in words for a person."))
    problems = ProblemSerializer(many=True, required=False)


_REFUSALS: dict[int, Promise] = {
    400: _("A parameter or the body was not understood; problems name it."),
    401: _("No token and no log-in, or a token that no longer opens anything."),
    403: _("The role, or the token, does not include this."),
    404: _("It does not exist, or it is not yours to see: the two answers are the same."),
}


def refusals(*statuses: int) -> dict[int, OpenApiResponse]:
    """Return these refusals as the schema describes them."""
    return {status: OpenApiResponse(RefusalSerializer, _REFUSALS[status]) for status in statuses}


def answer(fault: Exception, context: dict[str, Any]) -> Response | None:
    """Return the answer to a refused request; None for a fault of ours, which is not answered here."""
    if isinstance(fault, Http404):
        fault = exceptions.NotFound()
    elif isinstance(fault, DjangoPermissionDenied):
        fault = exceptions.PermissionDenied()
    response = exception_handler(fault, context)
    if response is None or not isinstance(fault, exceptions.APIException):
        return None
    response.data = _body(fault)
    return response


def _body(fault: exceptions.APIException) -> dict[str, Any]:
    if isinstance(fault, exceptions.ValidationError):
        problems = [{"field": field, "message": message} for field, message in _flat(fault.detail)]
        return {"detail": str(NOT_UNDERSTOOD), "problems": problems}
    return {"detail": str(_said_by(fault))}


def _said_by(fault: exceptions.APIException) -> Any:
    """Return the words the view chose, else ours for this kind of refusal."""
    own = isinstance(fault, exceptions.MethodNotAllowed | exceptions.UnsupportedMediaType) or (
        fault.detail == fault.default_detail
    )
    return WORDS.get(type(fault), fault.detail) if own else fault.detail


def _flat(detail: Any, path: str = "") -> Iterator[tuple[str, str]]:
    """Yield (field, message) of nested errors; what is inside another stands behind a dot: ``typed.number``."""
    if isinstance(detail, dict):
        for name, inner in detail.items():
            here = "" if name == "non_field_errors" else str(name)
            yield from _flat(inner, f"{path}.{here}".strip("."))
    elif isinstance(detail, list):
        for inner in detail:
            yield from _flat(inner, path)
    else:
        yield path, str(detail)
