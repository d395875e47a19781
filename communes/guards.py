"""The first line of every view: who is it, and does their role carry the right?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from communes.models import User
from communes.rights import ROLES, Rights

P = ParamSpec("P")


class OfficeRequest(HttpRequest):
    """A request of somebody who has logged in, with their rights."""

    user: User
    rights: Rights


def role_required(
    right: str,
) -> Callable[[Callable[Concatenate[OfficeRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Guard a view: a stranger goes to the log-in page, a role without ``right`` gets 403 before any look-up."""
    if right not in ROLES:
        raise KeyError(right)

    def guard(
        view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            office_request = cast(OfficeRequest, request)
            office_request.rights = Rights.of(office_request.user)
            if office_request.user.must_change_password:
                return redirect("communes:password")
            if not office_request.rights.may(right):
                raise PermissionDenied(right)
            return view(office_request, *args, **kwargs)

        return cast("Callable[..., HttpResponseBase]", login_required(guarded))

    return guard
