"""The life of an entry, as people live it."""

from __future__ import annotations

from typing import Any
from uuid import uuid4

import pytest

from digitization import findings, standings, workflow
from digitization.entry_rows import as_entry
from digitization.models import Book, Finding, Intent, Record, RecordEvent, Standing, Status, Verb
from digitization.numbering import next_numbers
from digitization.tests.making import make_book, make_entry, make_record, move
from digitization.verbs import Frozen, IntentReused, NotAllowedNow, NumberTaken, OwnWork, SameEntry, Stale

pytestmark = pytest.mark.django_db


def picked(record: Record) -> dict[int, int]:
    return {record.pk: record.version}


def test_an_officer_types_an_entry_and_it_waits_to_be_checked(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 7)
    assert (record.status, record.standing, record.version) == (Status.ENTERED, Standing.NORMAL, 1)
    assert (record.number, record.number_year, record.custodian) == (7, 1998, cast.soc_dang)
    event = record.events.get()
    assert (event.verb, event.actor, event.unit) == (Verb.ENTER, cast.lan, cast.soc_dang)


def test_an_entry_comes_back_word_for_word(cast: Any) -> None:
    entry = make_entry(
        cast.book, "12A", signer_name={"absent": "illegible"}, remarks={"text": "Cải ch", "uncertain": True}
    )
    record = workflow.enter(by=cast.lan, book=cast.book, entry=entry, intent=uuid4())
    record.refresh_from_db()
    assert as_entry(record) == entry
    assert (record.number, record.suffix) == (12, "A")


def test_a_certain_error_saves_nothing(cast: Any) -> None:
    with pytest.raises(workflow.Unacceptable) as refused:
        workflow.enter(
            by=cast.lan, book=cast.book, entry=make_entry(cast.book, child_full_name=None), intent=uuid4()
        )
    assert "KS1" in {problem.rule for problem in refused.value.problems}
    assert not Record.objects.exists()


def test_a_double_click_makes_one_entry(cast: Any) -> None:
    intent, entry = uuid4(), make_entry(cast.book, 3)
    first = workflow.enter(by=cast.lan, book=cast.book, entry=entry, intent=intent)
    again = workflow.enter(by=cast.lan, book=cast.book, entry=entry, intent=intent)
    assert first == again
    assert Record.objects.count() == Intent.objects.count() == RecordEvent.objects.count() == 1


def test_the_same_intent_with_other_words_is_refused(cast: Any) -> None:
    intent = uuid4()
    workflow.enter(by=cast.lan, book=cast.book, entry=make_entry(cast.book, 3), intent=intent)
    with pytest.raises(IntentReused):
        workflow.enter(by=cast.lan, book=cast.book, entry=make_entry(cast.book, 4), intent=intent)


def test_somebody_elses_intent_is_no_key(cast: Any) -> None:
    intent, entry = uuid4(), make_entry(cast.book, 3)
    workflow.enter(by=cast.lan, book=cast.book, entry=entry, intent=intent)
    with pytest.raises(IntentReused):
        workflow.enter(by=cast.mai, book=cast.book, entry=entry, intent=intent)


def test_a_number_taken_names_the_other_entry(cast: Any) -> None:
    first = make_record(cast.book, cast.lan, 5)
    with pytest.raises(NumberTaken) as refused:
        make_record(make_book(cast.soc_dang), cast.mai, "05")
    assert refused.value.other == first


def test_a_number_written_twice_in_the_book_is_typed_twice_with_a_reason(cast: Any) -> None:
    make_record(cast.book, cast.lan, 5)
    twin = workflow.enter(
        by=cast.lan,
        book=cast.book,
        entry=make_entry(cast.book, 5, child_full_name="Hà Văn Quyền"),
        intent=uuid4(),
        twin_reason="Sổ ghi hai số 5",
    )
    assert (twin.twin, twin.twin_reason) == (1, "Sổ ghi hai số 5")


def test_the_same_number_and_the_same_persons_are_one_entry_whatever_the_reason(cast: Any) -> None:
    first = make_record(cast.book, cast.lan, 5)
    with pytest.raises(SameEntry) as refused:
        workflow.enter(
            by=cast.mai,
            book=make_book(cast.soc_dang),
            entry=make_entry(cast.book, "05", remarks="khác"),
            intent=uuid4(),
            twin_reason="Sổ ghi hai số 5",
        )
    assert (refused.value.other, refused.value.rule) == (first, "C06")


def test_a_correction_does_not_make_an_entry_the_same_as_its_twin(cast: Any) -> None:
    make_record(cast.book, cast.lan, 5)
    other = make_entry(cast.book, 5, child_full_name="Hà Văn Quyền")
    twin = workflow.enter(by=cast.lan, book=cast.book, entry=other, intent=uuid4(), twin_reason="hai số 5")
    same = make_entry(cast.book, 5)
    with pytest.raises(SameEntry):
        workflow.correct(by=cast.lan, record=twin, version=1, entry=same, intent=uuid4())
    marked = workflow.correct(
        by=cast.lan, record=twin, version=1, entry=other | {"remarks": "Ghi hai số 5"}, intent=uuid4()
    )
    assert marked.remarks == "Ghi hai số 5"


