"""What a person keeps for their lists: the columns of each kind, and filters under names of their own."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from civreg.lib.vietnamese import clean, has_control_characters
from communes.guards import OfficeRequest, role_required
from communes.models import User
from digitization.entry_columns import MANY_COLUMNS, NUMBER, OF_THE_BOOK, columns_of
from digitization.filters import address_of
from digitization.lists.asking import Asked, asked
from digitization.lists.pages import columns_for, kept_by
from digitization.models import ListColumns, SavedFilter
from digitization.record_types import BY_CODE

MOST_FILTERS = 30


@require_http_methods(["GET", "POST"])
@role_required("see_records")
def choose_columns(request: OfficeRequest) -> HttpResponse:
    """Choose what the lists of one kind show; remembered for the person and the kind."""
    found = asked(request, request.POST if request.method == "POST" else request.GET)
    if not found.filters.is_valid():
        raise Http404
    known = columns_of(found.kind)
    if request.method == "POST":
        # Without any they are the standard ones again.
        chosen = (
            [] if "standard" in request.POST else [c for c in known if c in request.POST.getlist("column")]
        )
        ListColumns.objects.update_or_create(
            user=request.user, kind=found.kind, defaults={"columns": chosen[:MANY_COLUMNS]}
        )
        return back_to_list(found)
    shown = {column.code for column in columns_for(request, found)}
    left_out = {NUMBER, *(OF_THE_BOOK if found.book else ())}
    context = {
        "asked": found,
        "kind": BY_CODE.get(found.kind),
        "columns": [(column, code in shown) for code, column in known.items() if code not in left_out],
        "most": MANY_COLUMNS,
    }
    return render(request, "digitization/list_columns.html", context)


@require_safe
@role_required("see_records")
def saved_filters(request: OfficeRequest) -> HttpResponse:
    """Show the filters a person keeps, to be renamed or thrown away."""
    return render(request, "digitization/saved_filters.html", {"saved": kept_by(request.user)})


@require_POST
@role_required("see_records")
def save_filter(request: OfficeRequest) -> HttpResponse:
    """Keep the filters of a list under a name."""
    found = asked(request, request.POST)
    name = named(request)
    if not found.filters.is_valid() or not found.given:
        messages.error(request, _("Nothing narrows this list: there is nothing to keep."))
    elif SavedFilter.objects.filter(user=request.user).count() >= MOST_FILTERS:
        messages.error(
            request, _("You keep %(most)s filters already: throw one away first.") % {"most": MOST_FILTERS}
        )
    elif name and _kept(SavedFilter(user=request.user, name=name, filters=found.given), request):
        messages.success(request, _("The filter is kept."))
    return back_to_list(found)


@require_POST
@role_required("see_records")
def rename_filter(request: OfficeRequest, filter_id: int) -> HttpResponse:
    """Give one's own filter another name."""
    kept = own_filter(request.user, filter_id)
    if name := named(request):
        kept.name = name
        if _kept(kept, request):
            messages.success(request, _("Saved."))
    return redirect("digitization:saved_filters")


@require_POST
@role_required("see_records")
def drop_filter(request: OfficeRequest, filter_id: int) -> HttpResponse:
    """Throw one's own filter away."""
    own_filter(request.user, filter_id).delete()
    messages.success(request, _("The filter was thrown away."))
    return redirect("digitization:saved_filters")


def own_filter(user: User, pk: int) -> SavedFilter:
    """Return a filter of the person's own; raises Http404 for any other."""
    return get_object_or_404(SavedFilter, pk=pk, user=user)


def back_to_list(found: Asked) -> HttpResponseRedirect:
    """Go back to the list with the filters it had."""
    return HttpResponseRedirect(address_of(found.given))


def named(request: OfficeRequest) -> str:
    """Return the name somebody gave a filter; says what is wrong with it, and returns "", where it cannot be kept."""
    name = clean(request.POST.get("name", ""))
    if not name or len(name) > 60 or has_control_characters(name):
        messages.error(request, _("Give the filter a name of at most 60 letters."))
        return ""
    return name


def _kept(kept: SavedFilter, request: OfficeRequest) -> bool:
    """Save a filter; says why, and returns False, where its name is another's."""
    try:
        kept.validate_constraints()
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return False
    kept.save()
    return True
