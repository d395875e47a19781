"""The whole of an import: who may, what is stored, what is refused, and the same file again."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from civreg.tests.lib import crafted_workbooks
from communes.models import Role, Unit, User
from digitization.entry_rows import as_columns
from digitization.exchange import plan as plans
from digitization.exchange.header import read_table
from digitization.exchange.storing import store
from digitization.models import Book, BookTally, Finding, ImportRun, Intent, Record, RecordEvent, Status, Verb
from digitization.record_types.reading import read
from digitization.tests.exchange.conftest import Import
from digitization.tests.exchange.sheets import BIRTH, birth, sheet_of, workbook
from digitization.tests.making import make_book, make_commune, make_district, make_person, make_record

STORED = (Book, Record, RecordEvent, Finding, ImportRun, Intent)


def counts() -> list[int]:
    return [model._default_manager.count() for model in STORED]


def test_rows_become_entered_entries_with_event_and_tally(
    take_in: Import, commune: Unit, officer: User, tmp_path: Path
) -> None:
    book = make_book(commune, book_no="01", total=10)
    answer = take_in(workbook(tmp_path / "a.xlsx", *(birth(str(n)) for n in range(1, 6))), commit=True)
    assert (answer["rows"], answer["accepted"], answer["refused"]) == (5, 5, 0)
    assert set(Record.objects.values_list("status", "entered_by", "version")) == {
        (Status.ENTERED, officer.pk, 1)
    }
    assert list(Record.objects.order_by("pk").values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    events = RecordEvent.objects.values_list("verb", "actor", "from_status", "to_status", "version")
    assert list(events) == [(Verb.IMPORT, officer.pk, "", Status.ENTERED, 1)] * 5
    assert BookTally.objects.get(book=book, status=Status.ENTERED).n == 5


def test_an_imported_entry_is_the_one_typed_by_hand(take_in: Import, commune: Unit, tmp_path: Path) -> None:
    book = make_book(commune, book_no="01")
    take_in(workbook(tmp_path / "a.xlsx", birth()), commit=True)
    raw = {code: str(cell) for code, cell in birth().items() if "__" not in code}
    wanted = as_columns(BIRTH, book, read(BIRTH, raw).entry)
    assert Record.objects.values(*wanted).get() == wanted


def test_a_dry_run_stores_nothing(take_in: Import, tmp_path: Path) -> None:
    path, before = workbook(tmp_path / "a.xlsx", birth()), counts()
    answer = take_in(path)
    assert (answer["accepted"], answer["committed"]) == (1, False)
    assert counts() == before


def test_nothing_of_a_refused_row_is_stored(take_in: Import, tmp_path: Path) -> None:
    rows = [
        birth("1", child_birth_date="31/02/1998"),
        birth("2"),
        birth(None),
        birth("4", child_full_name=None),
    ]
    answer = take_in(workbook(tmp_path / "a.xlsx", *rows), commit=True)
    assert (answer["rows"], answer["accepted"], answer["refused"]) == (4, 1, 3)
    assert [(error["row"], error["column"]) for error in answer["errors"]] == [
        (2, "nksNgaySinh"),
        (4, "so"),
        (5, "nksHoTen"),
    ]
    assert list(Record.objects.values_list("number", flat=True)) == [2]


def test_a_number_twice_in_the_file_refuses_the_second_row(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(workbook(tmp_path / "a.xlsx", birth("7"), birth("07/", child_full_name="Hà Văn Quân")))
    [error] = answer["errors"]
    assert (error["row"], error["column"]) == (3, "so") and "Row 2" in error["reason"]


def test_a_number_of_a_refused_row_is_free(take_in: Import, tmp_path: Path) -> None:
    answer = take_in(workbook(tmp_path / "a.xlsx", birth("7", child_gender="?"), birth("7")))
    assert [error["row"] for error in answer["errors"]] == [2] and answer["accepted"] == 1


def test_a_number_in_the_register_refuses_the_row_and_names_the_entry(
    take_in: Import, commune: Unit, officer: User, tmp_path: Path
) -> None:
    held = make_record(make_book(commune, book_no="02"), officer, 7)
    path = workbook(tmp_path / "a.xlsx", birth("7"), birth("8"))
    for commit in (False, True):
        answer = take_in(path, commit=commit)
        [error] = answer["errors"]
        assert (error["row"], answer["accepted"]) == (2, 1)
        assert str(held.pk) in error["reason"] and "02/1998" in error["reason"]


def test_a_number_typed_between_looking_and_storing_refuses_only_its_row(
    commune: Unit, officer: User, tmp_path: Path
) -> None:
    book = make_book(commune, book_no="01")
    rows = crafted_rows(sheet_of(birth("7"), birth("8")))
    plan = plans.make_plan(read_table(rows, BIRTH), record_type=BIRTH, unit=commune)
    held = make_record(book, officer, 7)
    outcome = store(plan, by=officer)
    assert [(refusal.row, str(held.pk) in refusal.reason) for refusal in outcome.refusals] == [(2, True)]
    assert [candidate.row for candidate in outcome.accepted] == [3]
    assert RecordEvent.objects.filter(verb=Verb.IMPORT).count() == 1
    assert len(plan.accepted) == 2, "a second attempt begins with the same plan"


def crafted_rows(cells: list[list[Any]]) -> list[Any]:
    return [plans.Row(number, tuple(row)) for number, row in enumerate(cells, start=1)]


def test_the_same_file_again_answers_as_the_first_time_and_changes_nothing(
    take_in: Import, officer: User, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", birth("1"), birth("2", child_gender="?"))
    first, before = take_in(path, commit=True), counts()
    for commit in (True, False):
        again = take_in(path, commit=commit)
        assert counts() == before
        assert officer.name in again["imported"]
        for name in ("rows", "accepted", "refused", "warnings", "errors"):
            assert again[name] == first[name]


def test_a_file_of_which_nothing_was_stored_may_come_again(
    take_in: Import, commune: Unit, tmp_path: Path
) -> None:
    path = workbook(tmp_path / "a.xlsx", birth("1", book_ref=None, registration_date="không ghi"))
    assert take_in(path, commit=True)["accepted"] == 0
    assert not ImportRun.objects.exists() and not Book.objects.exists()


@pytest.mark.parametrize(
    "role", [Role.HELPER, Role.LEADER, Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN, Role.ADMINISTRATOR]
)
def test_only_an_officer_takes_in(take_in: Import, commune: Unit, tmp_path: Path, role: Role) -> None:
    unit = make_district() if role in (Role.JUSTICE, Role.TASK_FORCE, Role.CHAIRMAN) else commune
    make_person("somebody", role, unit)
    with pytest.raises(CommandError, match="Only an officer"):
        take_in(workbook(tmp_path / "a.xlsx", birth()), user="somebody", commit=True)
    assert not Record.objects.exists()


def test_an_officer_of_another_commune_takes_in_nothing(take_in: Import, tmp_path: Path) -> None:
    make_person("officer.hop-nhat", Role.OFFICER, make_commune("Hợp Nhất", "hop-nhat"))
    with pytest.raises(CommandError, match="Only an officer"):
        take_in(workbook(tmp_path / "a.xlsx", birth()), user="officer.hop-nhat")


def test_a_closed_account_takes_in_nothing(take_in: Import, officer: User, tmp_path: Path) -> None:
    User.objects.filter(pk=officer.pk).update(is_active=False)
    with pytest.raises(CommandError, match="Only an officer"):
        take_in(workbook(tmp_path / "a.xlsx", birth()))


@pytest.mark.parametrize("options", [{"unit": "nowhere"}, {"user": "nobody"}, {"kind": "GH"}, {"kind": "??"}])
def test_what_does_not_exist_is_said_in_one_line(
    take_in: Import, tmp_path: Path, options: dict[str, str]
) -> None:
    with pytest.raises(CommandError) as refusal:
        take_in(workbook(tmp_path / "a.xlsx", birth()), **options)
    assert refusal.value.returncode == 1 and "\n" not in str(refusal.value)


def text_file(path: Path) -> Path:
    path.write_text("so;ngayDangKy;nksHoTen")
    return path


def missing_file(path: Path) -> Path:
    return path.with_name("nowhere.xlsx")


@pytest.mark.parametrize("craft", [text_file, missing_file, crafted_workbooks.old_workbook_with_a_password])
def test_a_file_that_cannot_be_read_changes_nothing(
    commune: Unit, officer: User, tmp_path: Path, craft: Any
) -> None:
    out, before = StringIO(), counts()
    given_options = {"unit": commune.slug, "user": officer.username, "json": True, "commit": True}
    with pytest.raises(CommandError) as refusal:
        call_command("import_workbook", str(craft(tmp_path / "a.xlsx")), stdout=out, **given_options)
    answer = json.loads(out.getvalue())
    assert refusal.value.returncode == 2
    assert answer["refused_file"] == str(refusal.value) and answer["accepted"] == 0
    assert counts() == before


def test_people_are_answered_in_lines(commune: Unit, officer: User, tmp_path: Path) -> None:
    out, path = StringIO(), workbook(tmp_path / "a.xlsx", birth("1"), birth("2", child_gender="??"))
    call_command("import_workbook", str(path), unit=commune.slug, user=officer.username, stdout=out)
    said = out.getvalue()
    for words in ("Rows: 2. Accepted: 1. Refused: 1.", "Row 3, column nksGioiTinh", "01/1998", "dry run"):
        assert words in said


def test_a_larger_file_asks_no_more_questions(take_in: Import, commune: Unit, tmp_path: Path) -> None:
    def asked(name: str, numbers: range) -> int:
        path = workbook(tmp_path / name, *(birth(str(number)) for number in numbers))
        with CaptureQueriesContext(
            connection,
        ) as queries:
            assert take_in(path, commit=True)["accepted"] == len(numbers)
        return len(queries)

    make_book(commune, book_no="01")
    assert asked("a.xlsx", range(1, 3)) == asked("b.xlsx", range(10, 60))


CELLS = st.sampled_from(["1", "2", "01/", 3, None, "x", 36483, "30/02/1998", "Nữ", "1999", 1998.5, "?", "-"])
ODD = st.fixed_dictionaries(
    {},
    optional={
        code: CELLS for code in ("number", "book_ref", "registration_date", "child_gender", "mother_id_no")
    },
)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(odd=st.lists(ODD, min_size=1, max_size=6))
def test_a_dry_run_says_what_a_commit_does(
    take_in: Import, tmp_path: Path, odd: list[dict[str, Any]]
) -> None:
    rows = [birth(**{"number": str(at), **changes}) for at, changes in enumerate(odd, start=1)]
    path = workbook(tmp_path / "a.xlsx", *rows)
    records = Record.objects.count()
    dry, real = take_in(path), take_in(path, commit=True)
    assert {**dry, "committed": True} == real or real["imported"]
    assert real["rows"] == real["accepted"] + real["refused"] == len(rows)
    if not real["imported"]:
        assert Record.objects.count() == records + real["accepted"]
