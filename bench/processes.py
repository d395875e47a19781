"""The whole product as ``make run`` starts it: seconds to the first dashboard, and the memory of all its processes.

Its data folder is new for each first start, so that start sets the demonstration up; the second start finds it.
"""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, ProxyHandler, Request, build_opener

from bench.figures import Figure, figure
from bench.pages import UnexpectedAnswer
from bench.proc import cpu_seconds, everybody_of, proportional_megabytes
from bench.stage import PASSWORD, Stage

ROOT = Path(__file__).resolve().parents[1]
FIRST_SECONDS, NEXT_SECONDS, MEGABYTES = 90, 8, 700
LONGEST_START_SECONDS = 300.0
PAGES = ("/tien-do/", "/tien-do/hop-nhat/", "/bien-ban/")
SAMPLES = 8


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds by the wall and of CPU to the first dashboard, then megabytes at several moments."""

    wall: float
    cpu: float
    memory: list[float]


def measure(stage: Stage) -> list[Figure]:
    """Start in a new folder, then again in the same one."""
    first: list[Start] = []
    later: list[Start] = []
    for _ in range(stage.rounds(3, 1)):
        with _new_home() as home:
            first.append(_start(home))
            later += [_start(home) for _ in range(stage.rounds(3, 1))]
    memory = [megabytes for start in (*first, *later) for megabytes in start.memory]
    return [
        figure("first start, with the seed, wall", "s", [s.wall for s in first], at_most=FIRST_SECONDS),
        figure("first start, with the seed, CPU of all processes", "s", [s.cpu for s in first]),
        figure("next start, wall", "s", [s.wall for s in later], at_most=NEXT_SECONDS),
        figure("next start, CPU of all processes", "s", [s.cpu for s in later]),
        figure("memory of all processes (PSS), pages open", "MB", memory, at_most=MEGABYTES),
    ]


def _start(home: Path) -> Start:
    """Start, wait for the dashboard, look at some pages, stop."""
    port = _free_port()
    environment = os.environ | {"CIVREG_HOME": str(home), "PORT": str(port), "CIVREG_DEMO_PASSWORD": PASSWORD}
    began = time.perf_counter()
    product = subprocess.Popen(
        [sys.executable, "manage.py", "start"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL
    )
    try:
        browser = _first_dashboard(product, f"http://127.0.0.1:{port}")
        wall = time.perf_counter() - began
        cpu = cpu_seconds(everybody_of(product.pid, home))
        _look_around(browser, f"http://127.0.0.1:{port}")
        return Start(wall, cpu, [_memory(product.pid, home) for _ in range(SAMPLES)])
    finally:
        product.send_signal(signal.SIGTERM)
        product.wait(timeout=90)


def _memory(pid: int, home: Path) -> float:
    time.sleep(0.7)
    return proportional_megabytes(everybody_of(pid, home))


def _first_dashboard(product: subprocess.Popen[bytes], origin: str) -> OpenerDirector:
    """Log in as soon as somebody answers, and return once the dashboard has come."""
    deadline = time.perf_counter() + LONGEST_START_SECONDS
    while time.perf_counter() < deadline and product.poll() is None:
        try:
            return _logged_in(origin)
        except URLError:
            time.sleep(0.05)
    raise UnexpectedAnswer("the product did not start")


def _logged_in(origin: str) -> OpenerDirector:
    """Log in; the log-in leads to the dashboard, whose whole page has been read."""
    cookies = CookieJar()
    browser = build_opener(ProxyHandler({}), HTTPCookieProcessor(cookies))
    browser.open(f"{origin}/dang-nhap/", timeout=10).read()
    token = next(str(cookie.value) for cookie in cookies if cookie.name == "csrftoken")
    typed = {"username": "taskforce", "password": PASSWORD, "csrfmiddlewaretoken": token}
    body = urlencode({**typed, "next": "/tien-do/"}).encode()
    with browser.open(
        Request(f"{origin}/dang-nhap/", body, {"Referer": f"{origin}/dang-nhap/"}), timeout=10
    ) as page:
        page.read()
        if not page.url.endswith("/tien-do/"):
            raise UnexpectedAnswer(f"logged in, and led to {page.url}")
    return browser


def _look_around(browser: OpenerDirector, origin: str) -> None:
    """Let both web processes load what they need for a page."""
    for _ in range(8):
        for address in PAGES:
            browser.open(origin + address, timeout=10).read()


@contextmanager
def _new_home() -> Iterator[Path]:
    home = Path(tempfile.mkdtemp(prefix="civreg-bench-run-"))
    try:
        yield home
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        return int(tried.getsockname()[1])
