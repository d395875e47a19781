"""What the inventory asks about a book: more entries than it holds (B02), a closing page that says otherwise (B03)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext_lazy as _

from digitization.models import Basis, BookTotal, Decision
from digitization.record_types.contract import Problem
from digitization.record_types.entries import said
from digitization.rules.books import B02, B03


def doubts_of(*, total: int | None, digitized: int, stated: Iterable[BookTotal]) -> list[Problem]:
    """Return what is to be asked about a book. ``stated`` are all statements of its total, the latest first."""
    return [*_more_than_there_are(total, digitized), *_closing_and_count(list(stated))]


def _more_than_there_are(total: int | None, digitized: int) -> Iterator[Problem]:
    if total is not None and digitized > total:
        message = _("%(digitized)s entries are digitized, but the total is %(total)s. Check the total.")
        yield B02.warning("total", said(message, digitized=digitized, total=total))


def _closing_and_count(stated: list[BookTotal]) -> Iterator[Problem]:
    """B03: the last closing page stated against the last count; what justice refused was never stated."""
    closing, counted = (_last(stated, basis) for basis in (Basis.CLOSING, Basis.COUNTED))
    if closing is None or counted is None or closing.total == counted.total:
        return
    message = _("The closing page says %(closing)s entries, the count found %(counted)s.")
    text = said(message, closing=closing.total, counted=counted.total)
    later = max(closing, counted, key=lambda one: (one.at, one.pk))
    settled = later.decision == Decision.CONFIRMED
    yield B03.notice("total", text) if settled else B03.warning("total", text)


def _last(stated: list[BookTotal], basis: Basis) -> BookTotal | None:
    return next((one for one in stated if one.basis == basis and one.decision != Decision.REFUSED), None)
