"""``/api/v1/records/``: the entries a person may see, with the same rights and the same filters as the pages."""

from __future__ import annotations

from typing import Any, cast

from django.db.models import Prefetch, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    extend_schema,
    extend_schema_field,
)
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint, ListEndpoint
from communes.api.errors import refusals
from communes.api.permissions import role_permission
from communes.models import User
from digitization import access
from digitization.api.books import KINDS
from digitization.checking.pages import warnings
from digitization.entry_rows import as_entry, head_of
from digitization.filters import RecordFilters
from digitization.models import Record, RecordEvent, Standing, Status, Verb

# What a list leaves in the database: an entry's own words are answered one entry at a time.
NOT_LISTED = ("content", "names_fold", "subject_fold", "second_fold")


class PersonSerializer(serializers.ModelSerializer):
    """Somebody who works here."""

    class Meta:
        model = User
        fields = ("id", "name")
        read_only_fields = fields


class RecordSerializer(serializers.ModelSerializer):
    """An entry in a list: where it stands in its book, how far it has come, whom it is about."""

    kind = serializers.ChoiceField(choices=KINDS, help_text=_("Kind of entry."))
    unit = serializers.SlugField(
        source="book.custodian.slug", help_text=_("Slug of the unit that keeps the book.")
    )
    place = serializers.SlugField(source="book.place.slug", help_text=_("Slug of the place of registration."))
    book = serializers.IntegerField(source="book_id", help_text=_("Id of the book."))
    head = serializers.SerializerMethodField(
        help_text=_("The fields common to all kinds, by code. Blank ones are left out.")
    )
    status = serializers.ChoiceField(choices=Status.choices, help_text=_("How far it has come."))
    standing = serializers.ChoiceField(choices=Standing.choices, help_text=_("What kind of entry it is."))
    typed_by = PersonSerializer(source="entered_by")
    typed_at = serializers.DateTimeField(source="entered_at")
    checked_by = PersonSerializer(allow_null=True)
    approved_by = PersonSerializer(allow_null=True)

    class Meta:
        model = Record
        fields: tuple[str, ...] = (
            "id",
            "kind",
            "unit",
            "place",
            "book",
            "head",
            "number",
            "suffix",
            "number_year",
            "subject_name",
            "status",
            "standing",
            "open_warnings",
            "version",
            "transferred_version",
            "typed_by",
            "typed_at",
            "checked_by",
            "approved_by",
        )
        read_only_fields = fields
        extra_kwargs = {  # noqa: RUF012 - Django reads this as a class attribute; it never changes it
            "suffix": {"help_text": _("The letter behind the number, as in 12A.")},
            "number": {"help_text": _("The number as a number; null where nobody can read it.")},
            "number_year": {"help_text": _("Numbers restart every year.")},
            "subject_name": {"help_text": _("Whom the entry is about, as written.")},
            "open_warnings": {"help_text": _("Warnings nobody has settled.")},
            "version": {"help_text": _("Grows with every change.")},
            "transferred_version": {"help_text": _("The version the national system holds, if any.")},
        }

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_head(self, record: Record) -> dict[str, Any]:
        """Return the head as the entry keeps it."""
        return head_of(record)


class FindingSerializer(serializers.Serializer):
    """A warning, open or settled."""

    rule = serializers.CharField(source="finding.rule")
    field = serializers.CharField(source="finding.field", help_text=_("Code of the field."))
    label = serializers.CharField(help_text=_("Name of the field."))  # type: ignore[assignment]
    message = serializers.CharField()
    accepted_by = PersonSerializer(
        source="finding.accepted_by",
        allow_null=True,
        help_text=_("Who confirmed it as in the original book; null while it is open."),
    )
    accepted_at = serializers.DateTimeField(source="finding.accepted_at", allow_null=True)
    note = serializers.CharField(source="finding.note", allow_blank=True)


class EventSerializer(serializers.ModelSerializer):
    """One thing that happened to the entry."""

    verb = serializers.ChoiceField(choices=Verb.choices)
    by = PersonSerializer(source="actor")
    unit = serializers.SlugField(source="unit.slug")
    from_status = serializers.ChoiceField(choices=Status.choices, allow_blank=True)
    to_status = serializers.ChoiceField(choices=Status.choices)
    from_standing = serializers.ChoiceField(choices=Standing.choices, allow_blank=True)
    to_standing = serializers.ChoiceField(choices=Standing.choices)

    class Meta:
        model = RecordEvent
        fields = (
            "at",
            "verb",
            "by",
            "unit",
            "from_status",
            "to_status",
            "from_standing",
            "to_standing",
            "reason",
            "version",
        )
        read_only_fields = fields


