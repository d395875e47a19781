"""The door: log-in, log-out, one's own password, the language, and the way to the first room."""

from __future__ import annotations

from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import LoginView, LogoutView, PasswordChangeDoneView, PasswordChangeView
from django.core.exceptions import PermissionDenied
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import redirect, resolve_url
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST, require_safe

from communes import tokens
from communes.forms import LoginForm, OwnPasswordForm
from communes.models import User
from communes.rights import Rights


def local_path(request: HttpRequest, address: str) -> str:
    """Return an address given to us where it is a path of this site, "" where it leads anywhere else."""
    ours = url_has_allowed_host_and_scheme(address, {request.get_host()}, require_https=request.is_secure())
    return address if ours and address.startswith("/") else ""


class Login(LoginView):
    """Lets a person in, and on to the page they came for when it is one of ours."""

    authentication_form = LoginForm
    redirect_authenticated_user = True

    def get_success_url(self) -> str:
        """Return where to go next: a password given by the administrator is changed first."""
        user = self.request.user
        if isinstance(user, User) and user.must_change_password:
            return resolve_url("communes:password")
        return super().get_success_url()

    def get_redirect_url(self) -> str:  # type: ignore[override]
        """Return the page the person came for, "" where there is none: the door itself is no page to come for."""
        wanted = local_path(self.request, super().get_redirect_url())
        return "" if urlsplit(wanted).path == self.request.path else wanted

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again with what was typed."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


class OwnPassword(PasswordChangeView):
    """Lets a person choose their own password; their other devices are logged out by it."""

    form_class = OwnPasswordForm
    success_url = reverse_lazy("communes:password_done")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Say how many tokens end with the present password."""
        held = tokens.listed(cast(User, self.request.user))
        working = sum(row.works for row in held)
        return super().get_context_data(working_tokens=working, **kwargs)

    def form_invalid(self, form: BaseForm) -> HttpResponse:
        """Show the form again with its errors."""
        return self.render_to_response(self.get_context_data(form=form), status=422)


@require_safe
def session(request: HttpRequest) -> JsonResponse:
    """Tell a page whether it still reaches us, who is logged in ("" for nobody), and a token for its next form."""
    user = request.user.username if isinstance(request.user, User) else ""
    return JsonResponse({"user": user, "token": get_token(request)})


login = Login.as_view()
logout = LogoutView.as_view()
password = login_required(OwnPassword.as_view())
password_done = login_required(PasswordChangeDoneView.as_view())


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language with the account and in a cookie, and return to the page the person was on."""
    code = request.POST.get("language", "")
    back = local_path(request, request.POST.get("next", ""))
    response = HttpResponseRedirect(back or reverse("communes:home"))
    if code in dict(settings.LANGUAGES):
        if isinstance(request.user, User):
            request.user.language = code
            request.user.save(update_fields=["language"])
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME,
            code,
            max_age=settings.LANGUAGE_COOKIE_AGE,
            secure=settings.HTTPS,
            httponly=True,
            samesite="Lax",
        )
    return response


@login_required
def home(request: HttpRequest) -> HttpResponseBase:
    """Lead to the room where a person's day begins: accounts, books or figures."""
    user = cast(User, request.user)
    rights = Rights.of(user)
    if user.must_change_password:
        return redirect("communes:password")
    for right, room in (
        ("administer", "communes:accounts"),
        ("see_records", "digitization:books"),
        ("see_figures", "reports:dashboard"),
    ):
        if rights.may(right):
            return redirect(room)
    raise PermissionDenied("no posting")
