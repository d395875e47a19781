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
)
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint, ListEndpoint
from communes.api.errors import refusals
from communes.api.permissions import role_permission
from communes.models import User
from digitization import access
from digitization.api.record_shapes import RecordSerializer, WholeRecordSerializer
from digitization.filters import RecordFilters
from digitization.models import Record, RecordEvent
from digitization.record_types.checks.given import C20

# What a list leaves in the database: an entry's own words are answered one entry at a time.
NOT_LISTED = ("content", "names_fold", "subject_fold", "second_fold")


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
            "rule": C20.id,
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
