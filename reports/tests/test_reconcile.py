"""Recounting finds what differs, repairs it, and remembers that it did."""

from __future__ import annotations

from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from digitization.models import Book, Record
from digitization.tests.making import make_book, make_commune
from reports.models import RollupState, UnitProgress
from reports.progress import reconcile
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign, type_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def book() -> Book:
    book = make_book(make_commune(), total=10)
    make_campaign()
    type_in(book, 3)
    roll_up()
    return book


def test_nothing_differs_after_ordinary_work(book: Book) -> None:
    assert reconcile.check(patience=0).drift == 0


def test_figures_the_roll_up_did_not_follow_are_drift(book: Book) -> None:
    UnitProgress.objects.update(done=2)
    report = reconcile.check(patience=0)
    assert [drift.differences() for drift in report.figures] == ["done 3 (prepared 2)"]


def test_figures_that_catch_up_meanwhile_are_no_drift(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    type_in(book, 1)
    monkeypatch.setattr("time.sleep", lambda seconds: roll_up())
    assert reconcile.check().drift == 0


def test_a_check_changes_nothing_and_fails(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    UnitProgress.objects.update(done=2)
    with pytest.raises(CommandError):
        call_command("reconcile", "--check", stdout=StringIO())
    assert UnitProgress.objects.get().done == 2


def test_the_command_repairs_and_remembers_the_drift(book: Book, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("time.sleep", lambda seconds: None)
    UnitProgress.objects.update(done=2)
    told = StringIO()
    call_command("reconcile", stdout=told)
    assert "done 3 (prepared 2)" in told.getvalue()
    assert UnitProgress.objects.get().done == 3
    assert RollupState.objects.get().drift == 1


def test_a_clean_recount_forgets_an_old_drift(book: Book) -> None:
    RollupState.objects.update(drift=4)
    call_command("reconcile", stdout=StringIO())
    assert RollupState.objects.get().drift == 0
    assert RollupState.objects.get().reconciled_at is not None


def test_the_runtime_role_cannot_write_a_tally(book: Book) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT has_table_privilege('digitization_booktally', 'UPDATE')")
        assert cursor.fetchone() == (False,)


def test_a_check_names_entries_that_would_not_be_found(book: Book) -> None:
    lost = Record.objects.earliest("pk")
    Record.objects.filter(pk=lost.pk).update(subject_fold="khac")
    with pytest.raises(CommandError, match=rf"1 entries would not be found by their names: {lost.pk}\b"):
        call_command("reconcile", "--check", stdout=StringIO())
