"""The first line of every view of the API: the same question as ``communes.guards``."""

from __future__ import annotations

from rest_framework.permissions import BasePermission
from rest_framework.request import Request
from rest_framework.views import APIView

from communes.rights import ROLES, admits


def role_permission(right: str) -> type[BasePermission]:
    """Return the permission of a view of the API: 403 for whom ``right`` is not among the duties, or the token's.

    Raises KeyError for a right that does not exist, when the view is defined.
    """
    if right not in ROLES:
        raise KeyError(right)

    class RoleRequired(BasePermission):
        def has_permission(self, request: Request, view: APIView) -> bool:
            return admits(request.user, right)

    return RoleRequired
