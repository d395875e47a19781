"""On a shared office PC the next person finds nothing of the one before."""

from __future__ import annotations

from walks.births import enters
from walks.conftest import Someone
from walks.people import Person


def test_after_the_log_out_the_back_button_shows_nothing_personal(
    officer: Person, someone: Someone, book: int
) -> None:
    entry, leaving = enters(officer, book), someone()
    leaving.logs_in("officer2.hop-nhat")
    answer = leaving.goes_to(entry)
    assert "no-store" in (answer.header_value("cache-control") or "")
    assert leaving.sees("Hà Văn Quyết")
    leaving.clicks("Đăng xuất")
    for _step in range(3):
        leaving.page.go_back()
        assert not leaving.sees("Hà Văn Quyết")
    leaving.page.go_forward()
    assert not leaving.sees("Hà Văn Quyết")


def test_after_the_log_out_the_old_session_opens_nothing(someone: Someone) -> None:
    leaving, thief = someone(), someone()
    leaving.logs_in("officer2.hop-nhat")
    leaving.lends_session_to(thief)
    thief.goes_to("/so/")
    assert "/dang-nhap/" not in thief.page.url
    leaving.clicks("Đăng xuất")
    thief.goes_to("/so/")
    assert "/dang-nhap/" in thief.page.url


def test_somebody_logged_out_elsewhere_is_led_to_the_door_by_the_next_poll(someone: Someone) -> None:
    watching = someone()
    watching.logs_in("province")
    watching.goes_to("/tien-do/")
    watching.sends("/dang-xuat/", {})
    watching.page.wait_for_url("**/dang-nhap/**", timeout=8_000)
    assert watching.page.locator("[name=password]").is_visible()


def test_the_session_is_out_of_reach_of_scripts_and_of_other_sites(someone: Someone) -> None:
    person = someone("province")
    found = {c["name"]: (c["httpOnly"], c["sameSite"]) for c in person.context.cookies()}
    assert found["civreg"] == found["csrftoken"] == (True, "Lax")


def test_logging_out_needs_the_form_of_our_own_page(someone: Someone) -> None:
    person = someone("province")
    person.goes_to("/tien-do/")
    forged = person.context.request.post(f"{person.address}/dang-xuat/", form={}, max_redirects=0)
    assert forged.status == 403
    assert person.goes_to("/tien-do/").url.endswith("/tien-do/")
