"""What the database refuses by itself, whoever asks: psql, a script, a mistake of ours."""

from __future__ import annotations

from collections import Counter
from itertools import product
from typing import Any

import pytest
from django.db import DatabaseError, connection, transaction

from civreg.lib import clock
from digitization.models import Book, BookTally, Record, RecordEvent, Standing, Status
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


# One new value for each column an approved entry has, but for those a later step or a handover writes.
OTHER_VALUES = {
    **dict.fromkeys(("number_raw", "suffix", "page_no", "accepted_ref", "subject_name", "names_fold"), "'khác'"),
    **dict.fromkeys(("twin", "position", "open_warnings", "content_version"), "77"),
    **{"number": "coalesce(number, 0) + 1", "number_year": "number_year + 1"},
    **dict.fromkeys(("reg_latest", "subject_born_earliest", "second_born_latest"), "DATE '1999-09-09'"),
    **dict.fromkeys(("content", "head_states", "registration_date"), "jsonb '{\"khác\": 1}'"),
    **dict.fromkeys(("transferred_version", "checked_by_id", "approved_by_id", "duplicate_of_id"), "-1"),
    **dict.fromkeys(("approved_by_id ", "checked_by_id "), "NULL"),
    **dict.fromkeys(("series", "remarks", "signer_name", "kind"), "'KH'"),
}  # fmt: skip


def test_an_approved_entry_stands_still_in_every_column(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    other_book = make_book(cast.soc_dang)
    update(record, Status.CHECKED, cast)
    update(record, Status.APPROVED, cast)
    values = OTHER_VALUES | {"book_id": str(other_book.pk), "standing": "'cancelled_in_book'"}
    for way_out in ("", ", status = 'transferred'", ", status = 'entered'"):
        for column, value in values.items():
            if way_out.endswith("'entered'") and column.startswith(("checked_by", "approved_by")):
                continue
            sql = f"UPDATE digitization_record SET {column} = {value}{way_out} WHERE id = %s"
            assert refused(sql, record.pk) in {"CV025", "CV002"}, sql


def test_who_typed_an_entry_and_when_is_never_rewritten(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    sql = "UPDATE digitization_record SET entered_by_id = %s WHERE id = %s"
    assert refused(sql, cast.mai.pk, record.pk) == "CV003"
    assert refused("UPDATE digitization_record SET entered_at = now() WHERE id = %s", record.pk) == "CV003"


def test_a_version_is_counted_by_the_database_alone(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    Record.objects.filter(pk=record.pk).update(version=40)
    record.refresh_from_db()
    assert record.version == 1
    Record.objects.filter(pk=record.pk).update(version=40, remarks="khác")
    record.refresh_from_db()
    assert record.version == 2


def test_words_change_only_in_an_entry_that_is_then_checked_again(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    with_step = "UPDATE digitization_record SET remarks = 'khác', status = 'checked', checked_by_id = %s WHERE id = %s"
    assert refused(with_step, cast.mai.pk, record.pk) == "CV005"
    update(record, Status.CHECKED, cast)
    assert refused("UPDATE digitization_record SET remarks = 'khác' WHERE id = %s", record.pk) == "CV005"


def test_a_checked_entry_keeps_who_checked_it(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    update(record, Status.CHECKED, cast)
    assert refused("UPDATE digitization_record SET checked_by_id = 77 WHERE id = %s", record.pk) == "CV002"


def test_only_a_transfer_notes_the_version_transferred(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    assert (
        refused("UPDATE digitization_record SET transferred_version = 1 WHERE id = %s", record.pk) == "CV002"
    )
    update(record, Status.CHECKED, cast)
    update(record, Status.APPROVED, cast)
    sql = "UPDATE digitization_record SET status = 'transferred', transferred_version = version + %s WHERE id = %s"
    assert refused(sql, 7, record.pk) == "CV002"
    with connection.cursor() as cursor:
        cursor.execute(sql, (1, record.pk))
    record.refresh_from_db()
    assert record.transferred_version == record.version == 4


@pytest.mark.parametrize("standing", [Standing.WITHDRAWN, Standing.DUPLICATE])
def test_what_does_not_count_goes_no_further(cast: Any, standing: Standing) -> None:
    other, record = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    update(record, Status.CHECKED, cast)
    named = other if standing == Standing.DUPLICATE else None
    Record.objects.filter(pk=record.pk).update(standing=standing, duplicate_of=named)
    sql = "UPDATE digitization_record SET status = 'approved', approved_by_id = %s WHERE id = %s"
    assert refused(sql, cast.binh.pk, record.pk) == "CV004"
    Record.objects.filter(pk=record.pk).update(status=Status.RETURNED, checked_by=None)


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


def test_a_total_comes_from_a_confirmed_statement_only(cast: Any) -> None:
    assert refused("UPDATE digitization_book SET total = 1 WHERE id = %s", cast.book.pk) == "CV000"
    assert refused("UPDATE digitization_book SET basis = 'closing' WHERE id = %s", cast.book.pk) == "CV000"
    with pytest.raises(DatabaseError), transaction.atomic():
        make_book(cast.soc_dang, total=None, basis="counted")
    Book.objects.filter(pk=cast.book.pk).update(note="Bìa rách", total=100)
    assert Book.objects.get(pk=cast.book.pk).note == "Bìa rách"


def test_nobody_confirms_the_total_they_stated(cast: Any) -> None:
    sql = """
        INSERT INTO digitization_booktotal (book_id, at, total, basis, reason, by_id, decision, decided_by_id)
        VALUES (%s, now(), 5, 'counted', 'đếm', %s, 'confirmed', %s)
    """
    assert refused(sql, cast.book.pk, cast.lan.pk, cast.lan.pk) == "23514"


def test_a_tally_remembers_the_latest_entry_until_a_recount(cast: Any) -> None:
    first, second = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    Record.objects.filter(pk=second.pk).update(standing=Standing.WITHDRAWN)
    normal = BookTally.objects.filter(book=cast.book, standing=Standing.NORMAL)
    assert normal.get().last_at == second.entered_at > first.entered_at
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_tally()")
        assert cursor.fetchone() == (1,)
    assert normal.get().last_at == first.entered_at
    Record.objects.filter(pk=first.pk).update(standing=Standing.WITHDRAWN)
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_tally()")
    assert (normal.get().n, normal.get().last_at) == (0, None)
