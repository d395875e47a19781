"""Fifty typists at once: how long each waits for a save, while everything else a desk sends goes on.

Each has a connection and a book of their own, rests about 40 seconds over an entry, and sends what the desk's scripts
would: drafts, words to be suggested, entries alike. Meanwhile the room of the task force is open, and asks every two
seconds as its page does: how long an entry that was saved is not in its figures is measured, too. All are threads of
this process, whose CPU is reported: a slow generator would measure itself.
"""

from __future__ import annotations

import gzip
import re
import resource
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPResponse, RemoteDisconnected
from http.cookies import SimpleCookie
from pathlib import Path
from random import Random
from urllib.parse import urlencode, urlsplit
from uuid import uuid4

from bench.figures import Figure, figure
from bench.pages import UnexpectedAnswer
from bench.proc import cpu_seconds, everybody_of
from bench.stage import Stage
from digitization.record_types import BY_CODE
from digitization.record_types.reading import write
from reports.demonstration.figures import DISTRICT
from walks.product import PASSWORD, Product

TYPISTS, REST_SECONDS, SAVE_SECONDS = 50, 40.0, 0.150
FRESH_SECONDS, POLL_SECONDS = 5.0, 2.0
BIRTH = BY_CODE["KS"]
# What a desk sends while one entry is typed: drafts after pauses, suggestions under fields, entries alike.
DRAFTS, SUGGESTIONS = 6, 3
# The books of the typists have no total: what is in them stands beside the headline.
_NOT_COUNTED = re.compile(r"chua-co-tong[^>]*>[^<(]*\(([\d.]+)")
_SEEN = re.compile(r'name="seen" value="([^"]+)"')


@dataclass(slots=True)
class Waited:
    """Seconds a typist waited, by what for."""

    saves: list[float] = field(default_factory=list)
    drafts: list[float] = field(default_factory=list)


