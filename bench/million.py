"""The demonstration many times over: what the product must not feel.

Copies alternate. The odd ones go into twins of the 22 communes in a neighbouring district, outside of the campaign,
as in a province on one server: no statement may read them. The even ones go into further books of the 22 communes
themselves, inside the campaign: the roll-up has to count them. Entries keep everything but their ids and their
series, which keeps their numbers unique; the tallies are the triggers' own.
"""

from __future__ import annotations

from django.apps import apps
from django.db import connections, models, transaction

from reports.progress.rollup import roll_up

TWINS = """
WITH twin_district AS (
    INSERT INTO communes_unit ({units})
    SELECT {twin_units} FROM communes_unit o WHERE o.slug = 'huyen-doan-hung' RETURNING id)
INSERT INTO communes_unit ({units})
SELECT {twin_units_below} FROM communes_unit o, twin_district d
WHERE o.id IN (SELECT unit_id FROM reports_campaignunit)
"""
PLACES = """
CREATE TEMPORARY TABLE place_of AS
SELECT o.id AS old_id, t.id AS twin_id FROM communes_unit o JOIN communes_unit t ON t.slug = o.slug || '-twin'
"""
BOOKS = """
CREATE TEMPORARY TABLE book_of AS
SELECT b.id AS old_id, nextval(pg_get_serial_sequence('digitization_book', 'id')) AS new_id,
    CASE WHEN {outside} THEN p.twin_id ELSE b.custodian_id END AS unit_id
FROM digitization_book b JOIN place_of p ON p.old_id = b.custodian_id
WHERE b.series = '' AND b.second_copy_of_id IS NULL
"""
COPY_BOOKS = """
INSERT INTO digitization_book (id, place_id, custodian_id, series, {columns})
SELECT m.new_id, m.unit_id, m.unit_id, '{series}', {values}
FROM digitization_book o JOIN book_of m ON m.old_id = o.id
"""
COPY_RECORDS = """
INSERT INTO digitization_record (book_id, place_id, custodian_id, series, {columns})
SELECT m.new_id, m.unit_id, m.unit_id, '{series}', {values}
FROM digitization_record o JOIN book_of m ON m.old_id = o.book_id ORDER BY o.id
"""
COPY_DAYS = """
INSERT INTO reports_bookday (book_id, custodian_id, {columns})
SELECT m.new_id, m.unit_id, {values} FROM reports_bookday o JOIN book_of m ON m.old_id = o.book_id
"""


def multiply(copies: int) -> None:
    """Add so many further copies of the demonstration to the database in use, then roll up."""
    _run(TWINS.format(**_twin_columns()), PLACES)
    for number in range(1, copies + 1):
        names = {"outside": str(number % 2 == 1), "series": f"M{number}"}
        _run(
            BOOKS.format(**names),
            COPY_BOOKS.format(**names, **_columns("digitization.Book")),
            COPY_RECORDS.format(**names, **_columns("digitization.Record")),
            COPY_DAYS.format(columns=_rest("reports.BookDay"), values=_rest("reports.BookDay", "o.")),
            "DROP TABLE book_of",
        )
    roll_up()


def _run(*statements: str) -> None:
    with transaction.atomic(using="owner"), connections["owner"].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _columns(model: str) -> dict[str, str]:
    return {"columns": _rest(model), "values": _rest(model, "o.")}


def _rest(model: str, alias: str = "") -> str:
    """Return the columns that a copy takes over as they are."""
    own = {"id", "book_id", "place_id", "custodian_id", "series"}
    return ", ".join(f'{alias}"{column}"' for column in _names(apps.get_model(model)) if column not in own)


def _twin_columns() -> dict[str, str]:
    columns = [name for name in _names(apps.get_model("communes.Unit")) if name != "id"]
    changed = {"slug": "o.slug || '-twin'", "code": "''"}
    values = [changed.get(name, f'o."{name}"') for name in columns]
    below = ["d.id" if name == "parent_id" else value for name, value in zip(columns, values, strict=True)]
    return {
        "units": ", ".join(f'"{name}"' for name in columns),
        "twin_units": ", ".join(values),
        "twin_units_below": ", ".join(below),
    }


def _names(model: type[models.Model]) -> list[str]:
    return [str(field.column) for field in model._meta.concrete_fields]
