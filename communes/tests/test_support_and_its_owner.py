"""Not even the owner of the tables rewrites by mistake what was asked, said or stated."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import DatabaseError, connections

from civreg.lib import clock
from communes import support
from communes.models import MeansKind, RequestKind
from communes.tests.cast import make_office


def refused_to_the_owner(sql: str) -> str:
    with pytest.raises(DatabaseError) as error, connections["owner"].cursor() as cursor:
        cursor.execute(sql)
    return str(getattr(error.value.__cause__, "pgcode", ""))


def test_rows_are_only_added(committed_database: str) -> None:
    office = make_office()
    support.state_means(
        by=office.officer, unit=office.hop_nhat, quantities={MeansKind.STAFF: 3}, intent=uuid4()
    )
    support.ask(
        by=office.officer,
        unit=office.hop_nhat,
        kind=RequestKind.PEOPLE,
        what="Người nhập",
        quantity=1,
        why="Thiếu người",
        needed_by=clock.today() + timedelta(days=3),
        intent=uuid4(),
    )
    for statement in (
        "UPDATE communes_means SET quantity = 9",
        "DELETE FROM communes_means",
        "UPDATE communes_supportstep SET words = 'khác'",
        "DELETE FROM communes_supportstep",
        "TRUNCATE communes_supportstep",
        "UPDATE communes_supportrequest SET why = 'khác'",
        "UPDATE communes_supportrequest SET state = 'closed'",
    ):
        assert refused_to_the_owner(statement) == support.OUT_OF_TURN, statement
