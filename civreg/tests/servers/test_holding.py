"""People come and go; the servers run exactly while somebody is there."""

from __future__ import annotations

import os
import shutil
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import psycopg2
import pytest

from civreg import servers
from civreg.servers import Home, postgres, valkey
from civreg.servers.processes import working_in
from civreg.tests.servers.conftest import NOBODY, SOURCE, User, eventually, supervisors

AS_NOBODY = ("setpriv", f"--reuid={NOBODY}", f"--regid={NOBODY}", "--clear-groups", "--")


def ask(home: Home, sql: str, *, role: str = "civreg_owner") -> list[tuple[object, ...]]:
    """Run one statement in a session and a transaction of its own."""
    connection = psycopg2.connect(host=str(home.sockets), user=role, dbname="civreg")
    try:
        with connection, connection.cursor() as cursor:
            cursor.execute(sql)
            return cursor.fetchall() if cursor.description else []
    finally:
        connection.close()


def postmaster(home: Home) -> int:
    """Return PostgreSQL's process id, 0 while there is none."""
    file = home.postgres / "postmaster.pid"
    return int(file.read_text().split()[0]) if file.exists() else 0


def everything_stopped(home: Home) -> bool:
    """Tell whether no process and no socket is left of ``home``."""
    running = (
        working_in(home.postgres, "postgres") + working_in(home.valkey, "valkey-server") + supervisors(home)
    )
    return not running and not home.sockets.exists()


@pytest.fixture
def hold(home: Home) -> Iterator[servers.Hold]:
    """A place among the users of running servers."""
    with servers.held(home.root) as place:
        assert place
        yield place


def test_two_who_start_at_once_share_one_supervisor_and_the_last_one_out_stops_it(home: Home) -> None:
    home.root.mkdir()
    first, second = User(home), User(home)
    assert first.is_inside()
    assert second.is_inside()
    assert len(supervisors(home)) == 1
    assert first.leave() == 0
    assert ask(home, "SELECT 1") == [(1,)]
    assert second.leave() == 0
    assert everything_stopped(home)


def test_whoever_comes_while_the_servers_stop_gets_running_ones(home: Home) -> None:
    visitor = User(home)
    for _ in range(4):
        assert visitor.is_inside()
        assert visitor.process.stdin
        visitor.process.stdin.write("\n")
        visitor.process.stdin.flush()
        with servers.held(home.root):
            assert ask(home, "SELECT 1") == [(1,)]
            assert valkey.answers(home)
            visitor.leave()
            visitor = User(home)
    assert visitor.is_inside()
    visitor.leave()
    assert everything_stopped(home)


def test_a_killed_user_is_not_counted(home: Home) -> None:
    user = User(home)
    assert user.is_inside()
    user.process.kill()
    user.process.communicate()
    assert eventually(lambda: everything_stopped(home))


def test_nothing_is_lost_when_postgresql_is_killed_in_the_middle_of_work(
    home: Home, hold: servers.Hold
) -> None:
    ask(home, "CREATE TABLE kept AS SELECT generate_series(1, 1000) AS n")
    busy = psycopg2.connect(host=str(home.sockets), user="civreg_owner", dbname="civreg", async_=True)
    assert eventually(lambda: busy.poll() == psycopg2.extensions.POLL_OK)
    busy.cursor().execute("SELECT count(*) FROM generate_series(1, 1000000000)")
    before = postmaster(home)
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: postmaster(home) not in (0, before) and postgres.answers(home))
    assert ask(home, "SELECT count(*) FROM kept") == [(1000,)]
    busy.close()


def test_a_killed_valkey_comes_back(home: Home, hold: servers.Hold) -> None:
    [before] = working_in(home.valkey, "valkey-server")
    os.kill(before, signal.SIGKILL)
    assert eventually(
        lambda: working_in(home.valkey, "valkey-server") not in ([], [before]) and valkey.answers(home)
    )


def test_a_killed_supervisor_takes_the_servers_along_and_is_replaced(home: Home, hold: servers.Hold) -> None:
    ask(home, "CREATE TABLE kept AS SELECT 1 AS n")
    before, [killed] = postmaster(home), supervisors(home)
    os.kill(killed, signal.SIGKILL)
    assert eventually(lambda: before not in working_in(home.postgres, "postgres"))
    hold.wait()
    assert supervisors(home) not in ([], [killed])
    assert ask(home, "SELECT n FROM kept") == [(1,)]


def test_the_servers_stop_when_their_folder_is_removed(home: Home, hold: servers.Hold) -> None:
    shutil.rmtree(home.root)
    home.prepare()
    assert eventually(lambda: not supervisors(home))


