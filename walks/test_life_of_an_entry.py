"""An entry goes from hand to hand: typed, checked, approved, reopened, returned, corrected."""

from __future__ import annotations

from walks.births import enters
from walks.conftest import Someone
from walks.people import Person


def test_an_entry_goes_from_hand_to_hand_and_its_page_tells_it(
    officer: Person, someone: Someone, book: int
) -> None:
    colleague, leader = someone("officer2.hop-nhat"), someone("leader.hop-nhat")
    entry = enters(officer, book)
    assert not _may(officer, entry, "Xác nhận đã đối chiếu")
    _presses(colleague, entry, "Xác nhận đã đối chiếu")
    assert not _may(colleague, entry, "Phê duyệt")
    _presses(leader, entry, "Phê duyệt")
    assert not _may(officer, entry, "Sửa")
    _presses(leader, entry, "Mở lại", why="Gia đình báo sai tên đệm")
    _presses(colleague, entry, "Trả lại", why="Tên mẹ chưa đúng với sổ")
    assert _may(officer, entry, "Sửa")
    officer.clicks("Sửa")
    officer.fills({"mother_full_name": "Lâm Thị Nhận"})
    officer.clicks("Lưu")
    assert officer.sees("Lâm Thị Nhận")
    for words in ("Gia đình báo sai tên đệm", "Tên mẹ chưa đúng với sổ"):
        assert officer.sees(words)
    assert len(officer.page.locator("ol.list > li").all()) == 6


def test_a_returned_entry_waits_with_its_officer(officer: Person, someone: Someone, book: int) -> None:
    colleague, entry = someone("officer2.hop-nhat"), enters(officer, book)
    _presses(colleague, entry, "Trả lại", why="Nhầm dòng")
    officer.goes_to("/tra-lai/")
    assert officer.page.locator(f"a[href='{entry}']").is_visible()


def test_ticked_entries_are_checked_together(someone: Someone) -> None:
    colleague = someone("officer2.hop-nhat")
    colleague.goes_to("/kiem-tra/")
    ticks = colleague.page.locator("[name=pick]")
    picked = [ticks.nth(place).get_attribute("value") for place in range(3)]
    for tick in picked:
        colleague.page.locator(f"[name=pick][value='{tick}']").check()
    colleague.clicks("Xác nhận đã đối chiếu")
    assert colleague.page.locator(".notice-ok").is_visible()
    for tick in picked:
        assert tick
        assert not _may(colleague, f"/ho-so/{tick.partition(':')[0]}/", "Xác nhận đã đối chiếu")


def test_a_stranger_is_told_nothing_about_an_entry(officer: Person, someone: Someone, book: int) -> None:
    entry = enters(officer, book)
    statuses = {}
    for name in ("officer.soc-dang", "leader.ca-dinh", "chairman", "province", "admin"):
        stranger = someone(name)
        stranger.expected |= {403, 404}
        statuses[name] = stranger.goes_to(entry).status
        assert not stranger.sees("Hà Văn Quyết")
    assert statuses == {
        "officer.soc-dang": 404,
        "leader.ca-dinh": 404,
        "chairman": 403,
        "province": 403,
        "admin": 403,
    }


def _may(person: Person, entry: str, word: str) -> bool:
    person.goes_to(entry)
    return person.may(word)


def _presses(person: Person, entry: str, word: str, why: str = "") -> None:
    person.goes_to(entry)
    if why:
        button = person.page.get_by_role("button", name=word, exact=True)
        person.page.locator("form", has=button).locator("[name=reason]").fill(why)
    person.clicks(word)
