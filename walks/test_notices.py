"""The task force writes to a commune, whose officer reads it and reports; the office sees both."""

from __future__ import annotations

from walks.conftest import Someone
from walks.people import PHONE, Person

SUBJECT = "Đối chiếu sổ khai sinh năm 1964"


def unread(person: Person) -> int:
    """Return the number in the bar of the page one looks at."""
    mark = person.page.locator(".topbar-side .unread [aria-hidden]")
    return int(mark.inner_text()) if mark.count() else 0


def test_a_directive_is_written_read_and_reported(officer: Person, someone: Someone) -> None:
    taskforce = someone("taskforce")
    officer.goes_to("/so/")
    before = unread(officer)
    taskforce.goes_to("/tong-hop/")
    taskforce.page.get_by_role("link", name="Gửi văn bản").first.click()
    taskforce.page.wait_for_url(lambda url: "/thong-bao/moi/?unit=" in url)
    taskforce.goes_to("/thong-bao/moi/?unit=hop-nhat")
    taskforce.page.fill("[name=subject]", SUBJECT)
    taskforce.page.fill("[name=body]", "Dòng một\nDòng hai")
    taskforce.clicks("Gửi")
    # A directive needs a number and a date; what was typed is still there.
    assert taskforce.sees("Công văn chỉ đạo phải có số và ngày.")
    assert taskforce.page.input_value("[name=body]") == "Dòng một\nDòng hai"
    taskforce.page.fill("[name=number]", "15/UBND-TP")
    taskforce.page.fill("[name=dated]", "05/12/2024")
    taskforce.page.fill("[name=due_on]", "09/12/2024")
    taskforce.clicks("Gửi")
    assert taskforce.sees("Đã gửi đến 1 xã.")

    officer.goes_to("/so/")
    assert unread(officer) == before + 1
    officer.page.locator(".topbar-side .notices-link").click()
    officer.clicks(SUBJECT)
    assert unread(officer) == before
    officer.page.set_viewport_size(PHONE)
    assert not officer.scrolls_sideways()
    officer.page.fill("[name=words]", "Đã đối chiếu xong hai quyển")
    officer.clicks("Báo cáo đã thực hiện")
    assert officer.sees("Đã đối chiếu xong hai quyển")

    taskforce.page.reload()
    assert taskforce.sees("Đã báo cáo thực hiện")
    assert taskforce.sees("Đã đối chiếu xong hai quyển")