def test_a_long_path_uses_one_private_folder_and_removes_it(home: Home) -> None:
    deep = Home(home.root / ("x" * 60) / ("y" * 60))
    assert deep.sockets.parent == Path("/tmp")
    with servers.held(deep.root):
        assert ask(deep, "SELECT 1") == [(1,)]
        assert stat.S_IMODE(deep.sockets.stat().st_mode) == 0o700
    assert everything_stopped(deep)


def owners(folder: Path) -> set[int]:
    """Return who owns what is in a folder; a file that a running server has just removed belongs to nobody."""
    found = set()
    for path in folder.rglob("*"):
        with suppress(FileNotFoundError):
            found.add(path.lstat().st_uid)
    return found


def test_nothing_outside_the_folder_is_touched(home: Home) -> None:
    def outside() -> list[tuple[str, int, int]]:
        parents = [home.root.parent, *home.root.parent.parents, *Path(sys.prefix).parents, Path.home()]
        return [(str(path), path.stat().st_mode, path.stat().st_uid) for path in parents]

    accounts, before = Path("/etc/passwd").read_text(), outside()
    with servers.held(home.root):
        assert outside() == before
        assert [file.name for file in home.root.parent.iterdir()] == [home.root.name]
        assert owners(home.root) == {os.geteuid()}
    assert (outside(), Path("/etc/passwd").read_text()) == (before, accounts)


def test_the_database_keeps_what_it_acknowledges_and_knows_its_roles(home: Home, hold: servers.Hold) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes", "data_checksums"):
        assert ask(home, f"SHOW {setting}") == [("on",)]
    assert ask(home, "SELECT lower('ĐOÀN'), 'B' < 'a'") == [("đoàn", True)]
    assert ask(
        home, "SELECT listen_addresses FROM (SELECT current_setting('listen_addresses') AS listen_addresses)"
    ) == [("",)]
    with pytest.raises(psycopg2.errors.InsufficientPrivilege):
        ask(home, "CREATE TABLE mine (n int)", role="civreg_app")
    roles = "SELECT rolname, rolsuper, rolcreaterole, rolcreatedb FROM pg_roles WHERE rolname LIKE 'civreg%' ORDER BY 1"
    assert ask(home, roles) == [("civreg_app", False, False, False), ("civreg_owner", False, False, True)]
    for extension in ("unaccent", "pg_trgm", "btree_gist", "btree_gin"):
        ask(home, f"CREATE EXTENSION {extension}")


def test_no_name_reaches_the_log(home: Home, hold: servers.Hold) -> None:
    ask(home, "CREATE TABLE person (name text UNIQUE CHECK (length(name) < 30), born date)")
    ask(home, "INSERT INTO person VALUES ('Nguyễn Thị Bí Mật')")
    for refused in (
        "INSERT INTO person VALUES ('Nguyễn Thị Bí Mật')",
        "INSERT INTO person VALUES ('Nguyễn Thị Bí Mật và nhiều chữ nữa')",
        "INSERT INTO person VALUES ('x', 'Nguyễn Thị Bí Mật')",
        "DO $$ BEGIN RAISE EXCEPTION 'Nguyễn Thị Bí Mật'; END $$",
    ):
        with pytest.raises(psycopg2.Error, match="Bí Mật"):
            ask(home, refused)
    log = (home.logs / "postgres.log").read_text()
    assert "ready to accept connections" in log
    assert "Bí Mật" not in log


def test_only_what_the_environment_does_not_replace_is_started(
    home: Home, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATABASE_URL", "postgres://elsewhere/civreg")
    with servers.held(home.root):
        assert valkey.answers(home)
        assert not home.postgres.exists()
        monkeypatch.setenv("DATABASE_URL", "")
        with servers.held(home.root):
            assert postgres.answers(home)
            assert len(supervisors(home)) == 1
    assert everything_stopped(home)


def _who() -> list[tuple[str, ...]]:
    """This user; and, where root runs the tests and others can read the code, an ordinary one too."""
    if os.geteuid() != 0:
        return [()]
    again = "import subprocess, sys; open('manage.py'); subprocess.check_call([sys.executable, '-V'])"
    tried = subprocess.run(
        [*AS_NOBODY, sys.executable, "-c", again], cwd=SOURCE, capture_output=True, check=False
    )
    return [(), AS_NOBODY] if tried.returncode == 0 else [()]


@pytest.mark.parametrize("prefix", _who())
def test_it_runs_as_root_and_as_an_ordinary_user(home: Home, prefix: tuple[str, ...]) -> None:
    if prefix:
        os.chown(home.root.parent, NOBODY, NOBODY)
    user = User(home, prefix)
    assert user.is_inside()
    assert user.leave() == 0
    assert (home.postgres / "PG_VERSION").stat().st_uid == home.root.parent.stat().st_uid
    assert everything_stopped(home)
