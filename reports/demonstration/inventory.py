"""The books as rows, with the statements of their totals: proposed by an officer, confirmed by justice."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, timedelta
from random import Random

from civreg.lib.clock import VIETNAM
from communes.models import Unit, User
from digitization.models import Basis, Book, BookTotal, Decision
from reports.demonstration.copying import take_ids
from reports.demonstration.desks import PER_PAGE
from reports.demonstration.figures import Size
from reports.demonstration.shelves import Shelved

_STATED = datetime(2024, 11, 5, 8, 0, tzinfo=VIETNAM)
_NOTES = (
    "",
    "",
    "",
    "",
    "",
    "Bìa rách, đã dán lại.",
    "Giấy ố, chữ mờ ở các trang đầu.",
    "Ẩm mốc nhẹ.",
    "Kho UBND, kệ 2.",
)


def load_books(
    size: Size,
    shelves: Mapping[str, Sequence[Shelved]],
    units: Mapping[str, Unit],
    people: Mapping[str, User],
) -> dict[str, list[Book]]:
    """Store the books of every commune; returns them by commune in the order of the shelf, without second copies."""
    ids = iter(take_ids(Book, sum(len(shelf) for shelf in shelves.values())))
    books = {
        slug: [_book(next(ids), shelved, units[slug]) for shelved in shelf] for slug, shelf in shelves.items()
    }
    everything = [book for of_commune in books.values() for book in of_commune]
    Book.objects.bulk_create(everything)
    totals = {
        book.pk: shelved.total
        for slug in books
        for book, shelved in zip(books[slug], shelves[slug], strict=True)
    }
    slug_of = {unit.pk: slug for slug, unit in units.items()}
    officers = {book.pk: people[f"officer.{slug_of[book.custodian_id]}"] for book in everything}
    BookTotal.objects.bulk_create(
        statement
        for book in everything
        for statement in _statements(book, totals[book.pk], officers[book.pk], people["justice"])
    )
    _load_pending(size, everything, totals, officers)
    _load_second_copies(size, everything)
    return books


def _book(pk: int, shelved: Shelved, unit: Unit) -> Book:
    rng = Random(f"book/{shelved.key}")
    return Book(
        pk=pk,
        kind=shelved.kind,
        place=unit,
        custodian=unit,
        book_no=shelved.book_no,
        opened_year=shelved.opened_year,
        year_from=shelved.opened_year,
        year_to=shelved.last_year,
        closed_on=date(shelved.last_year, 12, 31),
        pages=-(-shelved.total // PER_PAGE) + rng.randrange(12),
        per_page=PER_PAGE,
        note=rng.choice(_NOTES),
    )


def _statements(book: Book, total: int, officer: User, justice: User) -> Iterator[BookTotal]:
    """A few totals were estimated first and counted afterwards; what holds is the last confirmed statement."""
    rng = Random(f"total/{officer.username}/{book.kind}/{book.quyen_so}")
    drawn = rng.random()
    at = _STATED + timedelta(days=rng.randrange(4), minutes=rng.randrange(480))
    basis = Basis.CLOSING if drawn < 0.45 else Basis.ESTIMATE if drawn > 0.94 else Basis.COUNTED
    if 0.45 <= drawn < 0.53:
        guess = max(total + rng.choice((-9, -4, 6, 11)), 1)
        yield _confirmed(book, guess, Basis.ESTIMATE, "Ước theo số trang", at, officer, justice)
        at += timedelta(days=4)
    yield _confirmed(book, total, basis, _WHY[basis], at, officer, justice)


_WHY = {
    Basis.COUNTED: "Đếm từng trường hợp trong sổ",
    Basis.CLOSING: "Theo trang khóa sổ",
    Basis.ESTIMATE: "Trang khóa sổ rách, ước theo số trang",
}


def _confirmed(
    book: Book, total: int, basis: Basis, reason: str, at: datetime, officer: User, justice: User
) -> BookTotal:
    return BookTotal(
        book=book,
        at=at,
        total=total,
        basis=basis,
        reason=reason,
        by=officer,
        decision=Decision.CONFIRMED,
        decided_by=justice,
        decided_at=at + timedelta(hours=26),
    )


def _load_pending(
    size: Size, books: Sequence[Book], totals: Mapping[int, int], officers: Mapping[int, User]
) -> None:
    """A few proposals of the last days still wait for justice."""
    rng = Random(f"pending/{size.name}")
    BookTotal.objects.bulk_create(
        BookTotal(
            book=book,
            at=datetime(2024, 12, 5, 9, 12, tzinfo=VIETNAM) + timedelta(minutes=37 * place),
            total=totals[book.pk] + rng.randint(1, 3),
            basis=Basis.COUNTED,
            reason="Đếm lại thấy thêm trang viết kín cuối sổ",
            by=officers[book.pk],
        )
        for place, book in enumerate(rng.sample(list(books), size.pending_totals))
    )


def _load_second_copies(size: Size, books: Sequence[Book]) -> None:
    """Under the rules of 1998 and 2005 registers were kept twice; the second copy is listed and never counted."""
    rng = Random(f"copies/{size.name}")
    twice = [book for book in books if book.kind == "KS" and book.opened_year >= 1980]
    Book.objects.bulk_create(
        Book(
            kind=book.kind,
            place_id=book.place_id,
            custodian_id=book.custodian_id,
            book_no=book.book_no,
            opened_year=book.opened_year,
            year_from=book.year_from,
            year_to=book.year_to,
            closed_on=book.closed_on,
            pages=book.pages,
            copy_no=2,
            second_copy_of=book,
            note="Bản lưu thứ hai, không tính vào số phải số hóa.",
        )
        for book in rng.sample(twice, min(size.second_copies, len(twice)))
    )
