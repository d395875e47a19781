"""A list taken out as a file. It carries personal data: it has a reason, an end, and leaves a line behind."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from django.conf import settings
from django.contrib import messages
from django.http.response import HttpResponseBase
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from civreg.lib import clock
from civreg.lib.written_tables import answer_with, form_asked
from civreg.templatetags.figures import moment
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.entry_columns import Column, rows_of, with_what_is_shown
from digitization.entry_lists import walked
from digitization.lists.asking import Asked, asked
from digitization.lists.keeping import back_to_list
from digitization.lists.pages import MOST_ROWS, columns_for, order_of, reads_many
from digitization.models import ListExport
from digitization.verbs import Refused, stated

AT_ONCE = 1_000
LONGEST_REASON = 500


@require_POST
@role_required("see_records")
def export(request: OfficeRequest) -> HttpResponseBase:
    """Answer the list of the posted filters as a workbook or as comma-separated text."""
    found = asked(request, request.POST)
    if not found.filters.is_valid():
        return back_to_list(found)
    try:
        reason = stated(request.POST.get("reason", ""))[:LONGEST_REASON]
    except Refused as refusal:
        messages.error(request, str(refusal.message))
        return back_to_list(found)
    rows = found.filters.qs.order_by()[: MOST_ROWS + 1].count()
    if rows > MOST_ROWS:
        words = _("A file holds %(most)s entries at most. Narrow the list, by year for instance.")
        messages.error(request, words % {"most": number_format(MOST_ROWS, force_grouping=True)})
        return back_to_list(found)
    form = form_asked(request.POST.get("form"))
    columns = columns_for(request, found)
    # Written down before anything leaves: a download that breaks off is one, too.
    left = ListExport.objects.create(
        by=request.user,
        at=clock.now(),
        form=form,
        reason=reason,
        filters=found.given,
        columns=[column.code for column in columns],
        rows=rows,
    )
    return _file(request, found, columns, left)


def _file(
    request: OfficeRequest, found: Asked, columns: Sequence[Column], left: ListExport
) -> HttpResponseBase:
    units = access.units_to_read(request.rights) if reads_many(request, found) else None
    records = with_what_is_shown(found.filters.qs, columns)
    order = order_of(request.POST.get("xep", ""), found)
    heads = [str(column.label) for column in columns]
    name = f"ho-so-{clock.today():%Y-%m-%d}-{left.pk}"

    def texts(language: str) -> Iterator[list[str]]:
        for some in walked(records, order, units=units, at_once=AT_ONCE):
            # A stream is written after the language of its reader was put away.
            with translation.override(language):
                lines = [[cell.in_words for _column, cell in row.cells] for row in rows_of(some, columns)]
            yield from lines

    rows = texts(translation.get_language() or settings.LANGUAGE_CODE)
    return answer_with(form_asked(left.form), name, heads, rows, _about(request, found, left))


def _about(request: OfficeRequest, found: Asked, left: ListExport) -> list[tuple[str, str]]:
    """Return what the second sheet of a workbook says: who took the list out, when and why, and what is in it."""
    return [
        (_("Taken out by"), str(left.by)),
        (_("Taken out at"), moment(left.at)),
        (_("Why"), left.reason),
        (_("Entries"), number_format(left.rows, force_grouping=True)),
        *((chip.label, chip.words) for chip in found.chips()),
        (_("Careful"), _("This list holds personal data. Keep it as you keep the books.")),
    ]
