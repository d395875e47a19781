"""``/api/v1/books/<id>/entries/``: typing through the API, with the same reading, checks and verb as the form."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, cast

from django.utils.translation import gettext_lazy as _
from drf_spectacular.utils import OpenApiExample, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.bodies import Body, ShallowJSONParser, refuse_unknown
from communes.api.endpoints import Endpoint
from communes.api.errors import ProblemSerializer, RefusalSerializer, refusals
from communes.api.permissions import role_permission
from communes.models import User
from digitization import access, workflow
from digitization.api.books import BOOK_ID
from digitization.entry_rows import as_columns
from digitization.facts import facts_for
from digitization.record_types import BY_CODE
from digitization.record_types.checks.papers import C14
from digitization.record_types.contract import Entry, Problem, RecordType, Severity
from digitization.record_types.entries import fingerprint
from digitization.record_types.reading import judge, read
from digitization.rules.work import C06
from digitization.verbs import Refused

BESIDE = ("__state", "__calendar", "__written")
SEVERITIES = [
    (Severity.ERROR, _("refuses the entry")),
    (Severity.WARNING, _("asks for confirmation that the book says so")),
    (Severity.NOTICE, _("only informs")),
]
FAULTY = _("The entry has errors. Nothing was saved.")


class EntryBody(Body):
    """The shape of what is sent; every rule about the entry itself is a check."""

    intent = serializers.UUIDField(
        help_text=_(
            "Your own id of this act. Sent again after a broken line, it saves nothing a second time."
        )
    )
    typed = serializers.DictField(
        child=serializers.CharField(allow_blank=True, trim_whitespace=False),
        help_text=_(
            "Texts by field code, as typed: dates as 12/5/1998, 5/1998 or 1998. Beside a field may stand "
            "code__state (not_written, illegible, uncertain), code__calendar (lunar) and code__written "
            "(the words of the book behind an option)."
        ),
    )
    accepted = serializers.ListField(
        child=serializers.CharField(max_length=16),
        default=list,
        help_text=_("Fingerprints of warnings that are confirmed: the book says so."),
    )
    twin_reason = serializers.CharField(
        max_length=500,
        allow_blank=True,
        default="",
        help_text=_("Why a number that is taken may be used once more."),
    )


class CheckedSerializer(ProblemSerializer):
    """What a check has to say."""

    rule = serializers.CharField(help_text=_("Id of the rule."))
    severity = serializers.ChoiceField(choices=SEVERITIES)
    fingerprint = serializers.CharField(help_text=_("Send it in accepted to confirm a warning."))


class SavedSerializer(serializers.Serializer):
    """What was saved."""

    id = serializers.IntegerField()
    version = serializers.IntegerField()
    problems = CheckedSerializer(many=True)


class FaultySerializer(RefusalSerializer):
    """Why nothing was saved."""

    problems = CheckedSerializer(many=True)


class ConflictSerializer(RefusalSerializer):
    """Why nothing was saved."""

    rule = serializers.CharField(allow_blank=True, help_text=_("Id of the rule, if it is one."))


_WARNING = {
    "rule": C14.id,
    "field": "child_full_name",
    "severity": "warning",
    "message": "Họ tên có chữ số. Hãy đối chiếu với sổ.",
    "fingerprint": "0f3a9d5c71be2846",
}


@extend_schema(
    summary=_("Type an entry"),
    description=_(
        "Saves a new entry of a book. The same rules hold as on the form: errors refuse it, warnings are saved "
        "as open until they are confirmed."
    ),
    parameters=[BOOK_ID],
    request=EntryBody,
    responses={
        201: OpenApiResponse(SavedSerializer, _("The entry was saved; problems list what the checks said.")),
        **refusals(400, 401, 403, 404),
        409: OpenApiResponse(
            ConflictSerializer, _("The number is taken, or the intent was used for something else.")
        ),
        422: OpenApiResponse(FaultySerializer, _("The entry has errors; problems list all of them.")),
    },
    examples=[
        OpenApiExample(
            "typed",
            request_only=True,
            value={
                "intent": "3f0c1d0e-6a0b-4a43-9a35-0d4c8f3f7a11",
                "typed": {
                    "number": "47",
                    "page_no": "24",
                    "registration_date": "12/5/1998",
                    "child_full_name": "Hà Văn Quyết",
                    "child_gender": "1",
                    "child_birth_date": "4/1998",
                    "signer_name": "",
                    "signer_name__state": "illegible",
                },
                "accepted": [],
            },
        ),
        OpenApiExample(
            "saved",
            response_only=True,
            status_codes=["201"],
            value={"id": 70001, "version": 1, "problems": [_WARNING]},
        ),
        OpenApiExample(
            "taken",
            response_only=True,
            status_codes=["409"],
            value={"detail": "Trong năm này đã có trường hợp khác mang số này.", "rule": C06.id},
        ),
    ],
)
class Entries(Endpoint):
    """Where entries of a book are typed."""

    permission_classes = (role_permission("enter"),)
    parser_classes = (ShallowJSONParser,)

    def post(self, request: Request, book_id: int) -> Response:
        """Save a new entry: 201; 409 for a number that is taken or a spent intent; 422 with all problems."""
        book = access.book_to_enter(self.rights, book_id)
        record_type = BY_CODE[book.kind]
        body = _understood(request.data, record_type)
        reading = read(record_type, body["typed"])
        facts = facts_for(book, as_columns(record_type, book, reading.entry))
        problems = judge(record_type, reading, facts)
        if any(problem.severity is Severity.ERROR for problem in problems):
            return _faulty(problems, reading.entry)
        try:
            record = workflow.enter(
                by=cast(User, request.user),
                book=book,
                entry=reading.entry,
                intent=body["intent"],
                accepted=body["accepted"],
                twin_reason=body["twin_reason"],
                facts=facts,
            )
        except workflow.Unacceptable as refusal:
            return _faulty(refusal.problems, reading.entry)
        except Refused as refusal:
            return Response({"detail": str(refusal.message), "rule": refusal.rule}, status=409)
        said = [_said(problem, reading.entry) for problem in problems]
        return Response({"id": record.pk, "version": record.version, "problems": said}, status=201)


def _understood(data: Any, record_type: RecordType) -> dict[str, Any]:
    """Return the body; raises ValidationError, for fields the kind does not have too: what is typed is never lost."""
    body = EntryBody(data=data)
    body.is_valid(raise_exception=True)
    understood: dict[str, Any] = body.validated_data
    try:
        refuse_unknown(understood["typed"], _names(record_type))
    except serializers.ValidationError as unknown:
        raise serializers.ValidationError({"typed": unknown.detail}) from None
    return understood


def _names(record_type: RecordType) -> Iterator[str]:
    for field in record_type.fields():
        yield field.code
        yield from (f"{field.code}{suffix}" for suffix in BESIDE)


def _faulty(problems: Any, entry: Entry) -> Response:
    return Response(
        {"detail": str(FAULTY), "problems": [_said(problem, entry) for problem in problems]}, status=422
    )


def _said(problem: Problem, entry: Entry) -> dict[str, str]:
    return {
        "rule": problem.rule,
        "field": problem.field,
        "severity": problem.severity,
        "message": str(problem.message),
        "fingerprint": fingerprint(problem, entry),
    }
