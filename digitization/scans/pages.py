"""How the pictures of a book stand against its pages: scanned, blank, damaged or lost, missing, repeated."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Q
from django.utils.translation import gettext as _

from civreg.lib import clock
from communes.models import User
from digitization.crops import Box
from digitization.models import Book, BookPage, PageState, RecordScan, Scan, ScanState
from digitization.models.scans import pages_in, sort_of, tidy_label
from digitization.runs import runs_of

_RANGE = re.compile(r"([0-9]{1,5})\s*[-–]\s*([0-9]{1,5})")
_MOST_AT_ONCE = 500
_ACCOUNTED = (PageState.BLANK, PageState.DAMAGED, PageState.MISSING)


class NotSaid(ValueError):
    """What was typed names no pages; the text says what to type."""


class Busy(Exception):
    """The worker holds the picture at this moment; the text says so."""


@dataclass(frozen=True, slots=True)
class Reckoning:
    """Pages of a book by what is known of them. ``expected`` is its page count, None where nobody has stated one.

    ``accounted`` are its numbered pages with a picture or a statement, each once: the figures count these.
    """

    expected: int | None
    accounted: int
    scanned: int
    without: tuple[tuple[str, int], ...]
    missing: tuple[str, ...]
    n_missing: int
    repeated: tuple[str, ...]
    beyond: tuple[str, ...]
    waiting: int
    refused: int
    refused_pages: tuple[str, ...]
    unnamed: int
    unconfirmed: int

    @property
    def complete(self) -> bool:
        """Tell whether every page of the book is accounted for, once."""
        open_questions = (
            self.n_missing,
            self.repeated,
            self.beyond,
            self.waiting,
            self.unnamed,
            self.unconfirmed,
        )
        return self.expected is not None and not any(open_questions)


def reckoning_of(book: Book) -> Reckoning:
    """Count a book's pages: pictures in use, pages said to be blank, damaged or lost, and what is left."""
    rows = Scan.objects.filter(book=book).in_the_book()
    states = Counter(rows.order_by().values_list("state", flat=True))
    ready = list(rows.ready().order_by().values_list("page", "confirmed"))
    labels = Counter(label for label, _confirmed in ready if label)
    said = dict(BookPage.objects.filter(book=book, state__in=_ACCOUNTED).values_list("label", "state"))
    shown = _pages_with(labels)
    known = {number for label in (*labels, *said) for number in pages_in(label)}
    turned_down = list(rows.filter(state=ScanState.REFUSED).order_by().values_list("page", flat=True))
    last = book.pages or max(known, default=0)
    missing = [number for number in range(1, last + 1) if number not in known]
    beyond = sorted(number for number in known if book.pages and number > book.pages)
    return Reckoning(
        expected=book.pages,
        accounted=last - len(missing),
        scanned=len(shown),
        # A page that is blank or damaged may have its picture, too: it counts once, as scanned.
        without=_by_state({label: state for label, state in said.items() if label not in shown}),
        missing=tuple(map(str, runs_of(missing))),
        n_missing=len(missing),
        repeated=tuple(sorted((label for label, n in labels.items() if n > 1), key=sort_of)),
        beyond=tuple(map(str, runs_of(beyond))),
        waiting=states[ScanState.WAITING],
        refused=len(turned_down),
        refused_pages=tuple(_named(turned_down)),
        unnamed=sum(not label for label, _confirmed in ready),
        unconfirmed=sum(bool(label) and not confirmed for label, confirmed in ready),
    )


def next_page(book: Book) -> str:
    """Return the page a person with a camera comes to next: after the last one there is."""
    last = Scan.objects.filter(book=book).in_the_book().exclude(state=ScanState.REFUSED)
    labels = last.order_by().values_list("page", flat=True)
    return str(max((number for label in labels for number in pages_in(label)), default=0) + 1)


@transaction.atomic
def confirm(book: Book, labels: Mapping[str, str]) -> int:
    """Set page labels by key, as a person typed or left them; returns how many pictures they are now settled for."""
    settled = 0
    scans = Scan.objects.filter(book=book, key__in=labels).exclude(state=ScanState.WAITING).order_by("pk")
    for scan in scans.select_for_update():
        label = tidy_label(labels[scan.key])
        if (scan.page, scan.confirmed) == (label, bool(label)):
            continue
        scan.page, scan.sort, scan.confirmed = label, sort_of(label), bool(label)
        scan.save(update_fields=["page", "sort", "confirmed"])
        settled += 1
    return settled


