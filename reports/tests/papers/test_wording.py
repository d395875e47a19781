"""The fixed words of papers."""

from __future__ import annotations

from datetime import date

import pytest

from digitization.record_types import ALL
from reports.papers.wording import day_in_words, place_and_day, tenths_in_words


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2024, 12, 5), "ngày 05 tháng 12 năm 2024"),
        (date(2024, 1, 31), "ngày 31 tháng 01 năm 2024"),
        (date(2024, 2, 9), "ngày 09 tháng 02 năm 2024"),
        (date(2024, 3, 10), "ngày 10 tháng 3 năm 2024"),
        (date(2024, 9, 1), "ngày 01 tháng 9 năm 2024"),
    ],
)
def test_a_leading_zero_stands_before_days_under_ten_and_months_one_and_two_only(
    day: date, words: str
) -> None:
    assert day_in_words(day) == words


def test_the_place_stands_before_the_day() -> None:
    assert place_and_day("Đoan Hùng", date(2024, 12, 5)) == "Đoan Hùng, ngày 05 tháng 12 năm 2024"


@pytest.mark.parametrize(
    ("tenths", "words"), [(838, "83,8"), (999, "99,9"), (1000, "100,0"), (5, "0,5"), (None, "–")]
)
def test_a_share_is_written_with_a_comma(tenths: int | None, words: str) -> None:
    assert tenths_in_words(tenths) == words


def test_every_kind_of_entry_has_its_own_short_words_on_paper() -> None:
    words = [kind.on_paper for kind in ALL]
    assert len(set(words)) == len(ALL)
    assert all(0 < len(text) <= 20 for text in words)
