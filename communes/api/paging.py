"""Long lists, a page at a time by key: the answer is a plain array, and a ``Link`` header leads to the next page.

Whoever follows the links meets every row that was there when they began, each once, however many are added meanwhile.
RFC 8288 is the form of the header.
"""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ValidationError
from rest_framework.pagination import BasePagination
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.utils.urls import replace_query_param
from rest_framework.views import APIView

AFTER, LIMIT = "after", "limit"
MOST = 500
LARGEST_ID = 2**63 - 1
NO_CURSOR = _("Take this from the Link header of the page before.")
NO_LIMIT = _("A whole number from 1 to %(most)s.")


class LinkPagination(BasePagination):
    """Pages in the order of ids; ``after`` is where a page begins, ``limit`` how long it is."""

    parameters = (AFTER, LIMIT)

    def paginate_queryset(self, queryset: Any, request: Request, view: APIView | None = None) -> list[Any]:
        """Return the rows of the page; raises ValidationError for a spoilt cursor."""
        limit = _whole(request, LIMIT, MOST, str(NO_LIMIT) % {"most": MOST}) or MOST
        after = _whole(request, AFTER, LARGEST_ID, NO_CURSOR) or 0
        # The keys alone first: else everything a row says would be joined to every row before the page is cut off.
        keys = list(queryset.order_by("pk").filter(pk__gt=after).values_list("pk", flat=True)[: limit + 1])
        self._next = keys[limit - 1] if len(keys) > limit else None
        self._address = request.build_absolute_uri()
        return list(queryset.order_by("pk").filter(pk__in=keys[:limit]))

    def get_paginated_response(self, data: Any) -> Response:
        """Return the array, with the link to the next page where there is one."""
        response = Response(data)
        if self._next is not None:
            response["Link"] = f'<{replace_query_param(self._address, AFTER, self._next)}>; rel="next"'
        return response

    def get_paginated_response_schema(self, schema: dict[str, Any]) -> dict[str, Any]:
        """Return the schema of a page: the array itself."""
        return schema

    def get_schema_operation_parameters(self, view: Any) -> list[dict[str, Any]]:
        """Return what the schema says of the parameters."""
        cursor = {"type": "integer", "format": "int64", "minimum": 1}
        length = {"type": "integer", "minimum": 1, "maximum": MOST, "default": MOST}
        return [
            _parameter(
                AFTER, cursor, _("Where the page begins, as the Link header of the page before says.")
            ),
            _parameter(LIMIT, length, _("How many rows at most.")),
        ]


def _whole(request: Request, name: str, largest: int, otherwise: Any) -> int | None:
    text = request.query_params.get(name)
    if text is None:
        return None
    if not (text.isascii() and text.isdecimal() and len(text) < 20 and 1 <= int(text) <= largest):
        raise ValidationError({name: [otherwise]})
    return int(text)


def _parameter(name: str, schema: dict[str, Any], description: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "required": False, "description": str(description), "schema": schema}
