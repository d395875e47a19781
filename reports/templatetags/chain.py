"""The cells of a chain of counts. A page has a thousand of them: a template for each would cost more than all else."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from civreg.templatetags.figures import number
from reports.room.chain import Count

register = template.Library()


@register.simple_tag
def chain_cells(counts: Iterable[Count], parts: bool = False) -> SafeString:
    """Return a table cell for each count, as a link where it leads somewhere.

    What is declared stands below. ``parts``: it is the part of the count that is declared only.
    """
    words = _("only declared: %(n)s") if parts else _("declared: %(n)s")
    return SafeString("".join(_cell(count, words) for count in counts))


def _cell(count: Count, words: str) -> str:
    looks = "".join(
        look for look, there in ((" drop-phone", not count.on_phone), (" chosen", count.chosen)) if there
    )
    of = f'<span class="muted"> / {number(count.of)}</span>' if count.has_of else ""
    declared = (
        _linked(words % {"n": number(count.declared)}, count.declared_address) if count.declared else ""
    )
    below = f'<small class="declared">{declared}</small>' if declared else ""
    return f'<td class="num{looks}">{_linked(number(count.n), count.address)}{of}{below}</td>'


def _linked(text: str, address: str) -> str:
    return f'<a href="{escape(address)}">{escape(text)}</a>' if address else escape(text)
