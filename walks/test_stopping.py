"""The product ends as one and begins again with everything it had."""

from __future__ import annotations

import signal

import pytest

from walks.births import enters
from walks.people import Person
from walks.product import Product, eventually

pytestmark = pytest.mark.slow


def test_told_to_stop_it_leaves_no_process_and_keeps_the_data(
    product: Product, officer: Person, book: int
) -> None:
    entry = enters(officer, book)
    officer.page.goto("about:blank")
    assert product.stop() == 0
    assert product.processes() == []
    product.start()
    officer.goes_to(entry)
    assert officer.sees("Hà Văn Quyết")


def test_killed_outright_it_leaves_no_process_and_keeps_the_data(
    product: Product, officer: Person, book: int
) -> None:
    entry = enters(officer, book)
    officer.page.goto("about:blank")
    assert product.stop(signal.SIGKILL) == -signal.SIGKILL
    assert eventually(lambda: product.processes() == [], 60), product.processes()
    product.start()
    officer.goes_to(entry)
    assert officer.sees("Hà Văn Quyết")
