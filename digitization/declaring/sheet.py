"""The sheet people declare on: a line for each book, with what is held here and what was declared last.

The name of a line's field says what its writer saw declared (``n-4711-46``; ``n-4711-`` for nothing), so that only what
they changed is declared, and nobody writes over what a colleague declared meanwhile.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from django.http import QueryDict
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from digitization.declaring.verb import Line
from digitization.models import Book, Declaration

LARGEST = 100_000
_FIELD = re.compile(r"n-([0-9]{1,18})-([0-9]{0,9})")
_GROUPING = str.maketrans("", "", " .\u00a0")


@dataclass(frozen=True, slots=True)
class Row:
    """One book of the sheet, annotated by ``with_counts``; ``text`` is what stands in its field."""

    book: Book
    last: Declaration | None
    text: str
    error: str | Promise = ""

    @property
    def field(self) -> str:
        """Return the name of its field."""
        return f"n-{self.book.pk}-{'' if self.last is None else self.last.n}"


@dataclass(frozen=True, slots=True)
class Typed:
    """What stood in the field of a book when it was sent, and what its writer saw declared."""

    text: str
    seen: int | None

    @property
    def changed(self) -> bool:
        """Tell whether the writer changed it."""
        return self.text != ("" if self.seen is None else str(self.seen))


def typed_in(data: QueryDict) -> dict[int, Typed]:
    """Return what was typed, by book; of a line that nobody changed nothing."""
    found = ((_FIELD.fullmatch(name), text) for name, text in data.items())
    typed = {
        int(field[1]): Typed(str(text).translate(_GROUPING), int(field[2]) if field[2] else None)
        for field, text in found
        if field
    }
    return {book: one for book, one in typed.items() if one.changed}


def lines_of(typed: Mapping[int, Typed]) -> tuple[list[Line], dict[int, str]]:
    """Return what can be declared of what was typed, and of the other books why it cannot."""
    lines, wrong = [], {}
    for book, one in typed.items():
        if one.text.isascii() and one.text.isdecimal() and len(one.text) < 10 and int(one.text) <= LARGEST:
            lines.append(Line(book, int(one.text), one.seen))
        elif one.text:
            wrong[book] = _("Type a whole number, 100,000 at most.")
        else:
            wrong[book] = _(
                "A number is not taken away by leaving it out: type 0 where the system holds none."
            )
    return lines, wrong


def rows_of(
    books: Iterable[Book],
    last: Mapping[int, Declaration],
    typed: Mapping[int, Typed],
    wrong: Mapping[int, str | Promise],
) -> Sequence[Row]:
    """Return the sheet: with what was typed where something was, else with what was declared last."""
    return [
        Row(
            book,
            declared := last.get(book.pk),
            typed[book.pk].text if book.pk in typed else "" if declared is None else str(declared.n),
            wrong.get(book.pk, ""),
        )
        for book in books
    ]
