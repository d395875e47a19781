"""The administrator's pages about units."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from communes import territory
from communes.forms import NewUnitForm, SuccessionForm, UnitForm
from communes.guards import OfficeRequest, role_required
from communes.models import Succession, Unit


@require_safe
@role_required("administer")
def unit_list(request: OfficeRequest) -> HttpResponse:
    """Show the units as a tree, with what became of those that ended."""
    return render(request, "communes/units.html", {"rows": territory.unit_tree()})


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("administer")
def new_unit(request: OfficeRequest) -> HttpResponse:
    """Add a unit an act created."""
    form = NewUnitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            territory.save_unit(by=request.user, unit=form.instance)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(unit)s was added.") % {"unit": form.instance.title})
            return redirect("communes:unit", form.instance.pk)
    return render(request, "communes/new_unit.html", {"form": form}, status=422 if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@role_required("administer")
def unit(request: OfficeRequest, pk: int) -> HttpResponse:
    """Show one unit and save corrections of its names and validity."""
    form = UnitForm(request.POST or None, instance=get_object_or_404(Unit, pk=pk))
    if request.method == "POST" and form.is_valid():
        try:
            territory.save_unit(by=request.user, unit=form.instance)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(request, _("%(unit)s was saved.") % {"unit": form.instance.title})
            return redirect("communes:unit", pk)
    return _unit_page(request, pk, form=form)


@require_POST
@role_required("administer")
def add_succession(request: OfficeRequest, pk: int) -> HttpResponse:
    """Write down what became of a unit."""
    former = get_object_or_404(Unit, pk=pk)
    form = SuccessionForm(request.POST, instance=Succession(predecessor=former))
    if form.is_valid():
        try:
            territory.record_succession(by=request.user, succession=form.instance)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            messages.success(
                request, _("The succession of %(unit)s was written down.") % {"unit": former.full_name}
            )
            return redirect("communes:unit", pk)
    return _unit_page(request, pk, succession_form=form)


def _unit_page(
    request: OfficeRequest,
    pk: int,
    *,
    form: UnitForm | None = None,
    succession_form: SuccessionForm | None = None,
) -> HttpResponse:
    # Read again: the instance behind a refused form carries what was typed, and the heading must not.
    shown = get_object_or_404(Unit.objects.select_related("parent"), pk=pk)
    bound = [one for one in (form, succession_form) if one is not None and one.is_bound]
    context = {
        "unit": shown,
        "form": form or UnitForm(instance=shown),
        "succession_form": succession_form or SuccessionForm(),
        "successions": shown.successions.select_related("successor"),
        "origins": shown.origins.select_related("predecessor"),
    }
    return render(request, "communes/unit.html", context, status=422 if bound else 200)
