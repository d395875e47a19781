"""``/api/v1/progress/``: the figures of the district or of one unit. Its field names are a contract."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import (
    OpenApiExample,
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
)
from rest_framework import serializers
from rest_framework.exceptions import PermissionDenied
from rest_framework.request import Request
from rest_framework.response import Response

from civreg.lib import clock
from communes.api.endpoints import Endpoint
from communes.api.errors import refusals
from communes.api.permissions import role_permission
from communes.models import Unit
from reports.models import Campaign
from reports.progress.read import (
    DistrictProgress,
    UnitFigures,
    current_campaign,
    district_progress,
    unit_progress,
)


class FiguresSerializer(serializers.Serializer):
    """Figures of a heap of books. Entries above the total of a book raise nothing; they are the excess."""

    total = serializers.IntegerField(help_text=_("Entries to digitize."))
    digitized = serializers.IntegerField(help_text=_("Digitized, never more than the total of each book."))
    percent = serializers.IntegerField(
        allow_null=True, help_text=_("Digitized share, truncated; null where nothing is to be digitized.")
    )
    checked = serializers.IntegerField(help_text=_("Of these checked or further."))
    approved = serializers.IntegerField(help_text=_("Of these approved or further."))
    transferred = serializers.IntegerField(help_text=_("Of these transferred to the national system."))
    remaining = serializers.IntegerField(help_text=_("Still to digitize."))
    complete = serializers.BooleanField(help_text=_("Every book has a total and is full."))
    excess = serializers.IntegerField(help_text=_("Entries above the totals of their books."))
    declared_only = serializers.IntegerField(
        help_text=_("Of the digitized ones those declared to be in the national system and not held here.")
    )
    pages = serializers.IntegerField(help_text=_("Pages of the books, as far as they are stated."))
    scanned_pages = serializers.IntegerField(
        help_text=_("Pages with a picture, or said to be blank, damaged or lost; each once.")
    )
    returned = serializers.IntegerField(help_text=_("Returned for correction; not among the digitized ones."))
    duplicate = serializers.IntegerField(help_text=_("Typed twice; not among the digitized ones."))
    unreadable = serializers.IntegerField(
        help_text=_("Unreadable and not yet accepted by an inspection; not among the digitized ones.")
    )


class UnitFiguresSerializer(FiguresSerializer):
    """Figures of one commune."""

    name = serializers.CharField()
    slug = serializers.SlugField()


class UnitProgressSerializer(UnitFiguresSerializer):
    """Figures of one commune and when they were computed."""

    computed_at = serializers.DateTimeField(allow_null=True)


class DistrictProgressSerializer(FiguresSerializer):
    """Figures of the district and of each commune."""

    computed_at = serializers.DateTimeField(
        allow_null=True,
        help_text=_("When they were computed, seconds ago as a rule; null before the first time."),
    )
    communes = UnitFiguresSerializer(many=True)


_FIGURES = {
    "total": 5386,
    "digitized": 4401,
    "percent": 81,
    "checked": 3020,
    "approved": 2511,
    "transferred": 1200,
    "remaining": 985,
    "complete": False,
    "excess": 0,
    "declared_only": 0,
    "pages": 2720,
    "scanned_pages": 1912,
    "returned": 31,
    "duplicate": 6,
    "unreadable": 3,
}
_MOMENT = "2024-12-05T20:40:02+07:00"
_COMMUNE = {"name": "Hợp Nhất", "slug": "hop-nhat", **_FIGURES}


@extend_schema(
    summary=_("Progress"),
    description=_(
        "The figures of the newest running campaign. Without unit it is the whole district with its communes; a token "
        "for one commune must name it."
    ),
    parameters=[
        OpenApiParameter("unit", OpenApiTypes.STR, description=_("Slug of a commune: its figures alone."))
    ],
    responses={
        200: OpenApiResponse(
            PolymorphicProxySerializer(
                component_name="Progress",
                serializers=[DistrictProgressSerializer, UnitProgressSerializer],
                resource_type_field_name=None,
            ),
            _("The figures."),
        ),
        **refusals(400, 401, 403, 404),
    },
    examples=[
        OpenApiExample(
            "district",
            response_only=True,
            value={**_FIGURES, "computed_at": _MOMENT, "communes": [_COMMUNE]},
        ),
        OpenApiExample("commune", response_only=True, value={**_COMMUNE, "computed_at": _MOMENT}),
    ],
)
class Progress(Endpoint):
    """The figures."""

    permission_classes = (role_permission("see_figures"),)
    parameters = ("unit",)

    def get(self, request: Request) -> Response:
        """Answer the district's figures with its communes, or one unit's; 404 for an unknown one, or another's."""
        campaign = current_campaign()
        if campaign is None:
            raise Http404
        slug = request.query_params.get("unit")
        if slug is not None:
            return Response(self._one(campaign, slug))
        if not self.rights.covers(campaign.office):
            raise PermissionDenied(_("This token is for one unit alone. Name it: ?unit=<slug>."))
        return Response(_district(district_progress(campaign)))

    def _one(self, campaign: Campaign, slug: str) -> dict[str, Any]:
        found = unit_progress(campaign, slug)
        unit = Unit.objects.select_related("parent__parent").filter(slug=slug).first()
        if found is None or unit is None or not self.rights.covers(unit):
            raise Http404
        return {**_unit(found.units[0]), "computed_at": _moment(found)}


def _district(found: DistrictProgress) -> dict[str, Any]:
    communes = [_unit(unit) for unit in found.units]
    return {**found.figures.contract(), "computed_at": _moment(found), "communes": communes}


def _unit(unit: UnitFigures) -> dict[str, Any]:
    return {"name": unit.name, "slug": unit.slug, **unit.figures.contract()}


def _moment(found: DistrictProgress) -> str | None:
    return found.computed_at.astimezone(clock.VIETNAM).isoformat() if found.computed_at else None
