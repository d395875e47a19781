"""``/api/v1/units/``: units as they were and are. No personal data; whoever works with the product may read them."""

from __future__ import annotations

from datetime import date
from typing import Any

import django_filters
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint, ListEndpoint
from communes.api.errors import refusals
from communes.api.filtering import EARLIEST_AND_LATEST, ISO_DAYS
from communes.api.permissions import role_permission
from communes.models import Level, Succession, Unit


class UnitFilters(django_filters.FilterSet):
    """What the list of units can be narrowed by."""

    level = django_filters.ChoiceFilter(label=_("Level"), choices=Level.choices)
    at = django_filters.DateFilter(
        label=_("Exists on this day"), method="on_day", input_formats=ISO_DAYS, validators=EARLIEST_AND_LATEST
    )
    parent = django_filters.ModelChoiceFilter(
        label=_("Directly under"), queryset=Unit.objects.all(), to_field_name="slug"
    )
    code = django_filters.CharFilter(label=_("GSO code; given again to other units later"), max_length=10)

    class Meta:
        model = Unit
        fields: tuple[str, ...] = ()

    def on_day(self, queryset: Any, name: str, value: date) -> Any:
        """Return the units that exist on a day."""
        return queryset.at(value)


class PredecessorSerializer(serializers.ModelSerializer):
    """What a unit was made of."""

    unit = serializers.SlugField(source="predecessor.slug", help_text=_("Slug of the other unit."))
    kind = serializers.ChoiceField(choices=Succession.Kind.choices, help_text=_("How one became the other."))

    class Meta:
        model = Succession
        fields = ("unit", "on_date", "kind", "legal_basis")
        read_only_fields = fields


class SuccessorSerializer(PredecessorSerializer):
    """What became of a unit; nothing here means that nobody knows, or that it still exists."""

    unit = serializers.SlugField(source="successor.slug", help_text=_("Slug of the other unit."))


class UnitSerializer(serializers.ModelSerializer):
    """A unit between two acts."""

    level = serializers.ChoiceField(choices=Level.choices, help_text=_("Tier of administration."))
    parent = serializers.SlugField(  # type: ignore[assignment]
        source="parent.slug", allow_null=True, help_text=_("Slug of the unit it belongs to.")
    )
    successors = SuccessorSerializer(source="successions", many=True)
    predecessors = PredecessorSerializer(source="origins", many=True)

    class Meta:
        model = Unit
        fields = (
            "slug",
            "code",
            "level",
            "kind",
            "name",
            "full_name",
            "export_name",
            "parent",
            "valid_from",
            "valid_to",
            "successors",
            "predecessors",
        )
        read_only_fields = fields
        extra_kwargs = {  # noqa: RUF012 - Django reads this as a class attribute; it never changes it
            "slug": {"help_text": _("Its short name in addresses, for ever its own.")},
            "full_name": {"help_text": _("Kind and name as an office writes them.")},
            "valid_to": {"help_text": _("The first day it no longer exists; null while it does.")},
        }


EXAMPLE = OpenApiExample(
    "unit",
    response_only=True,
    value={
        "slug": "tieu-son",
        "code": "08038",
        "level": "commune",
        "kind": "xã",
        "name": "Tiêu Sơn",
        "full_name": "xã Tiêu Sơn",
        "export_name": "UBND xã Tiêu Sơn, huyện Đoan Hùng, tỉnh Phú Thọ",
        "parent": "huyen-doan-hung",
        "valid_from": "1981-01-01",
        "valid_to": "2025-01-01",
        "successors": [
            {
                "unit": "chan-mong-2025",
                "on_date": "2025-01-01",
                "kind": "merge",
                "legal_basis": "1282/NQ-UBTVQH15",
            }
        ],
        "predecessors": [],
    },
)


def _units() -> QuerySet[Unit]:
    return Unit.objects.select_related("parent").prefetch_related(
        "successions__successor", "origins__predecessor"
    )


@extend_schema(
    summary=_("Units"),
    description=_(
        "Units with the time they existed and what became of them. A unit keeps its slug for ever; its code "
        "may be another unit's later."
    ),
    responses={
        200: OpenApiResponse(UnitSerializer(many=True), _("A page of units.")),
        **refusals(400, 401, 403, 404),
    },
    examples=[EXAMPLE],
)
class Units(ListEndpoint):
    """The list."""

    permission_classes = (role_permission("see_reference"),)
    serializer_class = UnitSerializer
    filterset_class = UnitFilters

    def get_queryset(self) -> QuerySet[Unit]:
        """Return every unit."""
        return _units()


@extend_schema(
    summary=_("One unit"),
    description=_("The same of one unit, by its slug."),
    parameters=[OpenApiParameter("slug", OpenApiTypes.STR, "path", description=_("Slug of the unit."))],
    responses={200: OpenApiResponse(UnitSerializer, _("The unit.")), **refusals(400, 401, 403, 404)},
    examples=[EXAMPLE],
)
class OneUnit(Endpoint):
    """One of them."""

    permission_classes = (role_permission("see_reference"),)

    def get(self, request: Request, slug: str) -> Response:
        """Answer one unit."""
        return Response(UnitSerializer(get_object_or_404(_units(), slug=slug)).data)
