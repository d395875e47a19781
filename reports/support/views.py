"""Pages of support: the board of laggards, one request with its verbs, and the forms of a commune."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communes import support
from communes.guards import OfficeRequest, role_required
from communes.models import RequestKind, RequestState, SupportRequest, Unit
from communes.rights import Rights
from digitization.posted import intent_in, whole
from reports.room.choosing import KEY, choose, start_in
from reports.support.board import Board
from reports.support.effect import effect_of
from reports.support.forms import AskForm, MeansForm
from reports.support.lines import MeansOf, means_of
from reports.support.request_page import FORMS, RequestPage, Sent
from reports.support.unit_page import UnitPage

Act = Callable[[SupportRequest, dict[str, Any], int, UUID], None]


@require_safe
@role_required("lead_campaign")
def board(request: OfficeRequest) -> HttpResponse:
    """Show the communes of one's office, those with open requests first."""
    page = Board.read(choose(request.GET.get(KEY, "")), request.rights)
    return render(request, "reports/support/board.html", {"page": page})


@require_safe
@role_required("ask_support")
def own_support(request: OfficeRequest) -> HttpResponse:
    """Lead to the page of one's own unit: of the post held first, for who has several."""
    own = request.rights.units_for("ask_support")
    post = next(post for post in request.rights.postings if post.unit_id in own)
    return redirect(
        f"{reverse('reports:unit_support', args=[post.unit.slug])}{start_in(request.GET.get(KEY, ''))}"
    )


@require_safe
@role_required("see_figures")
def unit_support(request: OfficeRequest, slug: str) -> HttpResponse:
    """Show what a unit has and asks for, to itself and to the offices above it, whether it is in a campaign or not."""
    unit = get_object_or_404(_units_to_read(request.rights), slug=slug)
    page = UnitPage.read(unit, request.rights)
    context = {"page": page, "start": start_in(request.GET.get(KEY, ""))}
    return render(request, "reports/support/unit.html", context)


@require_safe
@role_required("see_figures")
def support_request(request: OfficeRequest, request_id: int) -> HttpResponse:
    """Show one request to the unit that asks and to the offices above it; to nobody else it is there."""
    return _page(request, _one(request.rights, request_id))


@require_http_methods(["GET", "POST"])
@role_required("ask_support")
def ask(request: OfficeRequest, slug: str) -> HttpResponse:
    """Ask for support for one's own unit."""
    unit = _own_unit(request.rights, slug)
    form = AskForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        cleaned = {**form.cleaned_data, "kind": RequestKind(form.cleaned_data["kind"])}
        try:
            one = support.ask(by=request.user, unit=unit, intent=intent_in(request.POST), **cleaned)
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("The request is with the district now."))
            return redirect("reports:support_request", one.pk)
    return _form_page(request, "reports/support/ask.html", unit, form)


@require_http_methods(["GET", "POST"])
@role_required("ask_support")
def state_means(request: OfficeRequest, slug: str) -> HttpResponse:
    """Say what one's own unit has."""
    unit = _own_unit(request.rights, slug)
    known = means_of([unit.pk]).get(unit.pk, MeansOf())
    form = MeansForm(request.POST or None, initial=known.initial)
    if request.method == "POST" and form.is_valid():
        try:
            support.state_means(
                by=request.user, unit=unit, quantities=form.quantities, intent=intent_in(request.POST)
            )
        except ValidationError as refusal:
            form.add_error(None, refusal)
        else:
            messages.success(request, _("Saved: what the commune has as of today."))
            return redirect("reports:unit_support", slug)
    return _form_page(request, "reports/support/means.html", unit, form)


@require_POST
@role_required("lead_campaign")
def answer(request: OfficeRequest, request_id: int) -> HttpResponse:
    """Promise, or refuse."""

    def act(one: SupportRequest, said: dict[str, Any], seen: int, intent: UUID) -> None:
        if said["answer"] == RequestState.REFUSED:
            support.refuse(by=request.user, one=one, words=said["words"], seen=seen, intent=intent)
        else:
            support.promise(
                by=request.user,
                one=one,
                words=said["words"],
                promised_for=said["promised_for"],
                seen=seen,
                intent=intent,
            )

    return _act(request, request_id, "answer", act, _("The commune reads your answer now."))


