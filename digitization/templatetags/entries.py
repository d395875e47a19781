"""Rows of entries as HTML. A list has hundreds of cells, and a template that visits each takes longer than the list."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.template.loader import render_to_string
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from digitization.entry_columns import NUMBER, Cell, Column, Row
from digitization.models import Record

register = template.Library()


@register.simple_tag
def entry_rows(rows: Sequence[Row], pick: object = None) -> SafeString:
    """Return the body of a table of entries: a row each, the first cell leads to the entry; ticks where ``pick``."""
    states: dict[tuple[str, str, int], SafeString] = {}
    lines = []
    for row in rows:
        cells = [_tick(row.record)] if pick else []
        cells += [_cell(column, cell, row, states) for column, cell in row.cells]
        lines.append(f"<tr>{''.join(cells)}</tr>")
    return mark_safe("\n".join(lines))


def _cell(column: Column, cell: Cell, row: Row, states: dict[tuple[str, str, int], SafeString]) -> str:
    if column.code == NUMBER:
        return _number(cell, row)
    if cell.record is not None:
        return f"<td>{_state(cell.record, states)}</td>"
    names = " ".join([*(["nowrap"] if column.short else []), *([] if column.on_phone else ["drop-phone"])])
    start = f'<td class="{names}">' if names else "<td>"
    text = conditional_escape(cell.text)
    return (
        f'{start}<a href="{conditional_escape(cell.href)}">{text}</a></td>'
        if cell.href
        else f"{start}{text}</td>"
    )


def _number(cell: Cell, row: Row) -> str:
    where = row.where and format_html('<span class="only-phone where muted small">{}</span>', row.where)
    return format_html(
        '<th scope="row" class="nowrap"><a href="{}">{}</a>{}</th>', cell.href, cell.text, where
    )


def _state(record: Record, states: dict[tuple[str, str, int], SafeString]) -> SafeString:
    """Return the state as every page shows it; most entries of a list are in one of few."""
    state = (record.status, record.standing, record.open_warnings)
    if state not in states:
        states[state] = render_to_string("digitization/parts/status.html", {"record": record})
    return states[state]


def _tick(record: Record) -> str:
    return format_html(
        '<td><input type="checkbox" name="pick" value="{}:{}" aria-label="{}"></td>',
        record.pk,
        record.version,
        _("Tick number %(n)s") % {"n": record.number_raw},
    )
