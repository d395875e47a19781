"""What the runtime role may do in the database: granted after each migrate, then asked back.

By default a table gives the runtime role SELECT, INSERT and UPDATE. DELETE is the exception, and some tables
give less: an app says so in ``database_rights`` of its AppConfig, table name to the set of rights.
"""

from __future__ import annotations

from collections.abc import Iterable

from django.apps import apps
from django.conf import settings
from django.core.management.base import CommandError
from django.db import connections

COMMON = frozenset({"SELECT", "INSERT", "UPDATE"})
EVERY = (*sorted(COMMON), "DELETE", "TRUNCATE", "REFERENCES", "TRIGGER")
# Django's own tables from which rows must go: a session ends.
DJANGO = {"django_session": COMMON | {"DELETE"}, "django_migrations": frozenset({"SELECT"})}


def runtime_role() -> str:
    """Return the name of the role the product runs as."""
    return str(settings.DATABASES["default"]["USER"])


def separate_roles() -> bool:
    """Tell whether the product runs as another role than the owner of its tables."""
    return runtime_role() != str(settings.DATABASES["owner"]["USER"])


def expected_rights() -> dict[str, frozenset[str]]:
    """Return the tables that differ from the common rights, as the apps declare them."""
    declared = dict(DJANGO)
    for config in apps.get_app_configs():
        declared |= getattr(config, "database_rights", {})
    return declared


def grant_declared(database: str) -> None:
    """Give every table exactly its declared rights; ``database`` is the owner's alias."""
    if not separate_roles():
        return
    role = runtime_role()
    expected = expected_rights()
    with connections[database].cursor() as cursor:
        for table in _tables(database):
            rights = ", ".join(sorted(expected.get(table, COMMON)))
            cursor.execute(f'REVOKE ALL ON "{table}" FROM "{role}", PUBLIC')
            cursor.execute(f'GRANT {rights} ON "{table}" TO "{role}"')
        cursor.execute(f'GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO "{role}"')


def refuse_excess(database: str) -> None:
    """Ask the catalogue what the runtime role may do; raises CommandError naming every difference."""
    if not separate_roles():
        return
    expected = expected_rights()
    wrong = [
        f"{table}: {', '.join(sorted(given)) or 'nothing'}"
        for table, given in _given(database)
        if given != expected.get(table, COMMON)
    ]
    if wrong:
        raise CommandError("The runtime role has other rights than declared on " + "; ".join(wrong))


def _tables(database: str) -> list[str]:
    with connections[database].cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename")
        return [row[0] for row in cursor.fetchall()]


def _given(database: str) -> Iterable[tuple[str, frozenset[str]]]:
    with connections[database].cursor() as cursor:
        cursor.execute(
            """
            SELECT tablename, array_remove(array_agg(CASE WHEN has_table_privilege(
                     %s, format('public.%%I', tablename), kind) THEN kind END), NULL)
            FROM pg_tables CROSS JOIN unnest(%s) AS kind
            WHERE schemaname = 'public' GROUP BY tablename ORDER BY tablename
            """,
            [runtime_role(), list(EVERY)],
        )
        return [(table, frozenset(rights)) for table, rights in cursor.fetchall()]
