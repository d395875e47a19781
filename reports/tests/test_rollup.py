"""Tallies become figures of units: counted per book first, written only where they differ."""

from __future__ import annotations

from datetime import timedelta

import pytest

from communes.models import Unit
from digitization.models import Book, Record, Standing, Status
from digitization.tests.making import declare_of, make_book, make_commune
from reports.models import Campaign, CampaignBook, RollupState, UnitProgress
from reports.progress.figures import Figures
from reports.progress.pace import State
from reports.progress.read import district_progress
from reports.progress.rollup import roll_up
from reports.tests.conftest import SetClock
from reports.tests.making import EVENING, make_campaign, type_in

pytestmark = pytest.mark.django_db


def figures_of(campaign: Campaign, unit: Unit, kind: str = "KS") -> UnitProgress:
    roll_up()
    return UnitProgress.objects.get(campaign=campaign, unit=unit, kind=kind)


@pytest.fixture
def commune() -> Unit:
    return make_commune()


@pytest.fixture
def campaign(commune: Unit) -> Campaign:
    return make_campaign(commune)


def test_the_stages_are_nested(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=100)
    for status, count in (
        (Status.ENTERED, 4),
        (Status.CHECKED, 3),
        (Status.APPROVED, 2),
        (Status.TRANSFERRED, 1),
    ):
        type_in(book, count, status=status)
    found = figures_of(campaign, commune)
    assert (found.done, found.checked, found.approved, found.transferred) == (10, 6, 3, 1)
    assert found.last_at == EVENING