@transaction.atomic
def prefer(scan: Scan) -> int:
    """Keep one of several pictures of a page; the others are replaced by it. Returns how many."""
    others = Q(book=scan.book_id, page=scan.page, state=ScanState.READY, replaced_by__isnull=True)
    if not scan.page or scan.state != ScanState.READY:
        return 0
    Scan.objects.filter(pk=scan.pk).update(replaced_by=None)
    return Scan.objects.filter(others).exclude(pk=scan.pk).update(replaced_by=scan)


def take_out(scan: Scan, *, by: User) -> bool:
    """Take a picture out of its book, into which it was sent by mistake; tells whether it was there to be taken.

    Nothing is deleted: what was typed from it goes on pointing to it, and it can be brought back.
    """
    there = Scan.objects.filter(pk=scan.pk, state=ScanState.READY)
    return bool(there.update(state=ScanState.ASIDE, aside_by=by, aside_at=clock.now()))


def bring_back(scan: Scan) -> bool:
    """Bring a picture back that was taken out; tells whether it was out."""
    out = Scan.objects.filter(pk=scan.pk, state=ScanState.ASIDE)
    return bool(out.update(state=ScanState.READY, aside_by=None, aside_at=None))


@transaction.atomic
def turn(pk: int, degrees: int) -> None:
    """Turn a picture clockwise: the worker makes anew what is served, and the parts of entries turn with it.

    Raises Busy while the worker holds it.
    """
    scan = Scan.objects.select_for_update(skip_locked=True, no_key=True).filter(pk=pk).first()
    if scan is None:
        raise Busy(_("The picture is being worked on. Try again in a moment."))
    scan.turned = (scan.turned + degrees) % 360
    scan.save(update_fields=["turned"])
    for link in RecordScan.objects.filter(scan=scan).select_for_update():
        if box := Box.of(link):
            turned = box.turned(degrees)
            link.left, link.top, link.width, link.height = (
                turned.left,
                turned.top,
                turned.width,
                turned.height,
            )
            link.save(update_fields=["left", "top", "width", "height"])


@transaction.atomic
def say(*, book: Book, by: User, pages: str, state: PageState, note: str) -> int:
    """Note the state of pages, typed as "3, 7-9"; returns of how many. Raises NotSaid."""
    labels = labels_in(pages)
    for label in labels:
        BookPage.objects.update_or_create(
            book=book,
            label=label,
            defaults={
                "sort": sort_of(label),
                "state": state,
                "note": note[:200],
                "by": by,
                "at": clock.now(),
            },
        )
    return len(labels)


def labels_in(text: str) -> list[str]:
    """Return the page labels somebody typed, in order, each once; raises NotSaid."""
    labels: dict[str, None] = {}
    for piece in filter(None, (piece.strip() for piece in re.split(r"[,;]", text))):
        if found := _RANGE.fullmatch(piece):
            first, last = int(found[1]), int(found[2])
            if last < first or last - first >= _MOST_AT_ONCE:
                raise NotSaid(_("“%(text)s” is no range of pages.") % {"text": piece})
            labels |= dict.fromkeys(str(number) for number in range(first, last + 1))
        else:
            labels[tidy_label(piece)] = None
    if not labels or len(labels) > _MOST_AT_ONCE:
        raise NotSaid(_("Write the pages, such as 3, 7-9; 500 at most."))
    return list(labels)


def _pages_with(labels: Iterable[str]) -> set[str]:
    """Return the pages that pictures show: of the open book both, of a cover its name."""
    return {page for label in labels for page in (map(str, pages_in(label)) if pages_in(label) else (label,))}


def _by_state(said: Mapping[str, str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(said.values())
    return tuple((str(PageState(state).label), counts[state]) for state in _ACCOUNTED if counts[state])


def _named(labels: Iterable[str]) -> Iterable[str]:
    """Yield the labels of pages, numbers first and those that follow each other as one; blank labels are left out."""
    known = sorted({label for label in labels if label}, key=sort_of)
    yield from map(str, runs_of([int(label) for label in known if label.isdecimal()]))
    yield from (label for label in known if not label.isdecimal())
