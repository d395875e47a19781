"""The administrator's pages about accounts."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib import clock
from communes import accounts, tokens
from communes.forms import AccountForm, NewAccountForm, PostingForm, SearchForm
from communes.guards import OfficeRequest, role_required
from communes.models import ApiToken, Posting, User

PER_PAGE = 50


@require_safe
@role_required("administer")
def account_list(request: OfficeRequest) -> HttpResponse:
    """Show the accounts with their posts, narrowed by name, unit or role."""
    search = SearchForm(request.GET)
    search.is_valid()
    rows = accounts.list_accounts(
        words=search.cleaned_data.get("words", ""),
        role=search.cleaned_data.get("role", ""),
        everybody=search.cleaned_data.get("everybody", False),
    )
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("trang"))
    query = request.GET.copy()
    query.pop("trang", None)
    context = {"search": search, "page": page, "query": f"{query.urlencode()}&" if query else ""}
    return render(request, "communes/accounts.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("administer")
def new_account(request: OfficeRequest) -> HttpResponse:
    """Open an account with its first post; the page that answers shows the one-time password, once."""
    form = NewAccountForm(request.POST or None)
    posting_form = PostingForm(request.POST or None, prefix="posting")
    if request.method == "POST" and all([form.is_valid(), posting_form.is_valid()]):
        try:
            handover = accounts.open_account(
                by=request.user, account=form.instance, posting=posting_form.instance
            )
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            return render(request, "communes/handover.html", {"handover": handover, "is_new": True})
    status = 422 if request.method == "POST" else 200
    return render(
        request, "communes/new_account.html", {"form": form, "posting_form": posting_form}, status=status
    )


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("administer")
def account(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one account and save changes of its name, end and openness."""
    person = get_object_or_404(User, pk=pk)
    form = AccountForm(request.POST or None, instance=person)
    if request.method == "POST" and form.is_valid():
        try:
            accounts.edit_account(by=request.user, account=person, values=form.cleaned_data)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, _("The account %(username)s was saved.") % {"username": person.username}
            )
            return redirect("communes:account", pk)
    return _account_page(request, pk, form=form)


@require_POST
@role_required("administer")
def add_posting(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give a person a post."""
    person = get_object_or_404(User, pk=pk)
    form = PostingForm(request.POST, instance=Posting(user=person))
    if form.is_valid():
        try:
            accounts.add_posting(by=request.user, posting=form.instance)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("The posting was added."))
            return redirect("communes:account", pk)
    return _account_page(request, pk, posting_form=form)


@require_POST
@role_required("administer")
def end_posting(request: OfficeRequest, pk: int, posting: int) -> HttpResponse:
    """End a post from today on."""
    held = get_object_or_404(Posting.objects.select_related("unit", "user"), pk=posting, user_id=pk)
    try:
        accounts.end_posting(by=request.user, posting=held, on=clock.today())
    except ValidationError as refused:
        messages.error(request, refused.messages[0])
    else:
        messages.success(request, _("The posting was ended."))
    return redirect("communes:account", pk)


@require_POST
@role_required("administer")
def reset_password(request: OfficeRequest, pk: int) -> HttpResponse:
    """Give an account a new one-time password and show it, once."""
    person = get_object_or_404(User, pk=pk)
    handover = accounts.reset_password(by=request.user, account=person)
    return render(request, "communes/handover.html", {"handover": handover, "is_new": False})


@require_POST
@role_required("administer")
def revoke_token(request: OfficeRequest, pk: int, token: int) -> HttpResponse:
    """End somebody's token."""
    held = get_object_or_404(ApiToken, pk=token, user_id=pk)
    tokens.revoke(by=request.user, token=held)
    messages.success(request, _("The token “%(name)s” was revoked.") % {"name": held.name})
    return redirect("communes:account", pk)


def _account_page(
    request: OfficeRequest,
    pk: int,
    *,
    form: AccountForm | None = None,
    posting_form: PostingForm | None = None,
) -> HttpResponse:
    # Read again: the instance behind a refused form carries what was typed, and the heading must not.
    person = User.objects.get(pk=pk)
    bound = [shown for shown in (form, posting_form) if shown is not None and shown.is_bound]
    context = {
        "person": person,
        "open": person.open_on(clock.today()),
        "form": form or AccountForm(instance=person),
        "posting_form": posting_form or PostingForm(),
        "postings": [
            (p, accounts.in_force(p, clock.today())) for p in person.postings.select_related("unit")
        ],
        "today": clock.today(),
        "tokens": tokens.listed(person),
    }
    return render(request, "communes/account.html", context, status=422 if bound else 200)
