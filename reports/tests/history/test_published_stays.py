"""What was published is refused to everybody who would rewrite it, and seen where the owner did all the same."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction

from civreg.lib import clock
from communes.models import Unit
from digitization.tests.making import make_book, make_commune
from reports.models import BookAtJoining, Campaign, DailySnapshot
from reports.progress import reconcile
from reports.progress.days import close_day
from reports.tests.conftest import SetClock
from reports.tests.history.making import dec, hand_over, work
from reports.tests.making import make_campaign

TABLES = (
    "reports_bookday",
    "reports_dailysnapshot",
    "reports_snapshotrow",
    "reports_custody",
    "reports_bookatjoining",
)


def _close(campaign: Campaign, commune: Unit, at: SetClock) -> None:
    at(dec(5, 9))
    work(book := make_book(commune), 2)
    BookAtJoining.objects.create(campaign=campaign, book=book, day=dec(5).date(), counted=2)
    at(dec(5, 17, 0, 5))
    assert close_day(campaign, clock.now())


@pytest.mark.parametrize("table", TABLES)
@pytest.mark.parametrize("act", ["UPDATE {0} SET {1} = {1}", "DELETE FROM {0}", "TRUNCATE {0} CASCADE"])
def test_the_product_may_not_rewrite_what_was_published(
    table: str, act: str, campaign: Campaign, commune: Unit, at: SetClock
) -> None:
    _close(campaign, commune, at)
    column = {"reports_custody": "since"}.get(table, "counted" if "book" in table else "figures")
    with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(act.format(table, column))


@pytest.mark.parametrize("table", TABLES)
def test_nor_may_the_owner_of_the_database_by_mistake(
    table: str, committed_database: str, at: SetClock
) -> None:
    commune = make_commune()
    _close(make_campaign(commune), commune, at)
    for act in ("DELETE FROM {0}", "TRUNCATE {0} CASCADE"):
        with pytest.raises(DatabaseError, match="refused"), connections["owner"].cursor() as cursor:
            cursor.execute(act.format(table))


@contextmanager
def without_triggers(table: str) -> Iterator[None]:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        yield
        cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")


def test_a_snapshot_somebody_changed_on_purpose_is_found_by_the_recount(
    committed_database: str, at: SetClock
) -> None:
    commune = make_commune()
    _close(make_campaign(commune), commune, at)
    assert reconcile.check(patience=0).spoilt == ()
    with without_triggers("reports_snapshotrow"), connections["owner"].cursor() as cursor:
        cursor.execute("UPDATE reports_snapshotrow SET figures = jsonb_set(figures, '{digitized}', '9')")
    report = reconcile.check(patience=0)
    assert report.spoilt == (DailySnapshot.objects.get(),)
    with pytest.raises(CommandError, match="no longer what was frozen"):
        call_command("reconcile")


def test_who_keeps_a_book_is_written_down_by_the_database_itself(
    campaign: Campaign, commune: Unit, neighbour: Unit, at: SetClock
) -> None:
    at(dec(3, 9))
    book = make_book(commune)
    at(dec(4, 9))
    hand_over(book, neighbour)
    hand_over(book, neighbour)
    with connection.cursor() as cursor:
        cursor.execute("SELECT unit_id, former_id, since FROM reports_custody ORDER BY id")
        rows = cursor.fetchall()
    assert [row[:2] for row in rows] == [(commune.pk, None), (neighbour.pk, commune.pk)]
    assert [row[2].astimezone(clock.VIETNAM).day for row in rows] == [3, 4]
