"""``/api/v1/progress/``: the figures of the district or of one unit. Its field names are a contract."""

from __future__ import annotations

from typing import Any

from django.http import Http404
from rest_framework.decorators import api_view, permission_classes
from rest_framework.request import Request
from rest_framework.response import Response

from civreg.lib import clock
from communes.api_rights import role_permission
from reports.models import Campaign
from reports.progress.read import (
    DistrictProgress,
    UnitFigures,
    current_campaign,
    district_progress,
    unit_progress,
)


@api_view(["GET"])
@permission_classes([role_permission("see_figures")])
def progress(request: Request) -> Response:
    """Answer the district's figures with its communes, or with ``?unit=<slug>`` one unit; 404 for an unknown one."""
    campaign = current_campaign()
    if campaign is None:
        raise Http404
    slug = request.query_params.get("unit")
    return Response(_district(district_progress(campaign)) if slug is None else _one(campaign, slug))


def _district(found: DistrictProgress) -> dict[str, Any]:
    communes = [_unit(unit) for unit in found.units]
    return {**found.figures.contract(), "computed_at": _moment(found), "communes": communes}


def _one(campaign: Campaign, slug: str) -> dict[str, Any]:
    found = unit_progress(campaign, slug)
    if found is None:
        raise Http404
    return {**_unit(found.units[0]), "computed_at": _moment(found)}


def _unit(unit: UnitFigures) -> dict[str, Any]:
    return {"name": unit.name, "slug": unit.slug, **unit.figures.contract()}


def _moment(found: DistrictProgress) -> str | None:
    return found.computed_at.astimezone(clock.VIETNAM).isoformat() if found.computed_at else None