def test_a_number_starts_again_every_year(cast: Any) -> None:
    make_record(cast.book, cast.lan, 5)
    later = make_book(cast.soc_dang, year=1999)
    dates = {"registration_date": {"on": "1999-04-02", "written": "2/4/1999"}, "registration_type": None}
    assert make_record(later, cast.lan, 5, **dates).number_year == 1999


def test_an_illegible_number_is_no_number(cast: Any) -> None:
    for _ in range(2):
        entry = make_entry(cast.book) | {"number": {"absent": "illegible"}}
        record = workflow.enter(
            by=cast.lan, book=cast.book, entry=entry, intent=uuid4(), twin_reason="hai trang như nhau"
        )
        assert record.number is None


def test_nobody_checks_their_own_typing(cast: Any) -> None:
    record = make_record(cast.book, cast.lan)
    with pytest.raises(OwnWork):
        workflow.check(by=cast.lan, picked=picked(record), intent=uuid4())


def test_nobody_checks_what_they_corrected(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 8)
    record = workflow.correct(
        by=cast.mai, record=record, version=record.version, entry=make_entry(cast.book, 9), intent=uuid4()
    )
    with pytest.raises(OwnWork):
        workflow.check(by=cast.mai, picked=picked(record), intent=uuid4())


def test_an_entry_goes_all_the_way(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.TRANSFERRED, checker=cast.mai, leader=cast.binh)
    assert record.status == Status.TRANSFERRED
    assert not record.changed_since_transfer
    verbs = list(record.events.values_list("verb", flat=True))
    assert verbs == [Verb.ENTER, Verb.CHECK, Verb.APPROVE, Verb.TRANSFER]
    assert record.versions.get().entry == as_entry(record)


def test_a_book_handed_over_meanwhile_takes_nothing(cast: Any) -> None:
    shown = Book.objects.get(pk=cast.book.pk)
    Book.objects.filter(pk=cast.book.pk).update(custodian=cast.hop_nhat)
    with pytest.raises(NotAllowedNow) as refused:
        make_record(shown, cast.lan)
    assert refused.value.rule == "C02"
    assert not Record.objects.exists()


def test_a_list_is_approved_at_once_and_what_cannot_move_is_named(cast: Any) -> None:
    ready = [
        move(make_record(cast.book, cast.lan), Status.CHECKED, checker=cast.mai, leader=cast.binh)
        for _ in "ab"
    ]
    early = make_record(cast.book, cast.lan)
    everything = {record.pk: record.version for record in [*ready, early]}
    moved = workflow.approve(by=cast.binh, picked=everything, intent=uuid4())
    assert moved.moved == [record.pk for record in ready]
    assert list(moved.refused) == [early.pk]


def test_an_approved_entry_is_frozen(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.APPROVED, checker=cast.mai, leader=cast.binh)
    with pytest.raises(Frozen):
        workflow.correct(
            by=cast.lan, record=record, version=record.version, entry=make_entry(cast.book, 9), intent=uuid4()
        )
    with pytest.raises(Frozen):
        standings.turn(
            Verb.WITHDRAW, by=cast.lan, record=record, version=record.version, reason="nhầm", intent=uuid4()
        )


def test_a_reopening_needs_a_reason_and_keeps_what_was_transferred(cast: Any) -> None:
    record = move(make_record(cast.book, cast.lan), Status.TRANSFERRED, checker=cast.mai, leader=cast.binh)
    with pytest.raises(NotAllowedNow):
        workflow.reopen(by=cast.binh, picked=picked(record), reason="  ", intent=uuid4())
    workflow.reopen(by=cast.binh, picked=picked(record), reason="Sai tên mẹ", intent=uuid4())
    record.refresh_from_db()
    assert (record.status, record.checked_by, record.approved_by) == (Status.ENTERED, None, None)
    assert record.changed_since_transfer
    assert record.versions.count() == 2


def test_a_returned_entry_says_why_and_waits_again_after_correction(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 4)
    workflow.send_back(by=cast.thu, picked=picked(record), reason="Sai ngày sinh", intent=uuid4())
    record.refresh_from_db()
    assert record.status == Status.RETURNED
    assert record.events.last().reason == "Sai ngày sinh"  # type: ignore[union-attr]
    record = workflow.correct(
        by=cast.lan, record=record, version=record.version, entry=make_entry(cast.book, 4), intent=uuid4()
    )
    assert record.status == Status.ENTERED


def test_a_stale_page_changes_nothing(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, 4)
    workflow.correct(by=cast.mai, record=record, version=1, entry=make_entry(cast.book, 6), intent=uuid4())
    with pytest.raises(Stale) as refused:
        workflow.correct(
            by=cast.lan, record=record, version=1, entry=make_entry(cast.book, 8), intent=uuid4()
        )
    assert refused.value.current.number == 6


