"""The room stays fresh by itself: what a clerk saves stands on an open page within seconds, in its own row."""

from __future__ import annotations

import time

from walks.births import enters
from walks.conftest import Someone
from walks.people import Person

SECONDS = 5.0
# A page that was loaded anew would have forgotten this.
REMEMBER = "window.opened = 'once'"
ROWS = "[...document.querySelectorAll('#units tbody tr, #chuoi tbody tr')].map(row => row.id)"


def test_an_entry_stands_in_the_rows_of_the_room_and_of_its_commune(
    officer: Person, someone: Someone, book: int
) -> None:
    room, commune = someone("taskforce"), someone("province")
    room.goes_to("/tien-do/?sap=ten")
    commune.goes_to("/tien-do/hop-nhat/?so-lieu=&loai=KS")
    for watching in (room, commune):
        watching.page.evaluate(REMEMBER)
    rows = room.page.evaluate(ROWS)
    seen = {
        room: [
            "#unit-hop-nhat td:nth-of-type(3)",
            "#units-sum td:nth-of-type(3)",
            "#chain-KS td:nth-of-type(4)",
        ],
        commune: ["#chain-KS td:nth-of-type(4)", "#chain-sum td:nth-of-type(4)"],
    }
    before = {(who, cell): _number(who, cell) for who, cells in seen.items() for cell in cells}
    enters(officer, book)
    saved = time.monotonic()
    for (who, cell), number in before.items():
        while _number(who, cell) != number + 1:
            assert time.monotonic() - saved < SECONDS, f"{cell} still says {_number(who, cell)}"
            who.page.wait_for_timeout(100)
    for watching in (room, commune):
        assert watching.page.evaluate("window.opened") == "once"
    assert room.page.evaluate(ROWS) == rows


def test_every_number_of_the_table_of_units_leads_to_its_books(someone: Someone) -> None:
    room = someone("taskforce")
    room.goes_to("/tien-do/")
    for place, title in ((2, "Phải số hóa"), (3, "Đã nhập"), (6, "Còn lại")):
        cell = room.page.locator(f"#unit-hop-nhat td:nth-of-type({place}) a")
        number = cell.inner_text().split("\n")[0]
        cell.click()
        heading = room.page.locator("#books h2").inner_text()
        assert title in heading
        assert number in heading
        room.page.go_back()


def _number(who: Person, cell: str) -> int:
    text = who.page.locator(cell).inner_text()
    return int(text.split("\n")[0].split("/")[0].replace(".", "").strip())
