"""Figures are one value: nothing flatters, nothing is counted twice."""

from __future__ import annotations

from datetime import UTC, datetime

from reports.progress.figures import Figures

DISTRICT = Figures(
    books=870,
    full_books=600,
    total=86_984,
    done=70_000,
    checked=55_686,
    approved=43_748,
    transferred=9,
    returned=412,
)


def test_seventy_thousand_of_the_district_are_eighty_percent() -> None:
    assert (DISTRICT.percent, DISTRICT.remaining) == (80, 16_984)


def test_one_missing_entry_is_never_a_hundred_percent() -> None:
    assert Figures(total=2486, done=2485).percent == 99


def test_a_unit_with_nothing_to_digitize_has_no_percentage() -> None:
    assert Figures().percent is None


def test_the_bar_shows_exclusive_stages_and_is_exactly_as_long_as_the_total() -> None:
    slices = {part.name: part.count for part in DISTRICT.slices()}
    assert slices == {
        "approved": 43_748,
        "checked": 11_938,
        "entered": 14_314,
        "declared": 0,
        "returned": 412,
        "remaining": 16_572,
    }
    assert sum(slices.values()) == DISTRICT.total


def test_slices_follow_each_other_without_a_gap() -> None:
    end = 0
    for part in DISTRICT.slices():
        assert part.start == end
        end += part.count


def test_more_returned_than_remaining_never_makes_the_bar_longer() -> None:
    figures = Figures(total=100, done=98, returned=30)
    assert sum(part.count for part in figures.slices()) == 100
    assert all(part.count >= 0 for part in figures.slices())


def test_a_unit_is_complete_when_every_book_is_full() -> None:
    assert Figures(books=2, full_books=2, total=10, done=10).complete


def test_a_full_percentage_with_a_book_without_total_is_not_complete() -> None:
    figures = Figures(books=2, full_books=1, no_total_books=1, total=10, done=10)
    assert figures.percent == 100
    assert not figures.complete


def test_a_unit_without_books_is_not_complete() -> None:
    assert not Figures().complete


def test_figures_add_up_and_keep_the_last_entry_of_all() -> None:
    early, late = datetime(2024, 12, 1, tzinfo=UTC), datetime(2024, 12, 2, tzinfo=UTC)
    summed = Figures.sum(
        [Figures(total=3, done=1, last_at=late), Figures(total=4, done=2, last_at=early), Figures()]
    )
    assert summed == Figures(total=7, done=3, last_at=late)


def test_what_was_published_reads_back_as_the_same_figures() -> None:
    figures = Figures(
        books=3, total=9, done=5, excess=2, untotalled=1, last_at=datetime(2024, 12, 1, tzinfo=UTC)
    )
    assert Figures.from_published(figures.published()) == figures