class Visitor:
    """One person with one connection to the product, logged in."""

    def __init__(self, address: str, username: str) -> None:
        self._username = username
        self._wire = HTTPConnection(urlsplit(address).netloc, timeout=60)
        self._cookies: dict[str, str] = {}
        self._logs_in()

    def _asks(self, method: str, path: str, body: str = "", *, behind: bool = True) -> tuple[int, str]:
        heads = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/x-www-form-urlencoded",
            "Referer": f"http://{self._wire.host}:{self._wire.port}/",
            "Accept-Encoding": "gzip",
        }
        if behind:
            heads["HX-Request"] = "true"
        answer = self._answer(method, path, body.encode(), heads)
        data = answer.read()
        for told in answer.headers.get_all("Set-Cookie", []):
            self._cookies |= {name: crumb.value for name, crumb in SimpleCookie(told).items()}
        plain = gzip.decompress(data) if answer.headers["Content-Encoding"] == "gzip" else data
        return answer.status, answer.headers["Location"] or plain.decode(errors="replace")

    def _answer(self, method: str, path: str, body: bytes, heads: dict[str, str]) -> HTTPResponse:
        """Ask over the wire there is, or over a new one where the server has hung up meanwhile, as browsers do."""
        try:
            self._wire.request(method, path, body, heads)
            return self._wire.getresponse()
        except (BrokenPipeError, ConnectionResetError, RemoteDisconnected):
            self._wire.close()
            self._wire.request(method, path, body, heads)
            return self._wire.getresponse()

    def _logs_in(self) -> None:
        self._asks("GET", "/dang-nhap/", behind=False)
        typed = {"username": self._username, "password": PASSWORD}
        body = urlencode(typed | {"csrfmiddlewaretoken": self._cookies["csrftoken"]})
        status, _where = self._asks("POST", "/dang-nhap/", body, behind=False)
        if status != 302:
            raise UnexpectedAnswer(f"{self._username} could not log in: {status}")

    def _asks_plainly(self, path: str) -> tuple[int, str]:
        heads = {"Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items())}
        answer = self._answer("GET", path, b"", heads)
        return answer.status, answer.read().decode()


class Typist(Visitor):
    """One who types births into a book of their own; ``saved_at`` says when each entry was acknowledged."""

    def __init__(self, address: str, username: str, seed: int) -> None:
        super().__init__(address, username)
        self.waited = Waited()
        self.saved_at: list[float] = []
        self._rng, self._number = Random(f"typist/{seed}"), 0
        self._book = self._lists_a_book(f"T{seed}")

    def types_until(self, deadline: float, rest: float = REST_SECONDS) -> None:
        """Type entry after entry; the first one begins somewhere in the middle, as people do."""
        self._pauses(self._rng.uniform(0, rest), deadline)
        while time.monotonic() < deadline:
            self._types_one(rest, deadline)

    def _types_one(self, rest: float, deadline: float) -> None:
        self._number += 1
        typed = self._birth()
        steps = DRAFTS + SUGGESTIONS
        pause = min(max(self._rng.expovariate(1 / rest), rest / 4), rest * 3) / (steps + 1)
        window = uuid4().hex
        for step in range(steps):
            if not self._pauses(pause, deadline):
                return
            if step % 3:
                self.waited.drafts.append(self._posts("giu", typed | {"window": window})[0])
            else:
                self._posts("goi-y", {"field": "signer_name", "typed": typed["signer_name"][:3]})
        self._posts("giong", typed)
        if self._pauses(pause, deadline):
            self._saves(typed)

    def _saves(self, typed: Mapping[str, str]) -> None:
        seconds, status, body = self._posts("moi", {**typed, "then": "next"})
        if status == 422:
            # A warning asks once; what is asked is answered, as a person would.
            seen = _SEEN.findall(body)
            again, status, body = self._posts(
                "moi", {**typed, "then": "next"}, [("seen", one) for one in seen]
            )
            self.waited.saves.append(again)
        if status != 200:
            raise UnexpectedAnswer(f"a save was answered {status}: {body[:300]}")
        self.saved_at.append(time.monotonic())
        self.waited.saves.append(seconds)

    def _birth(self) -> dict[str, str]:
        name = f"Nguyễn Văn {''.join(self._rng.choices('abcdeghiklmnopqrstuvxy', k=6)).capitalize()}"
        entry = {**BIRTH.sample, "number": str(self._number), "child_full_name": name}
        return {**write(BIRTH, entry), "intent": str(uuid4())}

    def _pauses(self, seconds: float, deadline: float) -> bool:
        """Rest; tells whether there is time left."""
        left = deadline - time.monotonic()
        time.sleep(max(min(seconds, left), 0))
        return left > seconds

    def _posts(
        self, what: str, data: Mapping[str, str], more: Sequence[tuple[str, str]] = ()
    ) -> tuple[float, int, str]:
        body = urlencode([*data.items(), *more, ("csrfmiddlewaretoken", self._cookies["csrftoken"])])
        began = time.perf_counter()
        status, text = self._asks("POST", f"/nhap-lieu/{self._book}/{what}/", body)
        return time.perf_counter() - began, status, text

    def _lists_a_book(self, series: str) -> int:
        _status, page = self._asks_plainly("/so/moi/")
        unit = re.search(r'<select[^>]*name="unit".*?<option value="(\d+)"', page, re.DOTALL)
        form = {
            "kind": "KS",
            "unit": unit[1] if unit else "",
            "series": series,
            "book_no": "01",
            "copy_no": "1",
        }
        years = {"per_page": "2", "opened_year": "1950", "year_from": "1950", "year_to": "2023"}
        sent = form | years | {"intent": str(uuid4()), "csrfmiddlewaretoken": self._cookies["csrftoken"]}
        status, where = self._asks("POST", "/so/moi/", urlencode(sent), behind=False)
        if status != 302:
            raise UnexpectedAnswer(f"no book for {self._username}: {status}")
        return int(where.strip("/").rpartition("/")[2])


class Watcher(Visitor):
    """One of the task force with the room open; ``seen`` says when how many entries without a total stood there."""

    def __init__(self, address: str, username: str) -> None:
        super().__init__(address, username)
        self.seen: list[tuple[float, int]] = []

    def looks(self) -> int:
        """Ask for the figures as the page does; returns how many entries stand there without a total."""
        _status, page = self._asks("GET", "/tien-do/?ban=&luc=")
        found = _NOT_COUNTED.search(page)
        return int(found[1].replace(".", "")) if found else 0

    def watches_until(self, deadline: float) -> None:
        """Look as often as the page does."""
        while time.monotonic() < deadline:
            count = self.looks()
            self.seen.append((time.monotonic(), count))
            time.sleep(POLL_SECONDS)


def unseen_for(saved_at: Sequence[float], seen: Sequence[tuple[float, int]], *, before: int) -> list[float]:
    """Return how long entries saved while somebody watched were not in the figures of the room, in seconds.

    ``before`` is how many stood there before anybody of ``saved_at`` saved. Raises ValueError where one never came.
    """
    waits = []
    for number, moment in enumerate(sorted(saved_at), start=1):
        if moment < seen[0][0]:
            continue
        shown = next((at for at, count in seen if count >= before + number), None)
        if shown is None:
            raise ValueError(f"entry {number} never came into the room")
        waits.append(max(shown - moment, 0.0))
    return waits


def measure(stage: Stage) -> list[Figure]:
    """Let fifty people type for some minutes, after one in which nothing counts."""
    with running("district") as product:
        typists, watcher = seated(product, TYPISTS), Watcher(product.address, "taskforce")
        before = watcher.looks()
        _type_together(typists, stage.rounds(45, 5))
        for typist in typists:
            typist.waited = Waited()
        everybody = everybody_of(product.starter, product.home)
        began, own, theirs = time.monotonic(), _own_cpu(), cpu_seconds(everybody)
        _type_together(typists, stage.rounds(240, 20), watcher)
        seconds = time.monotonic() - began
        own, theirs = _own_cpu() - own, cpu_seconds(everybody) - theirs
    saves = [one for typist in typists for one in typist.waited.saves]
    drafts = [one for typist in typists for one in typist.waited.drafts]
    fresh = unseen_for([at for typist in typists for at in typist.saved_at], watcher.seen, before=before)
    return [
        figure("50 typists, a save", "ms", [one * 1000 for one in saves]),
        figure("the slowest of twenty saves (p95)", "ms", [late(saves) * 1000], at_most=SAVE_SECONDS * 1000),
        figure("the slowest save", "ms", [max(saves) * 1000]),
        figure("a draft, the slowest of twenty (p95)", "ms", [late(drafts) * 1000]),
        figure("an entry, until it stands in the open room", "s", fresh),
        figure("the slowest of them", "s", [max(fresh)], at_most=FRESH_SECONDS),
        figure("CPU of the generator, of one core", "%", [100 * own / seconds]),
        figure("CPU of the product, of one core", "%", [100 * theirs / seconds]),
    ]


def late(seconds: Sequence[float]) -> float:
    """Return what nineteen of twenty stay below."""
    return sorted(seconds)[int(len(seconds) * 0.95)]


def seated(product: Product, count: int, communes: Sequence[str] = ()) -> list[Typist]:
    """Log in as many people, each with a book; officers of all communes, then the first ones at a second desk."""
    slugs = communes or [commune.slug for commune in DISTRICT.communes]
    names = [f"{post}.{slug}" for post in ("officer", "officer2") for slug in slugs]
    return [Typist(product.address, names[seed % len(names)], seed) for seed in range(count)]


@contextmanager
def running(size: str) -> Iterator[Product]:
    """Run the product with a demonstration of its own."""
    with tempfile.TemporaryDirectory(prefix="civreg-bench-typists-") as folder:
        product = Product(Path(folder) / "home")
        try:
            product.install(size)
            product.start()
            yield product
        finally:
            product.leave()


def _type_together(typists: Sequence[Typist], seconds: float, watcher: Watcher | None = None) -> None:
    deadline = time.monotonic() + seconds
    with ThreadPoolExecutor(len(typists) + 1) as threads:
        at_work = [threads.submit(typist.types_until, deadline) for typist in typists]
        if watcher:
            # Long enough to see the last entries come.
            at_work.append(threads.submit(watcher.watches_until, deadline + 2 * FRESH_SECONDS))
        for done in at_work:
            done.result()


def _own_cpu() -> float:
    used = resource.getrusage(resource.RUSAGE_SELF)
    return used.ru_utime + used.ru_stime
