"""``/api/v1/schema/``: the whole API as OpenAPI 3, for generators of clients and for our own page about it."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.renderers import OpenApiJsonRenderer2, OpenApiYamlRenderer2
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiResponse, extend_schema
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint
from communes.api.errors import refusals
from communes.api.permissions import role_permission


def whole_schema() -> dict[str, Any]:
    """Return the schema in the language of the reader."""
    found: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)
    return found


@extend_schema(
    summary=_("This description"),
    description=_("OpenAPI 3 in the language of the answer: JSON, or YAML for Accept: application/yaml."),
    responses={200: OpenApiResponse(OpenApiTypes.OBJECT, _("The schema.")), **refusals(400, 401, 403)},
)
class Schema(Endpoint):
    """The schema."""

    permission_classes = (role_permission("see_reference"),)
    renderer_classes = (OpenApiJsonRenderer2, OpenApiYamlRenderer2)

    def get(self, request: Request) -> Response:
        """Answer the whole of it."""
        return Response(whole_schema())
