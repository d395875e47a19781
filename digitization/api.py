"""``/api/v1/books/``: the books a person works with, how full they are and which number comes next."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import Http404
from rest_framework.decorators import api_view, permission_classes
from rest_framework.permissions import BasePermission, IsAuthenticated
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from communes.models import Role, Unit
from communes.rights import Rights
from digitization.inventory.pages import with_counts
from digitization.models import Book
from digitization.numbering import next_numbers

PAGE_SIZE = 500


class MaySeeRecords(BasePermission):
    """Those whose work is with entries: officers, helpers, leaders, justice."""

    def has_permission(self, request: Request, view: APIView) -> bool:
        return Rights.of(request.user).may("see_records")


@api_view(["GET"])
@permission_classes([IsAuthenticated, MaySeeRecords])
def books(request: Request) -> Response:
    """Answer a list of books, at most 500 a page (``?page=2``).

    ``?unit=<slug>`` names the unit that keeps them, ``?kind=KS`` their kind. A unit that does not exist, and one
    whose books the person may not see, both answer 404.
    """
    rights = Rights.of(request.user)
    found = with_counts(Book.objects.visible_to(rights).counted())
    if "unit" in request.query_params:
        found = found.filter(custodian=_unit_of(rights, request.query_params["unit"]))
    if "kind" in request.query_params:
        found = found.filter(kind=request.query_params["kind"])
    start = (_page(request) - 1) * PAGE_SIZE
    return Response(_described(list(found[start : start + PAGE_SIZE])))


def _unit_of(rights: Rights, slug: str) -> Unit:
    above = rights.own_units(Role.JUSTICE)
    own = rights.own_units(Role.OFFICER, Role.LEADER, Role.HELPER)
    unit = Unit.objects.filter(Q(pk__in=own | above) | Q(parent__in=above), slug=slug).first()
    if unit is None:
        raise Http404
    return unit


def _page(request: Request) -> int:
    asked = request.query_params.get("page", "1")
    if not asked.isdecimal() or not 1 <= len(asked) <= 5 or not int(asked):
        raise Http404
    return int(asked)


def _described(found: list[Book]) -> list[dict[str, Any]]:
    numbers = next_numbers(found)
    return [
        {
            "id": book.pk,
            "quyen_so": book.quyen_so,
            "year": book.opened_year,
            "total": book.total,
            # Typed straight into the national system counts too, but never besides what is held here.
            "counted": max(book.counted, book.declared),  # type: ignore[attr-defined]
            "next_number": numbers[book.pk],
        }
        for book in found
    ]