def test_a_warning_stays_open_until_somebody_confirms_it(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="HÀ 4 QUYẾT")
    assert record.open_warnings == 1
    with pytest.raises(NotAllowedNow):
        moved = move(record, Status.CHECKED, checker=cast.mai, leader=cast.binh)
        workflow.approve(by=cast.binh, picked=picked(moved), intent=uuid4())
    finding = record.findings.get()
    record.refresh_from_db()
    findings.accept(
        by=cast.mai,
        record=record,
        version=record.version,
        rule=finding.rule,
        field=finding.field,
        note="Sổ ghi đúng như vậy",
        intent=uuid4(),
    )
    record.refresh_from_db()
    assert record.open_warnings == 0
    workflow.approve(by=cast.binh, picked=picked(record), intent=uuid4())


def test_a_confirmation_holds_for_the_text_it_was_given_for(cast: Any) -> None:
    entry = make_entry(cast.book, 4, child_full_name="HÀ 4 QUYẾT")
    record = workflow.enter(by=cast.lan, book=cast.book, entry=entry, intent=uuid4())
    mark = record.findings.get().fingerprint
    record = workflow.correct(
        by=cast.lan, record=record, version=1, entry=entry, intent=uuid4(), accepted=[mark]
    )
    assert record.open_warnings == 0
    record = workflow.correct(
        by=cast.lan, record=record, version=record.version, entry=entry | {"page_no": "7"}, intent=uuid4()
    )
    assert record.open_warnings == 0
    other = entry | {"child_full_name": "HÀ 5 QUYẾT"}
    record = workflow.correct(by=cast.lan, record=record, version=record.version, entry=other, intent=uuid4())
    assert record.open_warnings == 1
    assert Finding.objects.filter(record=record).count() == 1


def test_a_duplicate_names_the_other_and_gives_its_number_away(cast: Any) -> None:
    first = make_record(cast.book, cast.lan, 5)
    misread = make_entry(cast.book, 5, child_full_name="Hà Văn Quyền")
    second = workflow.enter(by=cast.lan, book=cast.book, entry=misread, intent=uuid4(), twin_reason="xem lại")
    with pytest.raises(NotAllowedNow):
        standings.turn(
            Verb.MARK_DUPLICATE,
            by=cast.lan,
            record=second,
            version=1,
            reason="trùng",
            intent=uuid4(),
            other=None,
        )
    second = standings.turn(
        Verb.MARK_DUPLICATE,
        by=cast.lan,
        record=second,
        version=1,
        reason="trùng",
        intent=uuid4(),
        other=first,
    )
    assert (second.standing, second.duplicate_of) == (Standing.DUPLICATE, first)


def test_a_withdrawn_entry_cannot_take_its_number_back_from_another(cast: Any) -> None:
    first = make_record(cast.book, cast.lan, 5)
    first = standings.turn(
        Verb.WITHDRAW, by=cast.lan, record=first, version=1, reason="nhầm sổ", intent=uuid4()
    )
    second = make_record(cast.book, cast.lan, 5)
    with pytest.raises(NumberTaken) as refused:
        standings.turn(
            Verb.RESTORE, by=cast.lan, record=first, version=first.version, reason="đúng sổ", intent=uuid4()
        )
    assert refused.value.other == second


@pytest.mark.parametrize("reason", ["", "  ", "x" * 1_001, "Sai\0 tên", "Sai \u202etên"])
def test_a_reason_that_cannot_be_kept_is_refused_in_words(cast: Any, reason: str) -> None:
    record = make_record(cast.book, cast.lan)
    with pytest.raises(NotAllowedNow):
        workflow.send_back(by=cast.mai, picked={record.pk: 1}, reason=reason, intent=uuid4())
    with pytest.raises(NotAllowedNow):
        standings.turn(
            Verb.CANCEL_IN_BOOK, by=cast.lan, record=record, version=1, reason=reason, intent=uuid4()
        )


def test_a_second_book_of_the_year_goes_on_with_the_numbers(cast: Any) -> None:
    make_record(cast.book, cast.lan, 46)
    second, other_year = make_book(cast.soc_dang), make_book(cast.soc_dang, year=1999)
    assert next_numbers([cast.book, second, other_year]) == {
        cast.book.pk: 47,
        second.pk: 47,
        other_year.pk: 1,
    }


def test_a_number_whose_year_cannot_be_read_says_nothing_of_where_the_book_stands(cast: Any) -> None:
    book = make_book(cast.soc_dang, year=1998, year_to=1999)
    make_record(book, cast.lan, 80, registration_date={"absent": "illegible"})
    assert next_numbers([book]) == {book.pk: 81}
    make_record(book, cast.lan, 46)
    assert next_numbers([book]) == {book.pk: 47}
