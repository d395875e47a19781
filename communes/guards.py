"""The first line of every view: who is it, and does their role carry the right?"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, cast

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect
from django_htmx.http import HttpResponseClientRefresh
from django_htmx.middleware import HtmxDetails

from civreg import faults
from communes.models import User
from communes.rights import ROLES, Rights, admits

P = ParamSpec("P")


class OfficeRequest(HttpRequest):
    """A request of somebody who has logged in, with their rights."""

    user: User
    rights: Rights
    htmx: HtmxDetails


def role_required(
    right: str,
) -> Callable[[Callable[Concatenate[OfficeRequest, P], HttpResponseBase]], Callable[..., HttpResponseBase]]:
    """Guard a view: a stranger goes to the log-in page, a role without ``right`` gets 403 before any look-up.

    A form sent after the session ended is not thrown away: the answer carries it, to be sent again after log-in.
    """
    if right not in ROLES:
        raise KeyError(right)

    def guard(
        view: Callable[Concatenate[OfficeRequest, P], HttpResponseBase],
    ) -> Callable[..., HttpResponseBase]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            office_request = cast(OfficeRequest, request)
            if not request.user.is_authenticated:
                return _to_log_in(office_request)
            if office_request.user.must_change_password:
                return redirect("communes:password")
            if not admits(office_request.user, right):
                raise PermissionDenied(right)
            office_request.rights = Rights.of(office_request.user)
            return view(office_request, *args, **kwargs)

        return guarded

    return guard


def _to_log_in(request: OfficeRequest) -> HttpResponseBase:
    if request.method == "POST":
        return faults.logged_out(request)
    # A page that asks for a part of itself is loaded anew: the log-in page must never land inside it.
    return HttpResponseClientRefresh() if request.htmx else redirect_to_login(request.get_full_path())
