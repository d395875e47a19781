"""The data folder: made private, recognised as ours, and the only place the product writes to."""

from __future__ import annotations

import contextlib
import os
import secrets
import stat
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from civreg.servers import addresses

POSTGRES_MAJOR = 18


class Refused(Exception):
    """The servers cannot run here. The text is one line to show: Vietnamese, then English."""

    def __init__(self, vietnamese: str, english: str) -> None:
        super().__init__(f"{vietnamese} / {english}")


def path() -> Path:
    """Return the data folder: ``CIVREG_HOME``, or ``.civreg`` beside manage.py; absolute, links followed."""
    named = os.environ.get("CIVREG_HOME", "").strip()
    beside = Path(__file__).resolve().parents[2] / ".civreg"
    return Path(named).expanduser().resolve() if named else beside


def secret_key(root: Path) -> str:
    """Return the key that signs sessions, made at first use and kept in the data folder; raises Refused."""
    home = Home(root)
    home.prepare()
    file = root / "secret-key"
    if not file.exists():
        _write_once(file, secrets.token_urlsafe(48))
    return file.read_text().strip()


def private_folder(folder: Path) -> None:
    """Make ``folder`` for this user alone, or raise Refused where somebody else could have a hand in it."""
    folder.mkdir(mode=0o700, exist_ok=True)
    found = folder.lstat()
    if not stat.S_ISDIR(found.st_mode) or found.st_uid != os.geteuid() or found.st_mode & 0o077:
        raise Refused(
            f"Thư mục {folder} phải là của riêng người đang chạy (quyền 700); hãy xóa nó rồi chạy lại.",
            f"{folder} must be a folder of the running user alone (mode 700); remove it and start again.",
        )


@dataclass(frozen=True, slots=True)
class Home:
    """The data folder at ``root`` and the names of what lies in it."""

    root: Path

    @property
    def sockets(self) -> Path:
        """Return the folder both servers listen in."""
        return addresses.sockets(self.root)

    @property
    def postgres(self) -> Path:
        """Return PostgreSQL's data directory; its name carries the major version."""
        return self.root / f"pg{POSTGRES_MAJOR}"

    @property
    def valkey(self) -> Path:
        """Return Valkey's data directory."""
        return self.root / "valkey"

    @property
    def logs(self) -> Path:
        """Return the folder of the servers' and workers' logs, which hold no personal data."""
        return self.root / "logs"

    @property
    def users_lock(self) -> Path:
        """Return the file every user of the servers shares a lock on. It also marks the folder as ours."""
        return self.root / "users.lock"

    @property
    def supervisor_lock(self) -> Path:
        """Return the file the one supervisor holds an exclusive lock on for as long as it lives."""
        return self.root / "supervisor.lock"

    def prepare(self) -> None:
        """Make the folder private and check that it may be used; raises Refused where it may not."""
        try:
            self._make()
            self.users_lock.touch(mode=0o600)
            for folder in (self.logs, self.valkey):
                private_folder(folder)
        except OSError as problem:
            raise Refused(
                f"Không dùng được thư mục dữ liệu {self.root} ({problem.strerror}); hãy đặt CIVREG_HOME.",
                f"The data folder {self.root} cannot be used ({problem.strerror}); set CIVREG_HOME.",
            ) from problem
        self._refuse_other_version()

    def want(self, names: Iterable[str]) -> None:
        """Ask the supervisor for these servers; it looks here at every tick."""
        private_folder(self.sockets)
        for name in names:
            (self.sockets / f"{name}.wanted").touch(mode=0o600)

    def wanted(self) -> set[str]:
        """Name the servers somebody asked for."""
        return {file.stem for file in self.sockets.glob("*.wanted")}

    def clear_sockets(self) -> None:
        """Remove the folder of the sockets: nobody is left who uses them."""
        for file in self.sockets.iterdir():
            file.unlink(missing_ok=True)
        self.sockets.rmdir()

    def _make(self) -> None:
        if not self.root.exists():
            self.root.mkdir(parents=True, mode=0o700, exist_ok=True)
        found = self.root.stat()
        if found.st_uid != os.geteuid():
            raise Refused(
                f"Thư mục {self.root} thuộc về người dùng khác (uid {found.st_uid}); hãy đặt CIVREG_HOME.",
                f"The data folder {self.root} belongs to another user (uid {found.st_uid}); set CIVREG_HOME.",
            )
        if not self.users_lock.exists() and not any(self.root.iterdir()):
            self.root.chmod(0o700)
        # A folder that holds other things is never re-moded: it may be /tmp, or somebody's home.
        elif found.st_mode & 0o022:
            raise Refused(
                f"Người khác ghi được vào {self.root}; hãy đặt CIVREG_HOME vào một thư mục riêng.",
                f"Others may write in {self.root}; set CIVREG_HOME to a folder of its own .",
            )

    def _refuse_other_version(self) -> None:
        """Refuse data that another PostgreSQL wrote, in our place or in another version's."""
        for file in self.root.glob("pg*/PG_VERSION"):
            version = file.read_text().strip()
            if version != str(POSTGRES_MAJOR):
                raise Refused(
                    f"{file.parent} là dữ liệu của PostgreSQL {version}, bản này dùng {POSTGRES_MAJOR}: "
                    "hãy xuất bằng bản cũ (pg_dumpall) rồi nạp vào một CIVREG_HOME mới.",
                    f"{file.parent} is data of PostgreSQL {version}, this version runs {POSTGRES_MAJOR}: "
                    "dump it with the old version (pg_dumpall) and load it into a new CIVREG_HOME.",
                )


def _write_once(file: Path, text: str) -> None:
    """Write ``text`` so that of two processes doing this at once both read the same afterwards."""
    draft = file.with_name(f"{file.name}.{secrets.token_hex(8)}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(text)
    with contextlib.suppress(FileExistsError):
        os.link(draft, file)
    draft.unlink()
