"""What entries are found by: folded by Python at every save, judged and derived again by the database."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import pytest
from django.db import DatabaseError, connections

from civreg.lib.vietnamese import fold
from communes.models import Role
from digitization.entry_rows import LONGEST_FOLD, wrongly_folded
from digitization.models import Record, Status
from digitization.tests.making import make_book, make_commune, make_person, make_record, move

NAMES = (
    "Hoàng Thuỷ",
    "H’Bia Ê-ban",
    "H`Hen Niê",
    "Łucja Grün-Weiß",
    "กำพล",
    "Иван Гёте",
    "か ガ",
    "\u0301",
    "…",
)


def as_owner(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("name", NAMES)
def test_the_database_agrees_with_what_was_saved(cast: Any, name: str) -> None:
    make_record(cast.book, cast.lan, child_full_name=name, mother_full_name=name, father_full_name=name)
    assert wrongly_folded() == []


def test_a_name_cut_at_a_space_is_no_difference(cast: Any) -> None:
    record = make_record(cast.book, cast.lan, child_full_name="ﬃ" * 166 + "a bình")
    assert len(record.subject_fold) == LONGEST_FOLD - 1
    assert wrongly_folded() == []


@pytest.mark.parametrize(
    "stale", [{"subject_fold": "khac"}, {"second_fold": "h’bia"}, {"names_fold": ""}, {"names_fold": "Hoa"}]
)
def test_an_entry_nobody_would_find_is_named(cast: Any, stale: dict[str, str]) -> None:
    lost, _found = make_record(cast.book, cast.lan), make_record(cast.book, cast.lan)
    Record.objects.filter(pk=lost.pk).update(**stale)
    assert wrongly_folded() == [lost.pk]


def test_entries_folded_in_the_old_way_are_folded_again_though_approved(committed_database: str) -> None:
    commune = make_commune()
    book, lan = make_book(commune), make_person("lan", Role.OFFICER, commune)
    checker, leader = make_person("mai", Role.OFFICER, commune), make_person("binh", Role.LEADER, commune)
    names = {"child_full_name": "H’Bia Niê", "mother_full_name": "H’Hen Niê"}
    record, untouched = (make_record(book, lan, **given) for given in (names, {}))
    Record.objects.filter(pk=record.pk).update(open_warnings=0)
    move(record, Status.APPROVED, checker=checker, leader=leader)
    before = Record.objects.values().get(pk=record.pk)
    as_owner(
        f"""
        ALTER TABLE digitization_record DISABLE TRIGGER guard_record;
        UPDATE digitization_record SET subject_fold = 'h’bia nie', names_fold = replace(names_fold, '''', '’')
        WHERE id = {record.pk};
        ALTER TABLE digitization_record ENABLE TRIGGER guard_record;
        """
    )
    assert wrongly_folded() == [record.pk]
    as_owner(import_module("digitization.migrations.0004_fold_search_columns_again").AGAIN)
    assert wrongly_folded() == []
    assert Record.objects.values().get(pk=record.pk) == before
    assert fold("H’Hen Niê") in before["names_fold"]
    with pytest.raises(DatabaseError, match="frozen"):
        Record.objects.filter(pk=record.pk).update(subject_fold="khac")
    untouched.refresh_from_db()
    assert untouched.version == 1
