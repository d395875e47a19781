"""Everybody comes in, lands where their day begins, and finds their rooms, on an office screen and on a phone."""

from __future__ import annotations

import pytest

from walks.conftest import Someone
from walks.people import OFFICE, PHONE, Person

# Who: the page they land on, then the rooms in their navigation.
ROOMS = {
    "officer.hop-nhat": (
        "/so/",
        ["/nhap-lieu/tiep/", "/tien-do/", "/so/", "/ho-so/", "/tim/", "/tra-lai/", "/kiem-tra/"],
    ),
    "helper.hop-nhat": ("/so/", ["/nhap-lieu/tiep/", "/so/", "/ho-so/", "/tim/", "/tra-lai/"]),
    "leader.hop-nhat": ("/so/", ["/tien-do/", "/so/", "/ho-so/", "/tim/", "/phe-duyet/"]),
    "justice": (
        "/so/",
        ["/tien-do/", "/so/", "/ho-so/", "/tim/", "/kiem-tra/", "/phe-duyet/", "/bien-ban/"],
    ),
    "taskforce": ("/tien-do/", ["/tien-do/", "/bien-ban/"]),
    "chairman": ("/tien-do/", ["/tien-do/", "/bien-ban/"]),
    "province": ("/tien-do/", ["/tien-do/"]),
    "admin": ("/quan-tri/tai-khoan/", ["/quan-tri/tai-khoan/", "/quan-tri/don-vi/", "/tien-do/"]),
}
EVERY_ROOM = {room for _landing, rooms in ROOMS.values() for room in rooms}
# Pages behind the rooms, for those who have them.
BEHIND = {
    "officer.hop-nhat": [
        "/so/1/",
        "/so/1/doi-chieu/",
        "/so/1/mo-ta/",
        "/so/1/tong-so/",
        "/so/moi/",
        "/nhap-lieu/1/moi/",
        "/chuyen/",
        "/chia-viec/",
        "/so/1/chia-viec/",
        "/viec-cua-toi/",
    ],
    "helper.hop-nhat": [
        "/so/1/",
        "/nhap-lieu/1/moi/",
        "/viec-cua-toi/",
        "/mat-khau/",
        "/tai-khoan/",
        "/quy-tac/",
    ],
    "leader.hop-nhat": ["/so/1/", "/chia-viec/", "/so/1/chia-viec/", "/tien-do/hop-nhat/"],
    "justice": [
        "/so/tong-so/",
        "/chia-viec/?don-vi=ca-dinh",
        "/so/?don-vi=ca-dinh",
        "/tien-do/ca-dinh/",
        "/tai-khoan/",
        "/api/",
    ],
    "taskforce": ["/tien-do/hop-nhat/", "/tien-do/soc-dang/"],
    "admin": [
        "/quan-tri/tai-khoan/moi/",
        "/quan-tri/tai-khoan/1/",
        "/quan-tri/don-vi/moi/",
        "/quan-tri/don-vi/1/",
    ],
}


@pytest.mark.parametrize("name", ROOMS)
def test_they_land_where_their_day_begins_and_see_their_rooms_and_no_other(
    name: str, someone: Someone
) -> None:
    landing, rooms = ROOMS[name]
    person = someone(name)
    person.goes_to("/")
    assert person.page.url == f"{person.address}{landing}"
    links = person.page.locator("nav.wide a")
    assert [link.get_attribute("href") for link in links.all()] == rooms
    closed = {room: _status(person, room) for room in EVERY_ROOM - set(rooms)}
    assert set(closed.values()) <= {403}, closed


@pytest.mark.parametrize("name", ROOMS)
def test_their_pages_fit_an_office_screen_and_a_phone(name: str, someone: Someone) -> None:
    person, wide = someone(name), []
    for path in [*ROOMS[name][1], *BEHIND.get(name, [])]:
        assert person.goes_to(path).status == 200, path
        for screen in (OFFICE, PHONE):
            person.page.set_viewport_size(screen)
            if person.scrolls_sideways():
                wide.append((path, screen["width"]))
        assert person.page.locator("h1").count() == 1, path
    assert wide == []


@pytest.mark.parametrize("name", ["officer.hop-nhat", "taskforce"])
def test_the_rooms_are_in_the_menu_of_a_phone(name: str, someone: Someone) -> None:
    person = someone(name, screen=PHONE)
    person.goes_to("/")
    assert not person.page.locator("nav.wide a").first.is_visible()
    person.page.locator(".menu summary").click()
    links = person.page.locator(".menu nav a")
    assert [link.get_attribute("href") for link in links.all()] == ROOMS[name][1]
    assert links.last.is_visible()
    assert not person.scrolls_sideways()


def test_an_entry_fits_a_phone(someone: Someone) -> None:
    officer = someone("officer.hop-nhat", screen=PHONE)
    officer.goes_to("/so/1/")
    officer.page.locator("tbody a[href^='/ho-so/']").first.click()
    officer.page.wait_for_url("**/ho-so/**")
    assert not officer.scrolls_sideways()


def test_vietnamese_comes_first_and_english_is_remembered_after_a_new_log_in(someone: Someone) -> None:
    person = someone()
    person.logs_in("officer2.ca-dinh")
    assert _language(person) == ("vi", "Sổ hộ tịch")
    person.clicks("English")
    assert _language(person) == ("en", "Civil-status books")
    person.clicks("Log out")
    at_home = someone()
    at_home.goes_to("/dang-nhap/")
    assert _language(at_home) == ("vi", "Đăng nhập")
    at_home.logs_in("officer2.ca-dinh")
    assert _language(at_home) == ("en", "Civil-status books")
    at_home.clicks("Tiếng Việt")
    assert _language(at_home) == ("vi", "Sổ hộ tịch")


def test_a_wrong_password_lets_nobody_in_and_keeps_the_name(someone: Someone) -> None:
    person = someone()
    person.goes_to("/dang-nhap/")
    person.fills({"username": "officer.hop-nhat", "password": "walk-by-the-look"})
    person.clicks("Đăng nhập")
    assert person.page.input_value("[name=username]") == "officer.hop-nhat"
    assert _status(person, "/so/") == 302


def test_figures_that_can_no_longer_be_asked_for_say_so_until_they_can(someone: Someone) -> None:
    person = someone("taskforce")
    person.goes_to("/tien-do/")
    told = person.page.locator("[data-lost]")
    person.context.set_offline(True)
    told.get_by_text("Mất kết nối với máy chủ").wait_for()
    person.context.set_offline(False)
    told.get_by_text("Mất kết nối với máy chủ").wait_for(state="hidden")
    lost = ("ERR_INTERNET_DISCONNECTED", "htmx:sendError", "htmx:afterRequest")
    person.troubles = [trouble for trouble in person.troubles if not any(sign in trouble for sign in lost)]


def test_what_the_content_policy_refuses_would_be_seen(someone: Someone) -> None:
    """Looks at the instrument: every walk relies on it when it finds nothing."""
    person = someone("province")
    person.goes_to("/tien-do/")
    person.page.evaluate("document.body.setAttribute('style', 'color: red')")
    person.page.evaluate("fetch('/khong-co/')")
    person.page.wait_for_timeout(200)
    heard, person.troubles = person.troubles, []
    assert any("Content Security Policy" in trouble for trouble in heard)
    assert any(trouble.startswith("404") for trouble in heard)


def _status(person: Person, path: str) -> int:
    return person.context.request.get(f"{person.address}{path}", max_redirects=0).status


def _language(person: Person) -> tuple[str | None, str]:
    page = person.page
    return page.locator("html").get_attribute("lang"), page.locator("h1").inner_text()