def test_returned_entries_stand_outside(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    type_in(book, 2, status=Status.RETURNED)
    found = figures_of(campaign, commune)
    assert (found.done, found.returned) == (0, 2)


def test_a_crossed_out_entry_counts_and_a_withdrawn_one_does_not(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    type_in(book, 2, standing=Standing.CANCELLED_IN_BOOK)
    type_in(book, 3, standing=Standing.WITHDRAWN)
    assert figures_of(campaign, commune).done == 2


def test_an_unreadable_entry_counts_once_an_inspection_accepted_it(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    type_in(book, 2, standing=Standing.UNREADABLE)
    type_in(book, 1, standing=Standing.UNREADABLE_ACCEPTED, accepted_ref="BB 05")
    found = figures_of(campaign, commune)
    assert (found.done, found.unreadable) == (1, 2)


def test_a_duplicate_is_shown_and_never_counted(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    original = type_in(book, 1)[0]
    type_in(book, 1, standing=Standing.DUPLICATE, duplicate_of=original)
    found = figures_of(campaign, commune)
    assert (found.done, found.duplicate) == (1, 1)


def test_excess_in_one_book_never_fills_another(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=5), 8, status=Status.APPROVED)
    type_in(make_book(commune, total=5), 1)
    found = figures_of(campaign, commune)
    assert (found.total, found.done, found.approved, found.excess, found.full_books) == (10, 6, 5, 3, 1)


def test_a_book_without_total_adds_nothing_and_is_shown(campaign: Campaign, commune: Unit) -> None:
    type_in(make_book(commune, total=None), 7)
    found = figures_of(campaign, commune)
    assert (found.books, found.no_total_books, found.full_books) == (1, 1, 0)
    assert (found.total, found.done, found.excess, found.untotalled) == (0, 0, 0, 7)


def test_a_declaration_counts_instead_of_what_is_held_never_besides(
    campaign: Campaign, commune: Unit
) -> None:
    book = make_book(commune, total=50)
    type_in(book, 20)
    declare_of(book, 30)
    found = figures_of(campaign, commune)
    assert (found.done, found.declared_only) == (30, 10)


def test_a_declaration_below_what_is_held_changes_nothing(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=50)
    type_in(book, 20)
    declare_of(book, 15)
    found = figures_of(campaign, commune)
    assert (found.done, found.declared_only) == (20, 0)


def test_who_declares_in_the_national_software_was_heard_from_when_they_declared(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    book, typed = make_book(commune, total=50), make_book(commune, total=50)
    type_in(book, 20)
    type_in(typed, 20)
    set_clock(EVENING + timedelta(days=9))
    declare_of(book, 30)
    said = book.declarations.get().at
    assert figures_of(campaign, commune).last_at == said
    # A book that counts by what is held here was heard from when it was typed, whatever is declared of it later.
    set_clock(EVENING + timedelta(days=12))
    declare_of(typed, 15)
    assert figures_of(campaign, commune).last_at == said


def test_who_only_declares_every_day_is_not_stalled(
    campaign: Campaign, commune: Unit, set_clock: SetClock
) -> None:
    book = make_book(commune, total=50)
    type_in(book, 20)
    set_clock(EVENING + timedelta(days=4))
    roll_up()
    assert district_progress(campaign).units[0].outlook.state == State.STALLED
    declare_of(book, 30)
    roll_up()
    assert district_progress(campaign).units[0].outlook.state != State.STALLED


def test_a_second_copy_is_never_counted(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=5)
    make_book(commune, total=5, second_copy_of=book, copy_no=2)
    assert figures_of(campaign, commune).books == 1


def test_a_kind_outside_the_campaign_is_not_counted(campaign: Campaign, commune: Unit) -> None:
    make_book(commune, kind="CMC", total=5)
    roll_up()
    assert not UnitProgress.objects.exists()


def test_an_exception_takes_a_book_out_and_another_in(campaign: Campaign, commune: Unit) -> None:
    taken_out, taken_in = make_book(commune, total=5), make_book(commune, kind="CMC", total=7)
    CampaignBook.objects.create(campaign=campaign, book=taken_out, in_scope=False, reason="lost")
    CampaignBook.objects.create(campaign=campaign, book=taken_in, in_scope=True, reason="asked for")
    roll_up()
    assert [(row.kind, row.total) for row in UnitProgress.objects.all()] == [("CMC", 7)]


def test_a_handover_moves_the_figures_with_the_book(campaign: Campaign, commune: Unit) -> None:
    other = make_commune("Hợp Nhất", "hop-nhat")
    campaign.campaignunit_set.create(unit=other)
    book = make_book(commune, total=10)
    type_in(book, 4)
    assert figures_of(campaign, commune).done == 4
    Book.objects.filter(pk=book.pk).update(custodian=other)
    assert figures_of(campaign, commune).done == 0
    assert figures_of(campaign, commune).books == 0
    assert figures_of(campaign, other).done == 4
    assert Record.objects.filter(custodian=other).count() == 4


def test_only_what_differs_is_written(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    make_book(commune, kind="KH", total=10)
    assert roll_up() == 2
    assert roll_up() == 0
    type_in(book, 1)
    assert roll_up() == 1


def test_a_quiet_round_still_tells_that_it_looked(campaign: Campaign) -> None:
    roll_up()
    first = RollupState.objects.get(campaign=campaign).checked_at
    roll_up()
    assert RollupState.objects.get(campaign=campaign).checked_at > first


def test_the_figures_of_a_closed_campaign_stay_as_they_were(campaign: Campaign, commune: Unit) -> None:
    book = make_book(commune, total=10)
    type_in(book, 4)
    roll_up()
    Campaign.objects.update(closed=True)
    type_in(book, 1)
    assert figures_of(campaign, commune).done == 4


def test_an_empty_book_is_full_only_when_its_total_says_nothing_is_in_it(
    campaign: Campaign, commune: Unit
) -> None:
    make_book(commune, total=0)
    found = figures_of(campaign, commune)
    assert (found.books, found.full_books) == (1, 1)


def test_the_roll_up_agrees_with_the_sum_over_single_books(campaign: Campaign, commune: Unit) -> None:
    for total, held in ((3, 5), (7, 7), (9, 2), (None, 4)):
        type_in(make_book(commune, total=total), held)
    found = figures_of(campaign, commune)
    expected = Figures(books=4, full_books=2, no_total_books=1, total=19, done=12, excess=2, untotalled=4)
    assert (found.books, found.full_books, found.no_total_books) == (4, 2, 1)
    assert (found.total, found.done, found.excess, found.untotalled) == (
        expected.total,
        expected.done,
        expected.excess,
        expected.untotalled,
    )