class WholeRecordSerializer(RecordSerializer):
    """An entry with everything it says, what the checks say, and its life."""

    entry = serializers.SerializerMethodField(
        help_text=_(
            "The whole entry by field code. A value is text; {text, uncertain} where it is partly legible; a "
            "date {on, written, calendar}; an option {code, written}; or {absent: not_written | illegible}. "
            "Blank fields are left out."
        )
    )
    duplicate_of = serializers.IntegerField(
        source="duplicate_of_id", allow_null=True, help_text=_("Id of the entry it repeats, if it does.")
    )
    accepted_ref = serializers.CharField(
        allow_blank=True, help_text=_("The inspection that accepted it as unreadable.")
    )
    twin_reason = serializers.CharField(
        allow_blank=True, help_text=_("Why another entry may have the same number.")
    )
    findings = serializers.SerializerMethodField()
    events = EventSerializer(many=True)

    class Meta(RecordSerializer.Meta):
        fields = (
            *(name for name in RecordSerializer.Meta.fields if name != "head"),
            "duplicate_of",
            "accepted_ref",
            "twin_reason",
            "entry",
            "findings",
            "events",
        )
        read_only_fields = fields

    head = None  # type: ignore[assignment]

    @extend_schema_field(OpenApiTypes.OBJECT)
    def get_entry(self, record: Record) -> dict[str, Any]:
        """Return the entry as it was typed."""
        return as_entry(record)

    @extend_schema_field(FindingSerializer(many=True))
    def get_findings(self, record: Record) -> Any:
        """Return the stored warnings with today's words; open ones first."""
        return FindingSerializer(warnings(record), many=True).data


_LISTED = {
    "id": 70001,
    "kind": "KS",
    "unit": "hop-nhat",
    "place": "hop-nhat",
    "book": 4711,
    "head": {
        "number": "46",
        "page_no": "23",
        "registration_date": {"on": "1998-05-12", "written": "12/5/1998"},
        "signer_name": {"absent": "illegible"},
    },
    "number": 46,
    "suffix": "",
    "number_year": 1998,
    "subject_name": "Hà Văn Quyết",
    "status": "checked",
    "standing": "normal",
    "open_warnings": 1,
    "version": 2,
    "transferred_version": None,
    "typed_by": {"id": 12, "name": "Đỗ Thị Lan"},
    "typed_at": "2024-12-05T20:12:00+07:00",
    "checked_by": {"id": 13, "name": "Hà Thị Mai"},
    "approved_by": None,
}
_WHOLE = {
    **{key: value for key, value in _LISTED.items() if key != "head"},
    "duplicate_of": None,
    "accepted_ref": "",
    "twin_reason": "",
    "entry": {
        **cast(dict[str, Any], _LISTED["head"]),
        "child_full_name": "Hà Văn Quyết",
        "child_gender": {"code": "1", "written": "Nam"},
        "child_birth_date": {"on": "1998-04", "written": "4/1998"},
    },
    "findings": [
        {
            "rule": "C20",
            "field": "signer_name",
            "label": "Đăng ký: người ký",
            "message": "Không đọc được.",
            "accepted_by": None,
            "accepted_at": None,
            "note": "",
        }
    ],
    "events": [
        {
            "at": "2024-12-05T20:12:00+07:00",
            "verb": "enter",
            "by": {"id": 12, "name": "Đỗ Thị Lan"},
            "unit": "hop-nhat",
            "from_status": "",
            "to_status": "entered",
            "from_standing": "",
            "to_standing": "normal",
            "reason": "",
            "version": 1,
        }
    ],
}


@extend_schema(
    summary=_("Entries"),
    description=_(
        "The entries the person or the token may see: of their unit, for justice of the units under it, for a "
        "helper their own. Personal data: keep it out of addresses, logs and caches. Names cannot be searched for here."
    ),
    responses={
        200: OpenApiResponse(RecordSerializer(many=True), _("A page of entries.")),
        **refusals(400, 401, 403, 404),
    },
    examples=[OpenApiExample("entry", response_only=True, value=_LISTED)],
)
class Records(ListEndpoint):
    """The list."""

    permission_classes = (role_permission("see_records"),)
    serializer_class = RecordSerializer
    filterset_class = RecordFilters

    def get_queryset(self) -> QuerySet[Record]:
        """Return the entries in the person's sight, without what a list does not say."""
        return access.records_to_read(self.rights, cast(User, self.request.user)).defer(*NOT_LISTED)


@extend_schema(
    summary=_("One entry"),
    description=_("Everything the entry says, what the checks say about it, and what happened to it."),
    parameters=[OpenApiParameter("record_id", OpenApiTypes.INT64, "path", description=_("Id of the entry."))],
    responses={200: OpenApiResponse(WholeRecordSerializer, _("The entry.")), **refusals(400, 401, 403, 404)},
    examples=[OpenApiExample("entry", response_only=True, value=_WHOLE)],
)
class OneRecord(Endpoint):
    """One of them."""

    permission_classes = (role_permission("see_records"),)

    def get(self, request: Request, record_id: int) -> Response:
        """Answer one entry."""
        events = RecordEvent.objects.select_related("actor", "unit")
        visible = access.records_to_read(self.rights, cast(User, request.user))
        record = get_object_or_404(visible.prefetch_related(Prefetch("events", events)), pk=record_id)
        return Response(WholeRecordSerializer(record).data)
