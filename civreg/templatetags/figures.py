"""How numbers, shares, moments and days are printed, in the language of the reader."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django import template
from django.utils.formats import number_format
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.shares import tenths_of_percent, whole_percent

register = template.Library()


@register.filter
def number(value: int | None) -> str:
    """Print a count with grouped digits; a dash where it is not known."""
    return "–" if value is None else number_format(value, decimal_pos=0, use_l10n=True, force_grouping=True)


@register.filter
def signed(value: int) -> str:
    """Print a difference with its sign."""
    return f"+{number(value)}" if value > 0 else number(value)


@register.simple_tag
def whole_share(part: int, whole: int) -> str:
    """Print a share as a whole percent, truncated: 70000 of 86984 is "80%"; a dash where there is no whole."""
    share = whole_percent(part, whole)
    return "–" if share is None else _("%(share)s%%") % {"share": share}


@register.simple_tag
def share(part: int, whole: int) -> str:
    """Print a share with one truncated decimal: 2485 of 2486 is 99,9, never 100,0."""
    tenths = tenths_of_percent(part, whole)
    return "–" if tenths is None else number_format(tenths / 10, decimal_pos=1, use_l10n=True)


@register.simple_tag
def share_in_full(part: int, whole: int) -> str:
    """Print a share with one truncated decimal and its sign: 2485 of 2486 is "99,9 %"."""
    return share(part, whole) if not whole else _("%(share)s%%") % {"share": share(part, whole)}


@register.filter
def day(value: date | datetime | None) -> str:
    """Print a day as 05/12/2024; a moment is first brought to Vietnamese time."""
    if value is None:
        return "–"
    local = value.astimezone(clock.VIETNAM) if isinstance(value, datetime) else value
    return local.strftime("%d/%m/%Y")


@register.filter
def days_before(value: date, days: int) -> date:
    """Return the day so many days earlier."""
    return value - timedelta(days=days)


@register.filter
def clock_time(value: datetime | None) -> str:
    """Print the time of day as 20:41:07 in Vietnamese time."""
    return "–" if value is None else value.astimezone(clock.VIETNAM).strftime("%H:%M:%S")


@register.filter
def moment(value: datetime | None) -> str:
    """Print a moment as 20:41 05/12/2024 in Vietnamese time."""
    return "–" if value is None else value.astimezone(clock.VIETNAM).strftime("%H:%M %d/%m/%Y")