@require_POST
@role_required("lead_campaign")
def deliver(request: OfficeRequest, request_id: int) -> HttpResponse:
    """Say what came."""

    def act(one: SupportRequest, said: dict[str, Any], seen: int, intent: UUID) -> None:
        support.deliver(by=request.user, one=one, seen=seen, intent=intent, **said)

    return _act(request, request_id, "deliver", act, _("Noted. The pace is watched from here on."))


@require_POST
@role_required("see_figures")
def close(request: OfficeRequest, request_id: int) -> HttpResponse:
    """Close, with the effect as it stands now."""

    def act(one: SupportRequest, said: dict[str, Any], seen: int, intent: UUID) -> None:
        effect = effect_of(one, one.steps.all())
        support.close(
            by=request.user,
            one=one,
            words=said["words"],
            effect=effect.published() if effect else None,
            seen=seen,
            intent=intent,
        )

    return _act(request, request_id, "close", act, _("The request is closed."))


@require_POST
@role_required("ask_support")
def withdraw(request: OfficeRequest, request_id: int) -> HttpResponse:
    """Take a request back."""

    def act(one: SupportRequest, said: dict[str, Any], seen: int, intent: UUID) -> None:
        support.withdraw(by=request.user, one=one, words=said["words"], seen=seen, intent=intent)

    return _act(request, request_id, "withdraw", act, _("The request is withdrawn."))


def requests_to_read(rights: Rights) -> QuerySet[SupportRequest]:
    """Return the requests whose words these rights may read: of one's own unit, and of those under one's office."""
    offices = rights.units_for("lead_campaign")
    own = Q(unit__in=rights.units_for("ask_support"))
    readable = own | Q(unit__in=offices) | Q(unit__parent__in=offices)
    return SupportRequest.objects.filter(readable).select_related("unit", "asked_by")


def _one(rights: Rights, request_id: int) -> SupportRequest:
    return get_object_or_404(requests_to_read(rights), pk=request_id)


def _own_unit(rights: Rights, slug: str) -> Unit:
    return get_object_or_404(Unit, pk__in=rights.units_for("ask_support"), slug=slug)


def _units_to_read(rights: Rights) -> QuerySet[Unit]:
    offices = rights.units_for("lead_campaign")
    return Unit.objects.filter(Q(pk__in=rights.units_for("ask_support") | offices) | Q(parent__in=offices))


def _act(request: OfficeRequest, request_id: int, verb: str, act: Act, done: str) -> HttpResponse:
    """Carry out a verb on a request, and show it again: with the form as it was typed where it was refused."""
    one = _one(request.rights, request_id)
    form = FORMS[verb](request.POST, auto_id=f"id_{verb}_%s")
    seen = whole(request.POST.get("seen", ""))
    if form.is_valid():
        try:
            act(one, form.cleaned_data, seen, intent_in(request.POST))
        except ValidationError as refusal:
            form.add_error(None, refusal)
            one.refresh_from_db()
        else:
            messages.success(request, done)
            return redirect("reports:support_request", one.pk)
    return _page(request, one, Sent(verb, form, seen))


def _page(request: OfficeRequest, one: SupportRequest, sent: Sent | None = None) -> HttpResponse:
    context = {
        "page": RequestPage.read(one, request.rights, sent),
        "intent": request.POST.get("intent") or uuid4(),
    }
    return render(request, "reports/support/request.html", context, status=422 if sent else 200)


def _form_page(request: OfficeRequest, template: str, unit: Unit, form: forms.Form) -> HttpResponse:
    context = {"unit": unit, "form": form, "intent": request.POST.get("intent") or uuid4()}
    return render(request, template, context, status=422 if form.errors else 200)
