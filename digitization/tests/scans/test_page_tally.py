"""The tally of pages says at every moment what a count of the pictures and statements would say."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from itertools import count
from random import Random
from threading import Barrier
from typing import Any

import pytest
from django.db import connection, connections, transaction

from civreg.lib import clock
from communes.models import Role
from digitization.models import Book, BookPages, PageState, Scan, ScanState
from digitization.models.scans import sort_of, tidy_label
from digitization.scans import pages
from digitization.tests.making import make_book, make_commune, make_person

_files = count(1)


def picture(book: Book, by: Any, page: str, state: ScanState = ScanState.READY) -> Scan:
    label = tidy_label(page)
    return Scan.objects.create(
        book=book,
        name="a.jpg",
        kind="jpeg",
        sha256=f"{next(_files):064}",
        bytes=1,
        state=state,
        page=label,
        sort=sort_of(label),
        uploaded_by=by,
        uploaded_at=clock.now(),
    )


def tally(book: Book) -> int:
    return sum(BookPages.objects.filter(book=book).values_list("scanned", flat=True))


@pytest.mark.django_db
def test_a_page_counts_once_however_many_pictures_it_has(cast: Any) -> None:
    for page in ("1", "1", "2", "2-3", "bìa", ""):
        picture(cast.book, cast.lan, page)
    assert tally(cast.book) == pages.reckoning_of(cast.book).accounted == 3


@pytest.mark.django_db
def test_a_picture_counts_once_it_can_be_looked_at(cast: Any) -> None:
    scan = picture(cast.book, cast.lan, "4", ScanState.WAITING)
    assert tally(cast.book) == 0
    Scan.objects.filter(pk=scan.pk).update(state=ScanState.READY)
    assert tally(cast.book) == 1
    pages.take_out(scan, by=cast.lan)
    assert tally(cast.book) == 0
    pages.bring_back(scan)
    assert tally(cast.book) == 1


@pytest.mark.django_db
def test_pages_said_to_be_blank_or_lost_are_accounted_for(cast: Any) -> None:
    picture(cast.book, cast.lan, "3")
    pages.say(book=cast.book, by=cast.lan, pages="3-5", state=PageState.BLANK, note="")
    assert tally(cast.book) == 3
    pages.say(book=cast.book, by=cast.lan, pages="5", state=PageState.NORMAL, note="")
    assert tally(cast.book) == 2


@pytest.mark.django_db
def test_pages_beyond_the_last_one_do_not_count_and_a_new_page_count_counts_anew(cast: Any) -> None:
    for page in ("1", "2", "40"):
        picture(cast.book, cast.lan, page)
    assert tally(cast.book) == 3
    Book.objects.filter(pk=cast.book.pk).update(pages=30)
    assert tally(cast.book) == 2
    Book.objects.filter(pk=cast.book.pk).update(pages=None)
    assert tally(cast.book) == 3


@pytest.mark.django_db
def test_what_is_rolled_back_leaves_nothing(cast: Any) -> None:
    with transaction.atomic():
        picture(cast.book, cast.lan, "1")
        transaction.set_rollback(True)
    assert tally(cast.book) == 0


@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(6))
def test_whatever_happens_to_a_book_its_tally_is_what_its_page_shows(cast: Any, seed: int) -> None:
    rng = Random(seed)
    scans: list[Scan] = []
    labels = ("1", "2", "2-3", "3", "7", "12", "bìa", "", "2A", "0", "99")
    for _ in range(40):
        book = cast.book
        act = rng.randrange(6)
        if act == 0 or not scans:
            scans.append(
                picture(book, cast.lan, rng.choice(labels), rng.choice([ScanState.READY, ScanState.WAITING]))
            )
        elif act == 1:
            pages.confirm(book, {rng.choice(scans).key: rng.choice(labels)})
        elif act == 2:
            pages.prefer(rng.choice(list(Scan.objects.all())))
        elif act == 3:
            pages.say(
                book=book,
                by=cast.lan,
                pages=rng.choice(["1", "3-6", "98-101"]),
                state=rng.choice(list(PageState)),
                note="",
            )
        elif act == 4:
            scan = rng.choice(list(Scan.objects.all()))
            pages.take_out(scan, by=cast.lan) if rng.random() < 0.5 else pages.bring_back(scan)
        else:
            Book.objects.filter(pk=book.pk).update(pages=rng.choice([None, 5, 50, 100]))
        book.refresh_from_db()
        assert tally(book) == pages.reckoning_of(book).accounted
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_books()")
        assert cursor.fetchone() == (0,)


def _send_pages(book: Book, by: Any, first: int, ready: Barrier) -> None:
    """Put five pictures into the book, one after the other, on a connection of one's own."""
    try:
        ready.wait(10)
        for page in range(first, first + 5):
            with transaction.atomic():
                picture(book, by, str(page))
    finally:
        connections.close_all()


def test_those_who_scan_one_book_together_are_all_counted(committed_database: str) -> None:
    commune = make_commune()
    book, by = make_book(commune), make_person("lan", Role.OFFICER, commune)
    ready = Barrier(4)
    with ThreadPoolExecutor(4) as pool:
        work = [pool.submit(_send_pages, book, by, first, ready) for first in (1, 4, 11, 21)]
        assert [error for job in work if (error := job.exception(60))] == []
    assert tally(book) == pages.reckoning_of(book).accounted == 18
