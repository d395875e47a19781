"""The first line of every view of the API: the same question as ``communes.guards``, and bodies that can be read."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser
from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from communes.rights import ROLES, admits


def role_permission(right: str) -> type[BasePermission]:
    """Return the permission of a view of the API: 403 for strangers, and for whom ``right`` is not among the duties.

    Raises KeyError for a right that does not exist, when the view is defined.
    """
    if right not in ROLES:
        raise KeyError(right)

    class RoleRequired(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            return admits(request.user, right)

    return RoleRequired


class ShallowJSONParser(JSONParser):
    """Reads JSON; what is nested too deeply to read is the sender's fault, not ours."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return what the body says; raises ParseError. How large it may be is asked before, as of a form."""
        try:
            return super().parse(stream, media_type, parser_context)
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None
