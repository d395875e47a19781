"""Start everything: database, message queue, web server, worker and beat; until Ctrl-C."""

from __future__ import annotations

import os
import signal
import socket
import sys
import time
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management import call_command, get_commands
from django.core.management.base import BaseCommand
from django.db import connections

from civreg import servers
from civreg.management import preparation
from civreg.servers import running
from civreg.servers.locks import Lock

# A web server killed a moment ago needs this long to let go of its port.
PORT_PATIENCE_SECONDS = 3.0


class Command(BaseCommand):
    """Prepare what has changed, then keep the product running."""

    help = __doc__ or ""
    requires_system_checks = ()

    def handle(self, *args: Any, **options: Any) -> None:
        """Serve on HOST and PORT; raises Refused with one line that says what is in the way."""
        signal.signal(signal.SIGTERM, _leave)
        host, port = os.environ.get("HOST") or "127.0.0.1", _port()
        home = servers.Home(settings.CIVREG_HOME)
        home.prepare()
        only_one = Lock(home.root / "start.lock")
        if not only_one.try_alone():
            raise servers.Refused(
                f"civreg đang chạy sẵn trong {home.root}.", f"civreg already runs in {home.root}."
            )
        address = _free_address(host, port)
        with servers.held(home.root) as hold:
            self._prepare(home)
            self.stdout.flush()
            running.become(home=home, host=address, port=port, lock=only_one, hold=hold)

    def _prepare(self, home: servers.Home) -> None:
        preparation.migrate_if_behind()
        if "seed" in get_commands() and preparation.is_empty():
            call_command("seed", stdout=self.stdout)
        preparation.collect_static_if_changed(home.root / "static.stamp")
        if missing := preparation.missing_pdf_libraries():
            names = ", ".join(missing)
            self.stdout.write(f"Không tạo được PDF, thiếu {names}. / PDF off, {names} missing.")
        connections.close_all()


def _leave(number: int, frame: FrameType | None) -> None:
    """Turn SIGTERM during the preparation into an orderly way out."""
    sys.exit(128 + number)


def _port() -> int:
    written = os.environ.get("PORT") or "8000"
    if not written.isdigit() or not 0 < int(written) < 65536:
        raise servers.Refused(f"PORT={written} không phải số cổng.", f"PORT={written} is not a port number.")
    return int(written)


def _free_address(host: str, port: int) -> str:
    """Return the numeric address of ``host``; raises Refused when nothing can be served there."""
    deadline = time.monotonic() + PORT_PATIENCE_SECONDS
    while True:
        try:
            return _listen_once(host, port)
        except OSError as problem:
            if time.monotonic() > deadline:
                raise servers.Refused(
                    f"Không mở được {host}:{port} ({problem.strerror}); hãy đặt PORT hoặc HOST khác.",
                    f"Cannot listen on {host}:{port}; set another PORT or HOST.",
                ) from problem
        time.sleep(0.1)


def _listen_once(host: str, port: int) -> str:
    family, kind, protocol, _name, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
    with socket.socket(family, kind, protocol) as tried:
        tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        tried.bind(address)
    return str(address[0])
