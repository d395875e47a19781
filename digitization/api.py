"""``/api/v1/books/``: the books a person works with, how full they are, the next number; and typing."""

from __future__ import annotations

from typing import Any, cast

from django.http import Http404
from rest_framework import serializers
from rest_framework.decorators import api_view, parser_classes, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api_rights import ShallowJSONParser, role_permission
from communes.models import Role, Unit, User
from communes.rights import Rights
from digitization import access, workflow
from digitization.facts import facts_of
from digitization.inventory.pages import with_counts
from digitization.models import Book
from digitization.numbering import next_numbers
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Entry, Problem, Severity
from digitization.record_types.entries import fingerprint
from digitization.record_types.reading import judge, read
from digitization.verbs import Refused

PAGE_SIZE = 500


@api_view(["GET"])
@permission_classes([role_permission("see_records")])
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


@api_view(["POST"])
@permission_classes([role_permission("enter")])
@parser_classes([ShallowJSONParser])
def entries(request: Request, book_id: int) -> Response:
    """Save a new entry of a book: the same reading, checks and verb as the form and the workbook.

    The body is ``{"intent": uuid, "typed": {code: text, …}, "accepted": [fingerprint, …], "twin_reason": text}``;
    ``typed`` are raw texts as a form posts them, ``<code>__state`` among them. Answers 201 with id, version and
    warnings; 400 for another body; 409 for a number that is taken or a spent intent; 422 with all problems.
    """
    book = access.book_to_enter(Rights.of(request.user), book_id)
    body = EntryBody(data=request.data)
    body.is_valid(raise_exception=True)
    reading = read(BY_CODE[book.kind], body.validated_data["typed"])
    problems = judge(BY_CODE[book.kind], reading, facts_of([book])[book.pk])
    said = [_problem(problem, reading.entry) for problem in problems]
    if any(problem.severity is Severity.ERROR for problem in problems):
        return Response({"problems": said}, status=422)
    try:
        record = workflow.enter(
            by=cast(User, request.user),
            book=book,
            entry=reading.entry,
            intent=body.validated_data["intent"],
            accepted=body.validated_data["accepted"],
            twin_reason=body.validated_data["twin_reason"],
        )
    except workflow.Unacceptable as refusal:
        return Response(
            {"problems": [_problem(problem, reading.entry) for problem in refusal.problems]}, status=422
        )
    except Refused as refusal:
        return Response({"rule": refusal.rule, "detail": str(refusal.message)}, status=409)
    return Response({"id": record.pk, "version": record.version, "problems": said}, status=201)


class EntryBody(serializers.Serializer):
    """The shape of what is sent; every rule about the entry itself is a check."""

    intent = serializers.UUIDField()
    typed = serializers.DictField(child=serializers.CharField(allow_blank=True, trim_whitespace=False))
    accepted = serializers.ListField(child=serializers.CharField(max_length=16), default=list)
    twin_reason = serializers.CharField(max_length=500, allow_blank=True, default="")


def _problem(problem: Problem, entry: Entry) -> dict[str, str]:
    return {
        "rule": problem.rule,
        "field": problem.field,
        "severity": problem.severity,
        "message": str(problem.message),
        "fingerprint": fingerprint(problem, entry),
    }


def _unit_of(rights: Rights, slug: str) -> Unit:
    unit = Unit.objects.filter(rights.reach("pk", Role.OFFICER, Role.LEADER, Role.HELPER), slug=slug).first()
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
