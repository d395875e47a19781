from __future__ import annotations

import pytest

from digitization.record_types.numbers import EntryNumber, read_number


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("24", EntryNumber(24)),
        ("001", EntryNumber(1)),
        ("01/2018", EntryNumber(1, year=2018)),
        ("01/", EntryNumber(1)),
        (" 15 / 76 ", EntryNumber(15)),
        ("12A", EntryNumber(12, "A")),
        ("12đ", EntryNumber(12, "Đ")),
        ("12bis", EntryNumber(12, "BIS")),
        ("12 Bis/1999", EntryNumber(12, "BIS", 1999)),
        ("Số 7", EntryNumber(7)),
    ],
)
def test_it_reads_the_numbers_books_have(text: str, read: EntryNumber) -> None:
    assert read_number(text) == read


@pytest.mark.parametrize(
    "text", ["", "-", "0", "00/1998", "mờ", "12/3/1998", "1234567", "12AB", "12/1700", "\u0667"]
)
def test_it_never_guesses(text: str) -> None:
    assert read_number(text) == EntryNumber(None)
