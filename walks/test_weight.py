"""What a page costs on a slow line, measured by the browser: headers and bodies as they came over the wire."""

from __future__ import annotations

import pytest

from walks.conftest import Someone
from walks.people import Person

FIRST_PAGE_BYTES = 60_000
NEXT_PAGE_BYTES = 15_000


class Scales:
    """Weighs everything a page asks for."""

    def __init__(self, person: Person) -> None:
        self._person, self._bytes = person, 0.0
        session = person.context.new_cdp_session(person.page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", self._weigh)

    def weight_of(self, path: str) -> float:
        """Open a page; returns what came over the wire for it."""
        self._bytes = 0.0
        self._person.goes_to(path)
        self._person.page.wait_for_timeout(150)
        return self._bytes

    def _weigh(self, finished: dict[str, float]) -> None:
        self._bytes += finished["encodedDataLength"]


@pytest.mark.parametrize(
    ("name", "first", "others"),
    [
        ("taskforce", "/tien-do/", ["/tien-do/hop-nhat/", "/bien-ban/", "/tien-do/"]),
        (
            "officer.hop-nhat",
            "/so/",
            ["/so/1/", "/tien-do/", "/kiem-tra/", "/ho-so/", "/tim/"],
        ),
        (
            "justice",
            "/so/",
            ["/kiem-tra/", "/phe-duyet/", "/so/tong-so/", "/tai-khoan/", "/api/", "/ho-so/"],
        ),
        ("admin", "/quan-tri/tai-khoan/", ["/quan-tri/don-vi/", "/quan-tri/tai-khoan/1/"]),
    ],
)
def test_the_first_page_is_light_and_the_next_ones_lighter(
    name: str, first: str, others: list[str], someone: Someone
) -> None:
    newcomer = someone()
    someone(name).lends_session_to(newcomer)
    scales = Scales(newcomer)
    assert 2_000 < scales.weight_of(first) <= FIRST_PAGE_BYTES
    weights = {path: scales.weight_of(path) for path in others}
    assert all(1_000 < weight <= NEXT_PAGE_BYTES for weight in weights.values()), weights


def test_the_desk_opens_light_and_lighter_the_next_time(someone: Someone) -> None:
    newcomer = someone()
    someone("officer.hop-nhat").lends_session_to(newcomer)
    scales = Scales(newcomer)
    assert 10_000 < scales.weight_of("/nhap-lieu/1/moi/") <= FIRST_PAGE_BYTES
    assert 1_000 < scales.weight_of("/nhap-lieu/1/moi/") <= NEXT_PAGE_BYTES
