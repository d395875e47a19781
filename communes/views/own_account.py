"""One's own account: who one is here, the way to another password, and the tokens for programs."""

from __future__ import annotations

from typing import cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from communes import tokens
from communes.acting import acting
from communes.forms import OwnMailForm, TokenForm
from communes.guards import OfficeRequest, role_required
from communes.mail.outbox import mail_works
from communes.models import User
from communes.rights import Rights


@require_safe
@login_required
def own_account(request: HttpRequest) -> HttpResponse:
    """Show the person's own account."""
    person = cast(User, request.user)
    if person.must_change_password:
        return redirect("communes:password")
    return _page(request, TokenForm(owner=person))


@require_POST
@role_required("see_notices")
def own_mail(request: OfficeRequest) -> HttpResponse:
    """Keep what the person wants by e-mail; 404 where this installation sends none."""
    if not mail_works():
        raise Http404
    form = OwnMailForm(request.POST, instance=User.objects.get(pk=request.user.pk))
    if not form.is_valid():
        return _page(request, TokenForm(owner=request.user), mail=form)
    with acting(request.user):
        form.instance.save(update_fields=list(form.cleaned_data))
    messages.success(request, _("Your choice of e-mails was saved."))
    return redirect("communes:own_account")


@require_POST
@role_required("see_reference")
def new_token(request: OfficeRequest) -> HttpResponse:
    """Make a token; the page that answers shows its secret, once, and nothing else keeps it."""
    form = TokenForm(request.POST, owner=request.user)
    if form.is_valid():
        try:
            made = tokens.make_token(by=request.user, **form.asked_for())
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return render(request, "communes/token_made.html", {"made": made})
    return _page(request, form)


@require_POST
@role_required("see_reference")
def revoke_token(request: OfficeRequest, pk: int) -> HttpResponse:
    """End one of the person's own tokens."""
    token = get_object_or_404(request.user.tokens, pk=pk)
    tokens.revoke(by=request.user, token=token)
    messages.success(request, _("The token “%(name)s” was revoked.") % {"name": token.name})
    return redirect("communes:own_account")


def _page(request: HttpRequest, form: TokenForm, *, mail: OwnMailForm | None = None) -> HttpResponse:
    person = cast(User, request.user)
    context = {
        "form": form,
        "mail_form": mail or _mail_form(person),
        "postings": person.current_postings,
        "tokens": tokens.listed(person),
    }
    status = 422 if form.is_bound or mail is not None else 200
    return render(request, "communes/own_account.html", context, status=status)


def _mail_form(person: User) -> OwnMailForm | None:
    wanted = mail_works() and Rights.of(person).may("see_notices")
    return OwnMailForm(instance=person) if wanted else None
