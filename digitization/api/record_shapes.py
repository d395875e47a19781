"""How an entry looks in the API: a row of a list, and the whole of it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from communes.models import User
from digitization.api.books import KINDS
from digitization.checking.pages import warnings
from digitization.entry_rows import as_entry, head_of
from digitization.models import Record, RecordEvent, Standing, Status, Verb


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
