"""The small demonstration in the database: it must look as if the product itself had written it."""

from __future__ import annotations

import itertools
from collections import Counter
from datetime import timedelta

import pytest
from django.contrib.auth import authenticate
from django.db import connection
from django.db.models import F

from civreg.lib import clock
from communes.models import Installation
from digitization.entry_rows import as_columns, as_entry
from digitization.facts import facts_of_books
from digitization.models import (
    Book,
    Bookmark,
    BookTally,
    Finding,
    Record,
    RecordEvent,
    RecordVersion,
    Status,
    WorkRange,
)
from digitization.models.states import MOVES, TYPING_VERBS, Standing, Verb
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Severity
from digitization.record_types.entries import fingerprint
from reports.campaigns import files
from reports.campaigns.committing import newest_of_each
from reports.demonstration.figures import NOW, SMALL
from reports.demonstration.seeding import NotEmpty, Seeded, seed
from reports.models import BookDay, Campaign, DailySnapshot, UnitPace, UnitProgress
from reports.progress.days import is_intact
from reports.tests.demonstration.conftest import PASSWORD

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("seeded")]


def test_tallies_and_figures_are_what_a_recount_finds() -> None:
    counted = Counter(Record.objects.values_list("book_id", "status", "standing"))
    assert {(t.book_id, t.status, t.standing): t.n for t in BookTally.objects.all()} == dict(counted)
    figures = UnitProgress.objects.all()
    assert sum(row.total for row in figures) == SMALL.total
    assert sum(row.done for row in figures) == SMALL.digitized
    assert sum(row.approved for row in figures) == SMALL.approved
    assert sum(row.checked for row in figures) == SMALL.approved + SMALL.checked
    assert sum(row.returned for row in figures) == SMALL.returned
    assert sum(row.excess for row in figures) == 0


def test_a_commune_declares_less_than_it_holds_so_that_no_figure_moves() -> None:
    declared = list(Book.objects.filter(declared__gt=0).prefetch_related("tallies", "declarations__by"))
    assert declared
    for book in declared:
        assert sum(tally.n for tally in book.tallies.all()) >= book.declared
        assert next(row.n for row in book.declarations.all()) == book.declared
    assert {book.custodian_id for book in declared} == {declared[0].custodian_id}
    assert sum(row.declared_only for row in UnitProgress.objects.all()) == 0


def test_everybody_has_a_bookmark_where_they_stopped_and_a_helper_has_numbers_left() -> None:
    typed = Record.objects.values_list("entered_by", "book")
    assert set(Bookmark.objects.values_list("user", "book")) == set(typed)
    held = list(WorkRange.objects.in_force(clock.today()))
    assert held
    for one in held:
        assert one.person.username.startswith("helper.")
        assert not one.book.records.filter(number_year=one.year, number__range=(one.first, one.last)).exists()


def test_its_campaign_has_a_plan_with_its_file_milestones_and_a_commitment_of_every_commune() -> None:
    campaign = Campaign.objects.get()
    plan = campaign.documents.get(kind="plan")
    with files.opened(plan) as file:
        assert file.read(8) == b"\x89PNG\r\n\x1a\n"
    assert [milestone.percent for milestone in campaign.milestones.all()] == [50, 95]
    signed = set(newest_of_each(campaign).values_list("unit__slug", flat=True))
    assert signed == {commune.slug for commune in SMALL.communes}
    assert campaign.changes.filter(what="created").count() == 1


def test_every_entry_is_where_its_events_led() -> None:
    events: dict[int, list[RecordEvent]] = {}
    for event in RecordEvent.objects.order_by("pk"):
        events.setdefault(event.record_id, []).append(event)
    for record in Record.objects.all():
        told = events[record.pk]
        assert (told[0].verb, told[0].at, told[0].actor_id) == (
            Verb.ENTER,
            record.entered_at,
            record.entered_by_id,
        )
        assert (told[-1].to_status, told[-1].to_standing) == (record.status, record.standing)
        assert told[-1].version == record.version
        for before, after in itertools.pairwise(told):
            assert (after.from_status, after.from_standing) == (before.to_status, before.to_standing)
        moves = [event for event in told if Verb(event.verb) in MOVES]
        assert all(event.from_status in MOVES[Verb(event.verb)][0] for event in moves)


def test_nobody_checked_or_approved_what_they_typed() -> None:
    typed = set(RecordEvent.objects.filter(verb__in=TYPING_VERBS).values_list("record_id", "actor_id"))
    for verb, column in ((Verb.CHECK, "checked_by_id"), (Verb.APPROVE, "approved_by_id")):
        judged = set(RecordEvent.objects.filter(verb=verb).values_list("record_id", "actor_id"))
        assert not typed & judged
        named = set(Record.objects.exclude(**{column: None}).values_list("pk", column))
        assert named and named <= judged


def test_the_stored_findings_are_those_of_the_checks() -> None:
    books = list(Book.objects.all())
    facts = {book.pk: known for book, known in zip(books, facts_of_books(books), strict=True)}
    expected = set()
    for record in Record.objects.all():
        entry = as_entry(record)
        found = BY_CODE[record.kind].problems(entry, facts[record.book_id])
        assert all(problem.severity is not Severity.ERROR for problem in found)
        warnings = (problem for problem in found if problem.severity is Severity.WARNING)
        expected |= {(record.pk, p.rule, p.field, fingerprint(p, entry)) for p in warnings}
    stored = Finding.objects.values_list("record_id", "rule", "field", "fingerprint")
    assert expected and set(stored) == expected


