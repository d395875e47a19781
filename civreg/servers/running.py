"""The last step of ``manage.py start``: keep the product running, in a process without Django.

``start`` becomes this process (exec) once everything is prepared; what seeding and compressing took in memory
is given back that way. It inherits two open locks: the one that says a start is running in this data folder,
and its place among the users of the servers.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

from civreg.servers import home as homes
from civreg.servers import product
from civreg.servers.holding import Hold, held
from civreg.servers.home import Home
from civreg.servers.locks import Lock
from civreg.servers.supervisor import Supervisor


def become(*, home: Home, host: str, port: int, lock: Lock, hold: Hold | None) -> NoReturn:
    """Replace this process by the running product, which keeps ``lock`` and the place ``hold``."""
    os.chdir(product.SOURCE)
    inherited = [str(lock.hand_over()), *([str(hold.hand_over())] if hold else [])]
    words = [sys.executable, "-m", "civreg.servers.running", host, str(port), *inherited]
    os.execve(sys.executable, words, os.environ | {"CIVREG_HOME": str(home.root)})


def run(host: str, port: int, *places: int) -> None:
    """Serve until told to stop. ``places`` among the users are given back once there is one of our own."""
    home = Home(homes.path())
    with held(home.root) as hold:
        for place in places:
            os.close(place)
        _supervisor(home, hold, host, port).run()
    _say("civreg đã dừng.", "civreg has stopped.")


def url(host: str, port: int) -> str:
    """Return the address to open in a browser on this machine."""
    everywhere = {"0.0.0.0": "127.0.0.1", "::": "[::1]"}
    return f"http://{everywhere.get(host, f'[{host}]' if ':' in host else host)}:{port}/"


def _supervisor(home: Home, hold: Hold | None, host: str, port: int) -> Supervisor:
    def ready(name: str) -> None:
        if name == "web":
            _say(f"civreg đang chạy: {url(host, port)} (Ctrl-C: dừng)", "civreg is running (Ctrl-C: stop)")

    def died(name: str, status: int) -> None:
        log = home.logs / f"{name}.log"
        _say(f"{name} đã dừng ({status}), đang khởi động lại; xem {log}", f"{name} died and is started again")

    return Supervisor(
        product.services(home, host, port),
        watch=lambda _: hold.keep() if hold else None,
        on_ready=ready,
        on_death=died,
    )


def _say(vietnamese: str, english: str) -> None:
    print(f"{vietnamese} / {english}", flush=True)  # noqa: T201 - the console is what this process is for


if __name__ == "__main__":
    _host, _port, _start_lock, *_places = sys.argv[1:]
    run(_host, int(_port), *map(int, _places))
