"""What the database refuses by itself, whoever asks: psql, a script, a mistake of ours."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from civreg.lib import clock
from digitization.models import Book, BookTally, Record, RecordEvent, Status
from digitization.models.states import MOVES
from digitization.tests.making import make_book, make_record, state_total

pytestmark = pytest.mark.django_db


def tally(book: Book) -> dict[tuple[str, str], int]:
    rows = BookTally.objects.filter(book=book, n__gt=0).values_list("status", "standing", "n")
    return {(status, standing): n for status, standing, n in rows}


def recount(book: Book) -> dict[tuple[str, str], int]:
    return dict(Counter(Record.objects.filter(book=book).values_list("status", "standing")))


def refused(sql: str, *values: int) -> str:
    """Return the code with which the database refuses a statement of the runtime role."""
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql, values)
    return str(getattr(error.value.__cause__, "pgcode", ""))


def test_the_tally_follows_inserts_and_updates(cast: Any) -> None:
    records = [make_record(cast.book, cast.lan) for _ in range(3)]
    assert tally(cast.book) == recount(cast.book) == {("entered", "normal"): 3}
    Record.objects.filter(pk=records[0].pk).update(status=Status.CHECKED, checked_by=cast.mai)
    assert tally(cast.book) == recount(cast.book) == {("entered", "normal"): 2, ("checked", "normal"): 1}


def test_the_tally_follows_a_rollback(cast: Any) -> None:
    with transaction.atomic():
        make_record(cast.book, cast.lan)
        transaction.set_rollback(True)
    assert tally(cast.book) == {}


def test_the_product_cannot_write_tallies_nor_delete_entries_nor_rewrite_events(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    denied = "42501"
    assert refused("UPDATE digitization_booktally SET n = 9") == denied
    assert refused("DELETE FROM digitization_record") == denied
    assert refused("TRUNCATE digitization_record") == denied
    assert refused("DELETE FROM digitization_recordevent") == denied
    assert refused("UPDATE digitization_recordevent SET reason = 'khác'") == denied
    assert refused("ALTER TABLE digitization_record DISABLE TRIGGER guard_record") == denied
    assert refused("CREATE TABLE mine (a int)") == denied


def test_a_recount_finds_nothing_to_correct(cast: Any) -> None:
    make_record(cast.book, cast.lan)
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_tally()")
        assert cursor.fetchone() == (0,)


def test_a_handover_takes_the_entries_along(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    Book.objects.filter(pk=cast.book.pk).update(custodian=cast.hop_nhat)
    record.refresh_from_db()
    assert (record.custodian, record.place, record.version) == (cast.hop_nhat, cast.soc_dang, 1)


def test_an_entry_cannot_be_slipped_into_another_commune(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    code = refused(
        "UPDATE digitization_record SET custodian_id = %s WHERE id = %s", cast.hop_nhat.pk, record.pk
    )
    assert code == "23503"


@pytest.mark.parametrize(("before", "after"), [(a, b) for a, b in product(Status, Status) if a != b])
def test_only_the_moves_of_the_workflow_are_possible(cast: Any, before: Status, after: Status) -> None:
    record = make_record(cast.book, cast.lan)
    path = {
        Status.ENTERED: [],
        Status.RETURNED: [Status.RETURNED],
        Status.CHECKED: [Status.CHECKED],
        Status.APPROVED: [Status.CHECKED, Status.APPROVED],
        Status.TRANSFERRED: [Status.CHECKED, Status.APPROVED, Status.TRANSFERRED],
    }
    for step in path[before]:
        assert update(record, step, cast)
    allowed = any(before in sources and after == target for sources, target in MOVES.values())
    assert update(record, after, cast) == allowed


def update(record: Record, status: Status, cast: Any) -> bool:
    """Try a bare UPDATE to a status; say whether the database let it through."""
    try:
        with transaction.atomic():
            Record.objects.filter(pk=record.pk).update(
                status=status, checked_by=cast.mai, approved_by=cast.binh
            )
    except DatabaseError:
        return False
    return True


def test_an_approved_entry_keeps_its_words(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    update(record, Status.CHECKED, cast)
    update(record, Status.APPROVED, cast)
    assert refused("UPDATE digitization_record SET content = '{}' WHERE id = %s", record.pk) == "CV025"
    assert (
        refused("UPDATE digitization_record SET standing = 'withdrawn' WHERE id = %s", record.pk) == "CV025"
    )


def test_the_typist_cannot_be_made_the_checker(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    sql = "UPDATE digitization_record SET status = 'checked', checked_by_id = %s WHERE id = %s"
    assert refused(sql, cast.lan.pk, record.pk) in {"23514", "CV024"}
    RecordEvent.objects.create(
        record=record, at=clock.now(), actor=cast.mai, unit=cast.soc_dang, verb="correct",
        to_status="entered", to_standing="normal", version=1,
    )  # fmt: skip
    assert refused(sql, cast.mai.pk, record.pk) == "CV024"


def test_a_stated_total_is_never_rewritten(cast: Any) -> None:
    book = state_total(make_book(cast.soc_dang, total=None), 120)
    assert (book.total, book.basis) == (120, "counted")
    assert refused("UPDATE digitization_booktotal SET total = 1 WHERE book_id = %s", book.pk) == "CV003"
