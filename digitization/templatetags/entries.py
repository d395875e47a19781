"""Rows of entries as HTML. A list has hundreds of cells, and a template that visits each takes longer than the list."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from html import escape

from django import template
from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from digitization.entry_columns import NUMBER, Cell, Column, Row
from digitization.models import Record

register = template.Library()
# How a cell begins, by whether its words are short and whether a phone has room for it.
_STARTS = {
    (False, False): '<td class="drop-phone">',
    (False, True): "<td>",
    (True, False): '<td class="nowrap drop-phone">',
    (True, True): '<td class="nowrap">',
}


@register.simple_tag
def entry_rows(rows: Sequence[Row], pick: object = None) -> SafeString:
    """Return the body of a table of entries: a row each, the first cell leads to the entry; ticks where ``pick``."""
    language, lines = get_language() or "", []
    for row in rows:
        cells = [_tick(row.record)] if pick else []
        cells += [_cell(column, cell, row, language) for column, cell in row.cells]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return mark_safe("\n".join(lines))


def _cell(column: Column, cell: Cell, row: Row, language: str) -> str:
    if column.code == NUMBER:
        return _number(cell, row)
    if (record := cell.record) is not None:
        return f"<td>{_state(language, record.status, record.standing, record.open_warnings)}</td>"
    start, text = _STARTS[column.short, column.on_phone], escape(cell.text)
    return f'{start}<a href="{escape(cell.href)}">{text}</a></td>' if cell.href else f"{start}{text}</td>"


def _number(cell: Cell, row: Row) -> str:
    where = f'<span class="only-phone where muted small">{escape(row.where)}</span>' if row.where else ""
    link = f'<a href="{escape(cell.href)}">{escape(cell.text)}</a>'
    return f'<th scope="row" class="nowrap">{link}{where}</th>'


@lru_cache(maxsize=512)
def _state(language: str, status: str, standing: str, open_warnings: int) -> SafeString:
    """Return a state as every page shows it: there are few, and each is rendered once in each language."""
    record = Record(status=status, standing=standing, open_warnings=open_warnings)
    return render_to_string("digitization/parts/status.html", {"record": record})


def _tick(record: Record) -> str:
    return format_html(
        '<td><input type="checkbox" name="pick" value="{}:{}" aria-label="{}"></td>',
        record.pk,
        record.version,
        _("Tick number %(n)s") % {"n": record.number_raw},
    )