def test_open_warnings_are_counted_and_approved_entries_have_none() -> None:
    opened = Counter(Finding.objects.filter(accepted_by=None).values_list("record_id", flat=True))
    assert opened
    assert dict(Record.objects.filter(open_warnings__gt=0).values_list("pk", "open_warnings")) == dict(opened)
    assert not Record.objects.filter(status=Status.APPROVED, open_warnings__gt=0).exists()


def test_columns_are_what_a_form_would_have_written() -> None:
    for record in Record.objects.select_related("book"):
        columns = as_columns(BY_CODE[record.kind], record.book, as_entry(record))
        assert {name: getattr(record, name) for name in columns} == columns


def test_approved_entries_are_kept_as_they_were_approved() -> None:
    kept = {version.record_id: version for version in RecordVersion.objects.all()}
    approved = Record.objects.filter(status=Status.APPROVED)
    assert set(kept) == set(approved.values_list("pk", flat=True))
    for record in approved:
        assert kept[record.pk].entry == as_entry(record)
        assert (kept[record.pk].version, kept[record.pk].by_id) == (record.version, record.approved_by_id)


def test_a_duplicate_names_an_older_entry_with_the_same_number() -> None:
    repeated = Record.objects.filter(standing=Standing.DUPLICATE)
    assert repeated.count() == SMALL.duplicates
    same = repeated.filter(
        duplicate_of__book=F("book"),
        duplicate_of__number=F("number"),
        duplicate_of__entered_at__lt=F("entered_at"),
    )
    assert same.count() == SMALL.duplicates


def test_the_next_record_gets_an_id_of_its_own() -> None:
    first = Record.objects.earliest("pk")
    first.pk, first.standing = None, Standing.WITHDRAWN
    first.save(force_insert=True)
    assert Record.objects.filter(pk__gt=first.pk).count() == 0


def test_each_book_day_is_what_stood_at_the_cut_off() -> None:
    campaign = Campaign.objects.get()
    stages = (Status.ENTERED, Status.CHECKED, Status.APPROVED)
    counted_standings = (Standing.NORMAL, Standing.CANCELLED_IN_BOOK, Standing.UNREADABLE_ACCEPTED)
    for day in (campaign.starts + timedelta(days=number) for number in range(19)):
        before = RecordEvent.objects.filter(at__lt=campaign.cutoff_of(day)).order_by("record_id", "-pk")
        stood = before.distinct("record_id").select_related("record")
        digitized = [e for e in stood if e.to_standing in counted_standings and e.to_status in stages]
        told = BookDay.objects.filter(day__lte=day).order_by("book_id", "-day").distinct("book_id")
        by_book = Counter(event.record.book_id for event in digitized)
        assert {row.book_id: row.counted for row in told if row.counted} == dict(by_book)
        snapshot = DailySnapshot.objects.get(day=day)
        assert snapshot.figures["digitized"] == len(digitized)
        assert snapshot.figures["approved"] == sum(e.to_status == Status.APPROVED for e in digitized)
        assert snapshot.figures["returned"] == sum(e.to_status == Status.RETURNED for e in stood)
        assert is_intact(snapshot)


def test_every_finished_day_is_published_and_the_pace_is_measured() -> None:
    days = list(DailySnapshot.objects.of_days().values_list("day", flat=True))
    assert (days[0].isoformat(), days[-1].isoformat(), len(days)) == ("2024-11-17", "2024-12-05", 19)
    assert {pace.days for pace in UnitPace.objects.all()} == {7}


def test_second_copies_hold_nothing_and_count_nothing() -> None:
    copies = Book.objects.filter(second_copy_of__isnull=False)
    assert copies.count() == SMALL.second_copies
    assert not Record.objects.filter(book__in=copies).exists()
    books = sum(row.books for row in UnitProgress.objects.all())
    assert books == Book.objects.counted().count()


def test_every_total_rests_on_a_confirmed_statement() -> None:
    for book in Book.objects.counted():
        last = book.totals.filter(decision="confirmed").first()
        assert last is not None
        assert (book.total, book.basis) == (last.total, last.basis)
        assert last.decided_by is not None and last.decided_by.username == "justice"
    pending = Book.objects.filter(totals__decision="pending")
    assert pending.count() == SMALL.pending_totals


def test_it_is_the_evening_of_the_fifth_of_december() -> None:
    assert Installation.objects.get().demonstration
    assert timedelta() <= clock.now() - NOW < timedelta(minutes=1)


def test_everybody_can_log_in_and_helpers_leave_with_the_year(seeded: Seeded) -> None:
    names = {name for name in seeded.people if name.endswith(".hop-nhat")}
    assert names == {f"{post}.hop-nhat" for post in ("officer", "officer2", "leader", "helper")}
    assert {"admin", "chairman", "taskforce", "justice", "province"} <= set(seeded.people)
    assert authenticate(username="officer.hop-nhat", password=PASSWORD) == seeded.people["officer.hop-nhat"]
    assert seeded.people["helper.hop-nhat"].open_on(clock.today())
    assert not seeded.people["helper.hop-nhat"].open_on(NOW.date().replace(year=2025, month=1, day=1))


def test_a_second_demonstration_is_refused() -> None:
    with pytest.raises(NotEmpty):
        seed(SMALL, PASSWORD)


def test_constraints_checked_late_hold() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
