"""Parts of the product are killed or frozen while people work; it heals by itself and loses nothing it confirmed."""

from __future__ import annotations

import os
import signal
import statistics
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest

from civreg.servers import processes
from walks.births import BIRTH, posted, state_of
from walks.conftest import Someone
from walks.people import Person
from walks.product import Product, eventually

pytestmark = pytest.mark.slow
HEALED_SECONDS = 30.0
# The same work in the same minute, so only a stall makes a difference of this size.
SLOWER_AT_MOST = 3.0
STALL_SECONDS = 0.25


@pytest.fixture(autouse=True)
def healthy(product: Product) -> Iterator[None]:
    """Begin and end with a product that is well."""
    product.heals()
    yield
    product.heals()


def test_a_form_sent_while_the_database_is_dead_comes_back_and_can_be_sent_again(
    product: Product, officer: Person, book: int
) -> None:
    officer.expected.add(503)
    officer.goes_to(f"/so/{book}/mo-ta/")
    officer.fills({"note": "kệ 7, gáy rách"})
    with _frozen(product.pid_of("keeper")):
        _kill(product, "database")
        officer.clicks("Lưu")
        assert officer.page.locator("h1").inner_text() == "Hệ thống tạm ngừng trong giây lát"
        assert officer.page.locator("[name=note]").input_value() == "kệ 7, gáy rách"
        officer.clicks("Gửi lại nội dung vừa nhập")
        assert officer.page.locator("[name=note]").input_value() == "kệ 7, gáy rách"
    product.heals()
    officer.clicks("Gửi lại nội dung vừa nhập")
    assert officer.page.url == f"{officer.address}/so/{book}/"
    assert officer.sees("kệ 7, gáy rách")


def test_the_desk_saves_by_itself_once_the_database_is_back(
    product: Product, officer: Person, book: int
) -> None:
    officer.expected.add(503)
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    before = state_of(officer, book)["counted"]
    officer.fills(BIRTH | {"child_full_name": "Hà Thị Sen"})
    with _frozen(product.pid_of("keeper")):
        _kill(product, "database")
        officer.presses("Lưu")
        officer.page.locator("[data-line]", has_text="chưa lưu").wait_for()
        assert officer.page.locator("[name=child_full_name]").input_value() == "Hà Thị Sen"
    product.heals()
    officer.page.wait_for_url("**/ho-so/*/", timeout=90_000)
    assert officer.sees("Hà Thị Sen")
    assert state_of(officer, book)["counted"] == before + 1


def test_what_was_confirmed_before_the_database_was_killed_is_all_there_once(
    product: Product, officer: Person, book: int
) -> None:
    officer.goes_to(f"/so/{book}/")
    before = state_of(officer, book)
    forms = [posted(before["next_number"] + step) for step in range(30)]
    database = product.pid_of("database")
    first = [_send(officer, book, form) for form in forms[:10]]
    # In the middle of a save, as far as that can be hit.
    killer = threading.Timer(0.01, os.kill, (database, signal.SIGKILL))
    killer.start()
    first += [_send(officer, book, form) for form in forms[10:]]
    killer.join()
    assert "" in first
    assert eventually(lambda: product.is_running("database", database), HEALED_SECONDS)
    product.heals()
    again = [officer.sends(f"/nhap-lieu/{book}/moi/", form) for form in forms]
    assert [answer.status for answer in again] == [302] * len(forms)
    kept = [answer.headers["location"] for answer in again]
    assert all(place in ("", kept[number]) for number, place in enumerate(first))
    assert len(set(kept)) == len(forms)
    assert state_of(officer, book)["counted"] == before["counted"] + len(forms)


def test_the_figures_go_on_after_the_queue_was_killed(product: Product, officer: Person, book: int) -> None:
    queue = product.pid_of("queue")
    os.kill(queue, signal.SIGKILL)
    assert eventually(lambda: product.is_running("queue", queue), HEALED_SECONDS)
    _figures_follow(officer, book)


@pytest.mark.parametrize("part", ["worker", "beat", "web", "keeper"])
def test_a_killed_part_is_started_again(part: str, product: Product, officer: Person, book: int) -> None:
    before = product.pid_of(part)
    os.kill(before, signal.SIGKILL)
    assert eventually(lambda: product.is_running(part, before), HEALED_SECONDS)
    product.heals()
    _figures_follow(officer, book)


def test_a_frozen_queue_slows_nobody_down_and_the_figures_catch_up(
    product: Product, officer: Person, someone: Someone, book: int
) -> None:
    task_force = someone("taskforce")
    save, read = _saving(officer, book), _reading(task_force)
    save(), read()
    before = _median(save), _median(read)
    with _frozen(product.pid_of("queue")):
        time.sleep(3)
        meanwhile = _median(save), _median(read)
        digitized = officer.reads("/api/v1/progress/")["digitized"]
    for normal, frozen in zip(before, meanwhile, strict=True):
        assert frozen < max(SLOWER_AT_MOST * normal, STALL_SECONDS), (before, meanwhile)
    assert eventually(lambda: officer.reads("/api/v1/progress/")["digitized"] > digitized, HEALED_SECONDS)


def _kill(product: Product, part: str) -> None:
    pid = product.pid_of(part)
    os.kill(pid, signal.SIGKILL)
    # The idle backends notice by themselves; the last of them is gone a moment later.
    folder = product.home / "pg18"
    assert eventually(lambda: not processes.working_in(folder, "postgres"), HEALED_SECONDS)


@contextmanager
def _frozen(pid: int) -> Iterator[None]:
    os.kill(pid, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(pid, signal.SIGCONT)


def _send(officer: Person, book: int, form: dict[str, str]) -> str:
    """Return the path of the entry when it was confirmed, nothing when the product said it could not."""
    answer = officer.sends(f"/nhap-lieu/{book}/moi/", form)
    assert answer.status in {302, 503}
    return answer.headers["location"] if answer.status == 302 else ""


def _figures_follow(officer: Person, book: int) -> None:
    """Save one more entry and see it in the figures."""
    before = officer.reads("/api/v1/progress/")["digitized"]
    _saving(officer, book)()
    assert eventually(lambda: officer.reads("/api/v1/progress/")["digitized"] > before, HEALED_SECONDS)


def _saving(officer: Person, book: int) -> Callable[[], None]:
    officer.goes_to(f"/so/{book}/")
    numbers = iter(range(state_of(officer, book)["next_number"], 9_999))

    def save() -> None:
        assert officer.sends(f"/nhap-lieu/{book}/moi/", posted(next(numbers))).status == 302

    return save


def _reading(person: Person) -> Callable[[], None]:
    def read() -> None:
        assert person.context.request.get(f"{person.address}/tien-do/").status == 200

    return read


def _median(act: Callable[[], None], times: int = 9) -> float:
    """Return the median time of an act in seconds."""
    taken = []
    for _time in range(times):
        began = time.perf_counter()
        act()
        taken.append(time.perf_counter() - began)
    return statistics.median(taken)
