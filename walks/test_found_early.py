"""Two entries that look like one are seen while the second is typed; the clerk says why they are two, once."""

from __future__ import annotations

from walks.births import BIRTH, enters, state_of
from walks.conftest import Someone
from walks.people import PHONE, Person

# On pages of their own: the desk suggests a page by what stands on the last one.
CHILD = {
    "page_no": "14",
    "child_full_name": "Hà Thị Nguyệt Thu",
    "child_gender": "2",
    "child_birth_date": "2/4/1964",
}
WORDS = "Sổ ghi hai trẻ, số trước đã mất khi mới sinh"
PANEL = "[data-alike-place]"


def test_a_likely_duplicate_is_shown_while_typing_and_answered_on_the_spot(
    officer: Person, someone: Someone, book: int
) -> None:
    page = officer.page
    first = enters(officer, book, **CHILD)
    number = int(first.strip("/").rpartition("/")[2])
    counted = state_of(officer, book)["counted"]
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH | CHILD)
    # Somebody typing leaves the field; then the others are asked for.
    page.focus("[name=mother_full_name]")
    page.keyboard.press("End")
    page.keyboard.type(" ")
    page.keyboard.press("Backspace")
    page.locator("[name=mother_full_name]").dispatch_event("change")
    page.locator(f"{PANEL} a[href='{first}']").wait_for()
    assert "Cùng họ tên, ngày sinh và mẹ" in page.locator(PANEL).inner_text()

    # A reason without words is no answer: nothing is saved, and everything stays.
    page.select_option(f"[name='apart-{number}']", "twins")
    page.keyboard.press("Control+Enter")
    page.locator("#answers", has_text="Nêu ngắn gọn sổ ghi thế nào").wait_for()
    assert state_of(officer, book)["counted"] == counted
    page.fill(f"[name='apart_words-{number}']", WORDS)
    page.keyboard.press("Control+Enter")
    page.locator("[data-line]", has_text="Đã lưu số").wait_for()
    assert page.locator(PANEL).inner_text() == ""
    assert state_of(officer, book)["counted"] == counted + 1

    # From now on neither side is asked about, and both say who said so.
    officer.goes_to(first)
    assert officer.sees("Sinh đôi, hoặc anh chị em sinh cùng ngày")
    assert officer.sees(WORDS)
    assert not officer.may("Xác nhận khác nhau")
    leader = someone("leader.hop-nhat", screen=PHONE)
    leader.goes_to("/doi-chieu/?muc=khac-nhau")
    assert leader.sees(WORDS)
    assert not leader.scrolls_sideways()
    leader.goes_to("/doi-chieu/?muc=trung")
    assert leader.page.locator(f"a[href='{first}']").count() == 0


def test_a_pair_is_answered_on_the_list_and_taken_back(officer: Person, book: int) -> None:
    pair = [enters(officer, book, **(CHILD | {"child_full_name": "Hà Thị Ánh Dương"})) for _entry in range(2)]
    line = officer.page.locator("li", has=officer.page.locator(f"a[href='{pair[0]}']"))
    officer.goes_to("/doi-chieu/")
    line.locator("summary").click()
    line.locator("select").select_option("namesakes")
    line.locator("input[maxlength]").fill("Hai bé ở hai khu")
    with officer.page.expect_navigation():
        line.get_by_role("button", name="Xác nhận khác nhau").click()
    assert line.count() == 0
    officer.goes_to("/doi-chieu/?muc=khac-nhau")
    with officer.page.expect_navigation():
        line.get_by_role("button", name="Rút lại").click()
    officer.goes_to("/doi-chieu/")
    assert line.count() == 1
