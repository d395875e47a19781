"""A thousand photographs through the pipeline while ten people type: nobody waits, and the worker stays small.

The photographs come as the upload page sends them, in pieces, from one more person. Each is of 12 million points and
about 3 MB. Typing ends when the last one has been worked on.
"""

from __future__ import annotations

import io
import threading
import time
from hashlib import sha256
from random import Random
from urllib.parse import urlencode

from PIL import Image

from bench.figures import Figure, figure
from bench.pages import UnexpectedAnswer
from bench.proc import everybody_of, proportional_megabytes
from bench.stage import Stage
from bench.typists import Typist, late, running, seated
from digitization.scans.sending import PIECE
from walks.product import Product

TYPISTS, REST_SECONDS = 10, 8.0
SLOWEST_SECONDS, WORKER_MEGABYTES = 0.5, 400
POINTS, BYTES = (3000, 4000), 3_000_000
COMMUNES = ("hop-nhat", "soc-dang", "ca-dinh")


def measure(stage: Stage) -> list[Figure]:
    """Send the photographs, type, and watch the worker until it is through."""
    wanted = stage.rounds(1000, 20)
    with running("small") as product:
        typists, sender = seated(product, TYPISTS, COMMUNES), Sender(product)
        worker = everybody_of(product.pid_of("worker"), product.home / "nobody")
        memory: list[float] = []
        done = threading.Event()
        typing = [threading.Thread(target=_types, args=(typist, done)) for typist in typists]
        watching = threading.Thread(target=_watches, args=(product, memory, done))
        for thread in (*typing, watching):
            thread.start()
        began = time.monotonic()
        try:
            sender.sends(wanted)
            sent = time.monotonic() - began
            sender.waits_until_all_are_ready(wanted)
            through = time.monotonic() - began
        finally:
            done.set()
        for thread in (*typing, watching):
            thread.join()
    assert worker
    saves = [one for typist in typists for one in typist.waited.saves]
    return [
        figure(f"{wanted} photographs sent", "s", [sent]),
        figure(f"{wanted} photographs ready", "s", [through]),
        figure("a save meanwhile", "ms", [one * 1000 for one in saves]),
        figure("a save meanwhile, the slowest of twenty (p95)", "ms", [late(saves) * 1000]),
        figure("the slowest save meanwhile", "ms", [max(saves) * 1000], at_most=SLOWEST_SECONDS * 1000),
        figure(
            "memory of the worker and its children (PSS), at most",
            "MB",
            [max(memory)],
            at_most=WORKER_MEGABYTES,
        ),
    ]


class Sender(Typist):
    """Somebody who sends photographs into their book."""

    def __init__(self, product: Product) -> None:
        super().__init__(product.address, "officer.hop-nhat", 900)
        self._photographs = [_photograph(seed) for seed in range(4)]

    def sends(self, count: int) -> None:
        """Send as many photographs, no two of them the same."""
        for number in range(count):
            self._sends_one(number, _told_apart(self._photographs[number % 4], number))

    def waits_until_all_are_ready(self, count: int) -> None:
        """Wait for the worker; raises UnexpectedAnswer where it refuses one or gives up."""
        while True:
            _status, page = self._asks_plainly(f"/so/{self._book}/to/?trang={count}")
            if '"pictures": []' not in page:
                return
            time.sleep(1)

    def _sends_one(self, number: int, data: bytes) -> None:
        promised = {
            "name": f"P{number + 1:04}.jpg",
            "size": str(len(data)),
            "sha256": sha256(data).hexdigest(),
        }
        token = {"csrfmiddlewaretoken": self._cookies["csrftoken"]}
        status, text = self._asks("POST", f"/so/{self._book}/anh/bat-dau/", urlencode(promised | token))
        if status != 200:
            raise UnexpectedAnswer(f"no upload: {status} {text[:200]}")
        key = text.split('"upload": "')[1].split('"')[0]
        for offset in range(0, len(data), PIECE):
            self._sends_piece(key, offset, data[offset : offset + PIECE])

    def _sends_piece(self, key: str, offset: int, piece: bytes) -> None:
        heads = {
            "Cookie": "; ".join(f"{name}={value}" for name, value in self._cookies.items()),
            "Content-Type": "application/octet-stream",
            "X-CSRFToken": self._cookies["csrftoken"],
            "Upload-Offset": str(offset),
        }
        answer = self._answer("POST", f"/anh/dang-gui/{key}/", piece, heads)
        body = answer.read()
        if answer.status != 200:
            raise UnexpectedAnswer(f"a piece was answered {answer.status}: {body[:200]!r}")


def _types(typist: Typist, done: threading.Event) -> None:
    while not done.is_set():
        typist.types_until(time.monotonic() + 2 * REST_SECONDS, REST_SECONDS)


def _watches(product: Product, memory: list[float], done: threading.Event) -> None:
    while not done.is_set():
        below = everybody_of(product.pid_of("worker"), product.home / "nobody")
        memory.append(proportional_megabytes(below))
        done.wait(0.25)


def _photograph(seed: int) -> bytes:
    """Return a photograph of about 3 MB: grain is what fills those of phones."""
    rng = Random(seed)
    grain = Image.frombytes("L", (750, 1000), rng.randbytes(750_000)).resize(POINTS, Image.Resampling.BICUBIC)
    paper = Image.merge("RGB", [grain.point(lambda v, top=top: top - v // 6) for top in (240, 230, 210)])
    for quality in range(95, 40, -3):
        out = io.BytesIO()
        paper.save(out, "JPEG", quality=quality)
        if out.tell() <= BYTES:
            return out.getvalue().ljust(BYTES, b"\0")
    raise ValueError("no quality gives a file this small")


def _told_apart(photograph: bytes, number: int) -> bytes:
    """Return the same picture as another file: a comment of its own right after the first mark (JPEG, FF FE)."""
    words = f"photograph {number}".encode()
    return photograph[:2] + b"\xff\xfe" + (len(words) + 2).to_bytes(2, "big") + words + photograph[2:]
