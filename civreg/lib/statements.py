"""Statements in the database's own words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection


def rows_of(statement: str, values: Mapping[str, Any]) -> list[tuple[Any, ...]]:
    """Return the rows a SQL statement finds; ``values`` fill its named places (``%(name)s``)."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        return list(cursor.fetchall())


def dicts_of(statement: str, values: Mapping[str, Any]) -> list[dict[str, Any]]:
    """Return the same rows, each by the names of its columns."""
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        names = [column[0] for column in cursor.description]
        return [dict(zip(names, row, strict=True)) for row in cursor.fetchall()]
