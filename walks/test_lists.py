"""Finding entries with the keyboard alone, and leaving no trace of a name in the address bar."""

from __future__ import annotations

from playwright.sync_api import Page

from walks.conftest import Someone
from walks.people import PHONE, Person

FOCUSED_ROW = """[...document.querySelectorAll('[data-rows] tbody tr')]
  .findIndex(row => row.contains(document.activeElement))"""


def row(page: Page) -> int:
    """Return the row in which the focus is; -1 for none."""
    return int(page.evaluate(FOCUSED_ROW))


def test_a_list_is_walked_through_by_keys(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/ho-so/")
    assert row(page) == -1
    page.keyboard.press("j")
    page.keyboard.press("j")
    assert row(page) == 1
    page.keyboard.press("ArrowDown")
    page.keyboard.press("k")
    page.keyboard.press("ArrowUp")
    assert row(page) == 0
    address = page.evaluate("document.activeElement.href")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == address


def test_pages_are_turned_by_keys_and_the_focus_is_seen(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/ho-so/")
    first = page.locator("[data-rows] tbody a").first.inner_text()
    with page.expect_navigation():
        page.keyboard.press("n")
    assert "sau=" in page.url
    page.keyboard.press("j")
    outline = page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    with page.expect_navigation():
        page.keyboard.press("p")
    assert page.locator("[data-rows] tbody a").first.inner_text() == first


def test_arrows_scroll_the_page_until_somebody_is_among_the_rows(officer: Person) -> None:
    officer.goes_to("/ho-so/")
    officer.page.keyboard.press("ArrowDown")
    assert row(officer.page) == -1


def test_what_is_typed_in_a_field_is_typed(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/tim/")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("/")
    page.keyboard.type("jkxnp/?")
    assert page.input_value("[name=name]") == "jkxnp/?"
    assert not page.locator("dialog[open]").count()
    page.fill("[name=name]", "")
    page.evaluate(
        "document.querySelector('h1').dispatchEvent("
        "new KeyboardEvent('keydown', {key: 'j', isComposing: true, bubbles: true}))"
    )
    assert row(page) == -1


def test_a_row_is_ticked_by_a_key(someone: Someone) -> None:
    justice = someone("justice")
    justice.goes_to("/kiem-tra/")
    page = justice.page
    page.keyboard.press("j")
    page.keyboard.press("j")
    page.keyboard.press("x")
    boxes = page.locator("input[name=pick]")
    assert [boxes.nth(0).is_checked(), boxes.nth(1).is_checked()] == [False, True]
    page.keyboard.press("x")
    assert not boxes.nth(1).is_checked()


def test_the_keys_can_be_asked_for(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/ho-so/")
    page.keyboard.press("?")
    assert page.locator("dialog[open]").is_visible()
    page.keyboard.press("j")
    assert row(page) == -1
    page.keyboard.press("Escape")
    assert not page.locator("dialog[open]").count()
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.name") == "kind"


def test_a_name_is_found_and_is_in_no_address(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/ho-so/")
    name = page.locator("[data-rows] tbody tr td").nth(1).inner_text()
    officer.goes_to("/tim/")
    page.fill("[name=name]", name)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert page.url == f"{officer.address}/tim/"
    assert officer.sees(name)
    hrefs = page.evaluate("[...document.links].map(a => decodeURI(a.href))")
    assert not [href for href in hrefs if name in href]
    page.keyboard.press("j")
    with page.context.expect_page() as opened:
        page.keyboard.press("Enter")
    entry = opened.value
    entry.wait_for_load_state()
    assert "/ho-so/" in entry.url
    entry.close()


def test_columns_and_filters_are_kept_and_a_file_leaves_with_a_reason(officer: Person) -> None:
    page = officer.page
    officer.goes_to("/ho-so/?kind=KS")
    officer.clicks("Chọn cột")
    page.get_by_label("Người được khai sinh: Giới tính").check()
    officer.clicks("Lưu")
    assert page.locator("th", has_text="Giới tính").count() == 1
    page.locator("summary", has_text="Lưu bộ lọc").click()
    page.fill("#filter_name", "Khai sinh của tôi")
    officer.clicks("Lưu")
    officer.goes_to("/ho-so/")
    officer.clicks("Khai sinh của tôi")
    assert "kind=KS" in page.url
    page.locator("summary", has_text="Xuất ra tệp").click()
    page.fill("#export_reason", "Rà soát")
    with page.expect_download() as download:
        page.get_by_role("button", name="CSV").click()
    assert download.value.suggested_filename.endswith(".csv")
    officer.goes_to("/ho-so/bo-loc/")
    officer.clicks("Bỏ")
    assert not officer.sees("Khai sinh của tôi")


def test_the_rest_of_the_filters_comes_when_it_is_unfolded(someone: Someone) -> None:
    justice = someone("justice")
    page = justice.page
    justice.goes_to("/ho-so/?kind=KS")
    page.fill("[name=year]", "1998")
    page.locator("summary", has_text="Lọc thêm").click()
    page.locator("[name=rule]").wait_for()
    assert page.input_value("[name=year]") == "1998"
    unit = page.locator("[name=unit] option").nth(1)
    page.select_option("[name=unit]", label=unit.inner_text())
    with page.expect_navigation():
        page.get_by_role("button", name="Lọc", exact=True).click()
    assert "unit=" in page.url
    assert "year=1998" in page.url
    assert page.locator("details[open] [name=unit]").count() == 1


def test_lists_and_search_fit_a_phone(someone: Someone) -> None:
    officer = someone("officer.hop-nhat", screen=PHONE)
    for path in (
        "/ho-so/",
        "/ho-so/?kind=KS&status=entered",
        "/ho-so/cot/?kind=KS",
        "/ho-so/bo-loc/",
        "/tim/",
    ):
        officer.goes_to(path)
        assert not officer.scrolls_sideways(), path
        assert officer.page.locator("h1").count() == 1
