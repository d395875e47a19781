"""What the runtime role is given in the database at large: little, for a short while, and nothing to build on."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.core.management.base import CommandError
from django.db import DatabaseError, connection, connections, transaction

from civreg.lib import database_rights
from civreg.lib.long_work import lift_time_limits

DENIED = "42501"
LIMITS = {"statement_timeout": "15s", "lock_timeout": "5s", "idle_in_transaction_session_timeout": "1min"}
A_TRIGGER_OF_ONES_OWN = """
CREATE {kind} TABLE mine (book_id bigint, status text, standing text, entered_at timestamptz);
CREATE TRIGGER forger AFTER INSERT ON mine REFERENCING NEW TABLE AS fresh
    FOR EACH STATEMENT EXECUTE FUNCTION civreg_tally_insert();
"""


def refused(sql: str) -> str:
    with pytest.raises(DatabaseError) as error, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)
    return str(getattr(error.value.__cause__, "pgcode", ""))


def limits() -> dict[str, str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name, current_setting(name) FROM unnest(%s) AS name", [list(LIMITS)])
        return dict(cursor.fetchall())


def as_owner(sql: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(sql)


@contextmanager
def told(words: str) -> Iterator[None]:
    """Expect the rights to be refused with these words."""
    with pytest.raises(CommandError, match=words):
        yield
        database_rights.refuse_excess("owner")


def test_nobody_hangs_a_trigger_of_the_product_on_a_table_of_their_own(committed_database: str) -> None:
    # A copy of a database does not take over who may do what in it: before its rights are set, temporary tables go.
    assert refused(A_TRIGGER_OF_ONES_OWN.format(kind="TEMPORARY")) == DENIED
    database_rights.grant_declared("owner")
    assert refused("CREATE TEMPORARY TABLE mine (a int)") == DENIED


@pytest.mark.django_db
def test_only_the_recount_may_be_called() -> None:
    for name in (
        "note_words",
        "note_changed_words",
        "tally_insert",
        "tally_update",
        "tally_delete",
        "guard_record",
        "confirm_total",
        "refuse",
    ):
        with connection.cursor() as cursor:
            cursor.execute("SELECT has_function_privilege(%s, 'EXECUTE')", [f"civreg_{name}()"])
            assert cursor.fetchone() == (False,)
    with connection.cursor() as cursor:
        cursor.execute("SELECT civreg_recount_tally()")


def test_rights_beyond_the_declared_are_told(committed_database: str) -> None:
    database_rights.grant_declared("owner")
    database_rights.refuse_excess("owner")
    with told(r"civreg_confirm_total\(\): EXECUTE"):
        as_owner("GRANT EXECUTE ON FUNCTION civreg_confirm_total() TO PUBLIC")
    with told(r"database: TEMPORARY"):
        as_owner(f'GRANT TEMPORARY ON DATABASE "{committed_database}" TO PUBLIC')
    with told(r"schema public: CREATE"):
        as_owner("GRANT CREATE ON SCHEMA public TO PUBLIC")


def test_granting_takes_back_what_was_given_beyond(committed_database: str) -> None:
    as_owner("GRANT EXECUTE ON FUNCTION civreg_confirm_total() TO PUBLIC")
    as_owner(f'GRANT CREATE, TEMPORARY ON DATABASE "{committed_database}" TO civreg_app')
    database_rights.grant_declared("owner")
    database_rights.refuse_excess("owner")


@pytest.mark.django_db
def test_everybody_has_short_limits_and_long_work_lifts_them_until_it_ends() -> None:
    assert limits() == LIMITS
    with pytest.raises(RuntimeError), transaction.atomic():
        lift_time_limits(patient=False)
        assert limits() == dict.fromkeys(LIMITS, "0") | {"lock_timeout": "5s"}
        lift_time_limits()
        assert limits() == dict.fromkeys(LIMITS, "0")
        raise RuntimeError
    assert limits() == LIMITS


@pytest.mark.django_db
def test_words_of_names_are_written_by_their_trigger_alone() -> None:
    assert refused("INSERT INTO digitization_nameword (word, spellings) VALUES ('x', '{x}')") == DENIED
    assert refused("DELETE FROM digitization_nameword") == DENIED
