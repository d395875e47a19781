"""The data folder: made private, and refused in one line where it cannot be."""

from __future__ import annotations

import stat
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from civreg.servers import Home, Refused
from civreg.servers.home import private_folder, secret_key
from civreg.tests.servers.conftest import SOURCE


def mode(path: Path) -> int:
    """Return the permission bits of ``path``."""
    return stat.S_IMODE(path.stat().st_mode)


def test_a_new_folder_is_for_its_owner_alone(home: Home) -> None:
    home.prepare()
    assert [mode(folder) for folder in (home.root, home.logs, home.valkey)] == [0o700] * 3


def test_an_empty_folder_is_made_private(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    Home(tmp_path).prepare()
    assert mode(tmp_path) == 0o700


def test_a_folder_with_other_things_keeps_its_mode(tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    tmp_path.chmod(0o755)
    Home(tmp_path).prepare()
    Home(tmp_path).prepare()
    assert mode(tmp_path) == 0o755


def test_a_folder_others_may_write_in_is_refused_and_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters").touch()
    tmp_path.chmod(0o1777)
    with pytest.raises(Refused, match="Others may write"):
        Home(tmp_path).prepare()
    assert [file.name for file in tmp_path.iterdir()] == ["letters"]
    assert mode(tmp_path) == 0o1777


def test_a_command_refuses_a_folder_of_somebody_else_in_one_line(
    foreign_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = sorted(foreign_folder.iterdir())
    monkeypatch.setenv("CIVREG_HOME", str(foreign_folder))
    said = subprocess.run(
        [sys.executable, "manage.py", "showmigrations"], cwd=SOURCE, capture_output=True, text=True
    )
    assert said.returncode == 1
    assert len(said.stderr.splitlines()) == 1
    assert "belongs to another user" in said.stderr
    assert sorted(foreign_folder.iterdir()) == before


def test_data_of_another_postgresql_is_refused(home: Home) -> None:
    home.prepare()
    (home.root / "pg17").mkdir()
    (home.root / "pg17" / "PG_VERSION").write_text("17\n")
    with pytest.raises(Refused, match="PostgreSQL 17"):
        home.prepare()


def test_a_planted_link_or_open_folder_is_not_used_for_sockets(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir(mode=0o700)
    (tmp_path / "link").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "open").mkdir()
    (tmp_path / "open").chmod(0o755)
    for planted in ("link", "open"):
        with pytest.raises(Refused, match="mode 700"):
            private_folder(tmp_path / planted)


def test_the_sockets_folder_of_somebody_else_is_not_used(foreign_folder: Path) -> None:
    with pytest.raises(Refused, match="running user alone"):
        private_folder(foreign_folder)


def test_everybody_reads_the_same_secret_key(home: Home) -> None:
    with ThreadPoolExecutor(8) as people:
        keys = set(people.map(secret_key, [home.root] * 8))
    assert len(keys) == 1
    assert len(keys.pop()) >= 50
    assert mode(home.root / "secret-key") == 0o600
