"""Writing many rows with COPY: how values are spelled, and feeding files into one statement per table."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, BinaryIO

from django.db import connection, models

_CHUNK = 1 << 20


def line(values: Iterable[Any]) -> str:
    """Return one row in PostgreSQL's text format; mappings become JSON."""
    return "\t".join(_spelled(value) for value in values) + "\n"


def _spelled(value: Any) -> str:
    if value is None:
        return "\\N"
    if isinstance(value, str):
        return _escaped(value)
    if isinstance(value, dict):
        return _escaped(json.dumps(value, ensure_ascii=False))
    if isinstance(value, bool):
        return "t" if value else "f"
    return value.isoformat() if isinstance(value, date) else str(value)


def _escaped(text: str) -> str:
    if "\\" in text:
        text = text.replace("\\", "\\\\")
    if "\n" in text or "\t" in text or "\r" in text:
        text = text.replace("\n", "\\n").replace("\t", "\\t").replace("\r", "\\r")
    return text


def columns_of(model: type[models.Model], *, but: tuple[str, ...] = ()) -> tuple[str, ...]:
    """Return the attribute names of a table's columns in their order, without those the database fills itself."""
    return tuple(field.attname for field in model._meta.concrete_fields if field.attname not in but)


class Sheets:
    """Files read one after the other as if they were one, each removed when it is read."""

    def __init__(self, paths: Iterable[Path]) -> None:
        self._paths = iter(paths)
        self._open: BinaryIO | None = None

    def read(self, size: int = _CHUNK) -> bytes:
        """Return at most ``size`` bytes; nothing when all files are read."""
        for file in self._files():
            if found := file.read(size):
                return found
            self.close()
        return b""

    def _files(self) -> Iterator[BinaryIO]:
        while True:
            if self._open is None:
                path = next(self._paths, None)
                if path is None:
                    return
                self._open = path.open("rb")
                path.unlink()
            yield self._open

    def close(self) -> None:
        if self._open is not None:
            self._open.close()
            self._open = None


def copy_in(model: type[models.Model], columns: tuple[str, ...], paths: Iterable[Path]) -> None:
    """Load files of rows into a table in one statement."""
    names = ", ".join(f'"{column}"' for column in columns)
    sheets = Sheets(paths)
    try:
        with connection.cursor() as cursor:
            cursor.copy_expert(f'COPY "{model._meta.db_table}" ({names}) FROM STDIN', sheets, _CHUNK)
    finally:
        sheets.close()


def take_ids(model: type[models.Model], count: int) -> list[int]:
    """Take ids from a table's sequence, so that whoever saves next gets others."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
            [model._meta.db_table, count],
        )
        return sorted(row[0] for row in cursor.fetchall())
