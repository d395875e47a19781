"""What the runtime role may do in the database: granted after each migrate, then asked back.

By default a table gives the runtime role SELECT, INSERT and UPDATE. DELETE is the exception, and some tables
give less: an app says so in ``database_rights`` of its AppConfig, table name to the set of rights. Functions give
nothing, but for those an app names in ``database_functions``, with their argument types.
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


def expected_functions() -> frozenset[str]:
    """Return the functions the runtime role may execute, as the apps declare them."""
    configs = apps.get_app_configs()
    return frozenset(name for config in configs for name in getattr(config, "database_functions", ()))


def grant_declared(database: str) -> None:
    """Give every table and function exactly its declared rights, and nobody temporary tables.

    ``database`` is the owner's alias. A temporary table would be a place for triggers of one's own. Where somebody
    else owns the database itself, what the public may do in it is theirs to decide.
    """
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
        for function in sorted(_functions(database, of_owner_only=True)):
            cursor.execute(f'REVOKE ALL ON FUNCTION {function} FROM "{role}", PUBLIC')
            if function in expected_functions():
                cursor.execute(f'GRANT EXECUTE ON FUNCTION {function} TO "{role}"')
        if _owns_database(database):
            name = connections[database].settings_dict["NAME"]
            cursor.execute(f'REVOKE CREATE, TEMPORARY ON DATABASE "{name}" FROM "{role}", PUBLIC')


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
    wrong += [
        f"{function}: {'EXECUTE' if given else 'nothing'}"
        for function, given in sorted(_functions(database).items())
        if given != (function in expected_functions())
    ]
    wrong += _given_at_large(database)
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


def _functions(database: str, *, of_owner_only: bool = False) -> dict[str, bool]:
    """Return the functions of the product's schema, extensions' left out, and whether the runtime role may use them."""
    with connections[database].cursor() as cursor:
        cursor.execute(
            """
            SELECT oid::regprocedure::text, has_function_privilege(%s, oid, 'EXECUTE') FROM pg_proc
            WHERE pronamespace = 'public'::regnamespace AND (NOT %s OR pg_has_role(proowner, 'USAGE'))
              AND NOT EXISTS (SELECT FROM pg_depend
                              WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
            """,
            [runtime_role(), of_owner_only],
        )
        return dict(cursor.fetchall())


def _given_at_large(database: str) -> list[str]:
    """Name what the runtime role may make in schema and database; temporary tables where that is ours to say."""
    with connections[database].cursor() as cursor:
        cursor.execute(
            """
            SELECT has_schema_privilege(%(role)s, 'public', 'CREATE'),
                has_database_privilege(%(role)s, current_database(), 'CREATE'),
                has_database_privilege(%(role)s, current_database(), 'TEMPORARY')
            """,
            {"role": runtime_role()},
        )
        in_schema, in_database, temporary = cursor.fetchone()
    found = {
        "schema public: CREATE": in_schema,
        "database: CREATE": in_database,
        "database: TEMPORARY": temporary and _owns_database(database),
    }
    return [what for what, given in found.items() if given]


def _owns_database(database: str) -> bool:
    with connections[database].cursor() as cursor:
        cursor.execute(
            "SELECT pg_has_role(datdba, 'USAGE') FROM pg_database WHERE datname = current_database()"
        )
        return bool(cursor.fetchone()[0])
