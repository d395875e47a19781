"""The entry desk in a real browser: by keys alone, on a line that breaks, in two windows, after the session ended."""

from __future__ import annotations

import time
from collections.abc import Iterator
from itertools import pairwise

import pytest
from playwright.sync_api import Locator, Route

from walks.births import BIRTH, enters, state_of
from walks.conftest import Someone
from walks.people import Person
from walks.product import PASSWORD

KEPT = "Đã giữ bản nháp lúc"
# Two seconds of rest, and the way to the server and back.
KEPT_WITHIN_MS = 6_000
# What a power cut may take of what was typed; a busy machine that runs this gets a little more.
LOST_AT_MOST = 2.6


def opens(officer: Person, book: int) -> None:
    officer.goes_to(f"/nhap-lieu/{book}/moi/")


def line(officer: Person) -> Locator:
    return officer.page.locator("[data-line]")


def hears(officer: Person, words: str) -> None:
    """Wait until the line says so."""
    line(officer).filter(has_text=words).wait_for(timeout=KEPT_WITHIN_MS)


@pytest.fixture(autouse=True)
def no_draft_left(officer: Person, someone: Someone) -> Iterator[None]:
    """Throw away what a walk left half typed: the shelf of the next walk shows drafts, too."""
    yield
    for person in (officer, someone("officer2.hop-nhat")):
        # Leaving the desk sends the last words behind the page: they may arrive after the next page was asked for.
        person.goes_to("/so/")
        person.page.wait_for_timeout(400)
        person.goes_to("/so/")
        while (drafts := person.page.locator("form[action^='/nhap-do/'] button")).count():
            with person.page.expect_navigation():
                drafts.first.click()
            person.goes_to("/so/")


def types(officer: Person, name: str, text: str) -> None:
    officer.page.locator(f"[name={name}]").focus()
    officer.page.keyboard.type(text)


def saves_one(officer: Person, book: int) -> None:
    """Open the desk and save an entry; the next one has begun."""
    opens(officer, book)
    officer.fills(BIRTH)
    officer.page.keyboard.press("Control+Enter")
    hears(officer, "Đã lưu số")


def focused(officer: Person) -> str:
    return str(officer.page.evaluate("document.activeElement.name || ''"))


def goes_by_enter_to(officer: Person, name: str) -> None:
    for _step in range(90):
        if focused(officer) == name:
            return
        officer.page.keyboard.press("Enter")
    raise AssertionError(f"{name} cannot be reached with Enter")


def test_entries_are_typed_one_after_the_other_without_mouse_and_without_another_page(
    officer: Person, book: int
) -> None:
    page, before = officer.page, state_of(officer, book)
    opens(officer, book)
    page.evaluate("window.stays = true")
    number = int(page.input_value("[name=number]"))
    for step in range(2):
        for name, text in BIRTH.items():
            # The page that follows depends on how full the one before is.
            if name != "page_no" and page.input_value(f"[name={name}]") != text:
                goes_by_enter_to(officer, name)
                page.keyboard.press("Control+a")
                page.keyboard.type(text)
        page.keyboard.press("Control+Enter")
        hears(officer, f"Đã lưu số {number + step:02}")
        assert page.input_value("[name=child_full_name]") == ""
        assert int(page.input_value("[name=number]")) == number + step + 1
        assert focused(officer) not in ("number", "")
    assert page.evaluate("window.stays")
    assert page.input_value("[name=signer_name]") == BIRTH["signer_name"]
    assert page.locator("#signer_name_field.is-carried").count() == 1
    assert state_of(officer, book)["counted"] == before["counted"] + 2


def test_what_is_typed_without_a_pause_is_kept_all_the_while(officer: Person, book: int) -> None:
    opens(officer, book)
    address = officer.page.locator("form[data-keep]").get_attribute("data-keep")
    kept_by: list[float] = []
    began = time.monotonic()
    officer.page.on(
        "request", lambda sent: kept_by.append(time.monotonic()) if sent.url.endswith(str(address)) else None
    )
    officer.page.locator("[name=remarks]").focus()
    while time.monotonic() - began < 7:
        officer.page.keyboard.insert_text("a ")
        officer.page.wait_for_timeout(150)
    gaps = [after - before for before, after in pairwise([began, *kept_by, time.monotonic()])]
    assert kept_by and max(gaps) < LOST_AT_MOST, gaps


def test_dates_are_typed_in_digits(officer: Person, book: int) -> None:
    opens(officer, book)
    for typed, shown in (
        ("0357", "3/1957"),
        ("12031957", "12/3/1957"),
        ("120357", "12/3/1957"),
        ("031957", "3/1957"),
        ("1957", "1957"),
        ("3/1957", "3/1957"),
        ("99999999", "99999999"),
    ):
        officer.page.fill("[name=mother_birth_date]", "")
        types(officer, "mother_birth_date", typed)
        officer.page.keyboard.press("Enter")
        assert officer.page.input_value("[name=mother_birth_date]") == shown


def test_letters_an_input_method_is_writing_are_left_alone(officer: Person, book: int) -> None:
    opens(officer, book)
    types(officer, "child_full_name", "Ha")
    for key in ("Enter", "F4", "F8"):
        officer.page.evaluate(
            "key => document.activeElement.dispatchEvent(new KeyboardEvent('keydown', "
            "{key, keyCode: 229, isComposing: true, bubbles: true, cancelable: true}))",
            key,
        )
    assert focused(officer) == "child_full_name"
    assert officer.page.input_value("[name=child_full_name]") == "Ha"


def test_what_was_typed_is_found_after_the_browser_was_killed(officer: Person, book: int) -> None:
    opens(officer, book)
    types(officer, "mother_full_name", "Lâm Thị Nhạn")
    hears(officer, KEPT)
    # As after a power cut: no question is asked, nothing is sent any more.
    tab = officer.page.context.new_page()
    officer.page.evaluate("window.onbeforeunload = null")
    tab.goto(f"{officer.address}/nhap-lieu/{book}/moi/")
    tab.locator("main a[href^='/nhap-do/']").first.click()
    tab.wait_for_url("**/nhap-do/**")
    assert tab.input_value("[name=mother_full_name]") == "Lâm Thị Nhạn"
    tab.close()


def test_a_broken_line_is_told_and_heals_by_itself(officer: Person, book: int) -> None:
    opens(officer, book)
    officer.page.context.set_offline(True)
    types(officer, "child_full_name", "Hà Văn Quyết")
    hears(officer, "Mất kết nối, chưa lưu")
    officer.page.context.set_offline(False)
    officer.page.get_by_role("button", name="Thử lại ngay").click()
    hears(officer, KEPT)
    officer.troubles.clear()


def test_an_entry_sent_while_the_line_was_down_is_saved_once(officer: Person, book: int) -> None:
    before = state_of(officer, book)["counted"]
    opens(officer, book)
    officer.fills(BIRTH)
    officer.page.context.set_offline(True)
    officer.page.keyboard.press("Control+Enter")
    hears(officer, "Mất kết nối, chưa lưu")
    officer.page.context.set_offline(False)
    hears(officer, "Đã lưu số")
    assert state_of(officer, book)["counted"] == before + 1
    officer.troubles.clear()


def test_an_entry_waits_for_the_line_in_a_hidden_window_too(officer: Person, book: int) -> None:
    before = state_of(officer, book)["counted"]
    opens(officer, book)
    officer.fills(BIRTH)
    officer.page.context.set_offline(True)
    officer.page.keyboard.press("Control+Enter")
    hears(officer, "Mất kết nối, chưa lưu")
    officer.page.evaluate(
        "Object.defineProperty(document, 'hidden', { get: () => true });"
        "document.dispatchEvent(new Event('visibilitychange'))"
    )
    officer.page.context.set_offline(False)
    hears(officer, "Đã lưu số")
    assert state_of(officer, book)["counted"] == before + 1
    officer.troubles.clear()


def test_drafts_are_kept_again_once_a_broken_line_has_brought_an_answer(officer: Person, book: int) -> None:
    opens(officer, book)
    officer.page.context.set_offline(True)
    types(officer, "child_full_name", "Hà Văn Quyết")
    hears(officer, "Mất kết nối, chưa lưu")
    officer.page.context.set_offline(False)
    # Before it is tried again by itself; an entry of a name alone is refused.
    officer.page.keyboard.press("Control+Enter")
    officer.page.locator(".said").first.wait_for()
    types(officer, "mother_full_name", "Lâm Thị Nhạn")
    hears(officer, KEPT)
    officer.troubles.clear()


def test_refused_words_are_sent_again_only_with_others(officer: Person, book: int) -> None:
    opens(officer, book)
    asked: list[str] = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=422, body="")

    address = f"**{officer.page.locator('form[data-keep]').get_attribute('data-keep')}"
    officer.page.route(address, refuse)
    types(officer, "child_full_name", "Hà Văn Quyết")
    officer.page.locator("[data-try]").wait_for()
    for name in ("mother_full_name", "father_full_name"):
        officer.page.locator(f"[name={name}]").focus()
        officer.page.wait_for_timeout(400)
    assert len(asked) == 1
    officer.page.unroute(address)
    officer.page.keyboard.type("Hà Văn Bảo")
    hears(officer, KEPT)


def test_the_session_ends_and_one_logs_in_in_place(someone: Someone, book: int) -> None:
    officer = someone("officer2.hop-nhat")
    officer.expected |= {401}
    page = officer.page
    opens(officer, book)
    for cookie in page.context.cookies():
        if cookie["name"] == "civreg":
            page.context.clear_cookies(name=cookie["name"])
    types(officer, "mother_full_name", "Lâm Thị Nhạn")
    page.locator("dialog[open]").wait_for(timeout=KEPT_WITHIN_MS)
    page.keyboard.type("không phải")
    page.keyboard.press("Enter")
    page.locator("dialog[open]", has_text="Mật khẩu không đúng").wait_for()
    page.fill("#password_again", PASSWORD)
    page.keyboard.press("Enter")
    hears(officer, KEPT)
    assert page.locator("dialog[open]").count() == 0
    assert page.input_value("[name=mother_full_name]") == "Lâm Thị Nhạn"


def test_two_windows_of_one_person_are_told_of_each_other(officer: Person, book: int) -> None:
    opens(officer, book)
    types(officer, "child_full_name", "Hà Văn Quyết")
    hears(officer, KEPT)
    officer.goes_to("/so/")
    resume = officer.page.locator("a[href^='/nhap-do/']").first.get_attribute("href")
    officer.expected |= {409}
    officer.goes_to(str(resume))
    other = officer.page.context.new_page()
    other.goto(f"{officer.address}{resume}")
    other.fill("[name=remarks]", "cửa sổ kia")
    other.locator("[data-line]", has_text=KEPT).wait_for(timeout=KEPT_WITHIN_MS)
    types(officer, "remarks", "cửa sổ này")
    hears(officer, "đang mở ở cửa sổ khác")
    officer.page.get_by_role("button", name="Nhập tiếp ở cửa sổ này").click()
    hears(officer, KEPT)
    other.close()
    officer.goes_to(str(resume))
    assert officer.page.input_value("[name=remarks]") == "cửa sổ này"


def test_a_field_is_copied_and_carried_by_a_key(officer: Person, book: int) -> None:
    page = officer.page
    saves_one(officer, book)
    page.locator("[name=mother_ethnicity]").focus()
    page.keyboard.press("F4")
    assert page.input_value("[name=mother_ethnicity]") == BIRTH["mother_ethnicity"]
    with page.expect_response("**/mang-theo/"):
        page.keyboard.press("F8")
    hears(officer, "Giữ lại cho trường hợp sau")
    page.reload()
    assert page.input_value("[name=mother_ethnicity]") == BIRTH["mother_ethnicity"]
    page.locator("[name=mother_ethnicity]").focus()
    with page.expect_response("**/mang-theo/"):
        page.keyboard.press("F8")
    hears(officer, "Không giữ lại nữa")


@pytest.mark.parametrize("saved_from", ["the next field", "the small box"])
def test_what_was_carried_is_not_said_where_the_book_cannot_be_read(
    officer: Person, book: int, saved_from: str
) -> None:
    page = officer.page
    saves_one(officer, book)
    number = page.input_value("[name=number]")
    assert page.input_value("[name=signer_name]") == BIRTH["signer_name"]
    officer.fills({name: text for name, text in BIRTH.items() if name not in ("signer_name", "page_no")})
    page.locator("[name=signer_name]").focus()
    page.keyboard.press("F2")
    # By way of "not written" to "cannot be read", as the keys go.
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    if saved_from == "the next field":
        page.keyboard.press("F2")
        assert page.input_value("[name=signer_name]") == ""
    page.keyboard.press("Control+Enter")
    hears(officer, f"Đã lưu số {number}")
    lines = officer.reads(f"/api/v1/records/?book={book}")
    (saved,) = (line for line in lines if line["number"] == int(number))
    entry = officer.reads(f"/api/v1/records/{saved['id']}/")["entry"]
    assert entry["signer_name"] == {"absent": "illegible"}


def test_what_was_carried_may_be_doubtful(officer: Person, book: int) -> None:
    page = officer.page
    saves_one(officer, book)
    page.locator("[name=signer_name]").focus()
    page.keyboard.press("F2")
    for _step in range(3):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("F2")
    assert page.input_value("[name=signer_name__state]") == "uncertain"
    assert page.input_value("[name=signer_name]") == BIRTH["signer_name"]


def test_a_doubt_is_asked_in_place(officer: Person, book: int) -> None:
    page = officer.page
    opens(officer, book)
    officer.fills(BIRTH | {"child_full_name": "HÀ 4 QUYẾT"})
    page.keyboard.press("Control+Enter")
    page.locator("#child_full_name_said").wait_for()
    assert focused(officer) == "child_full_name"
    page.keyboard.press("Enter")
    assert focused(officer) == "accept"
    page.keyboard.press("Space")
    page.keyboard.press("Control+Enter")
    hears(officer, "Đã lưu số")
    assert page.locator(".said").count() == 0


def test_words_of_before_are_taken_by_two_keys(officer: Person, book: int) -> None:
    page = officer.page
    enters(officer, book, father_residence="Khu 11, xã Hợp Nhất")
    opens(officer, book)
    types(officer, "mother_residence", "k")
    page.keyboard.type("hu 1")
    enters(officer, book, mother_residence="Khu 12, xã Hợp Nhất")
    page.keyboard.type("2")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("[name=mother_residence]") == "Khu 12, xã Hợp Nhất"
    assert focused(officer) != "mother_residence"
    assert page.locator("[role=option]").count() == 0


def test_an_answer_that_comes_late_takes_no_word_out_of_the_hand(officer: Person, book: int) -> None:
    page = officer.page
    late: list[Route] = []
    enters(officer, book, mother_residence="Khu 21, xã Hợp Nhất")
    opens(officer, book)
    types(officer, "mother_residence", "khu 2")
    page.locator("[role=option]").first.wait_for()
    page.route("**/goi-y/", lambda route: late.append(route))
    page.keyboard.type("1")
    page.wait_for_timeout(500)
    page.keyboard.press("ArrowDown")
    late.pop().continue_()
    page.wait_for_timeout(500)
    page.keyboard.press("Enter")
    page.unroute("**/goi-y/")
    assert page.input_value("[name=mother_residence]") == "Khu 21, xã Hợp Nhất"


SLOW_TO_READ = """() => {
  const post = Line.post;
  Line.post = async (...asked) => {
    const answer = await post(...asked);
    const read = answer.json.bind(answer);
    answer.json = async () => {
      const told = await read();
      await new Promise((go) => setTimeout(go, 800));
      return told;
    };
    return answer;
  };
}"""


def test_an_answer_still_being_read_takes_no_word_out_of_the_hand(officer: Person, book: int) -> None:
    page = officer.page
    enters(officer, book, mother_residence="Khu 31, xã Hợp Nhất")
    opens(officer, book)
    types(officer, "mother_residence", "khu 3")
    page.locator("[role=option]").first.wait_for()
    page.evaluate(SLOW_TO_READ)
    page.keyboard.type("1")
    page.wait_for_timeout(600)
    page.keyboard.press("ArrowDown")
    page.wait_for_timeout(900)
    page.keyboard.press("Enter")
    assert page.input_value("[name=mother_residence]") == "Khu 31, xã Hợp Nhất"


def test_words_in_sight_keep_their_places_while_others_join_them(officer: Person, book: int) -> None:
    page = officer.page
    for number in (41, 42, 41):
        enters(officer, book, mother_residence=f"Khu {number}, xã Hợp Nhất")
    opens(officer, book)
    words = page.locator("[role=option]")
    types(officer, "mother_residence", "khu 4")
    words.nth(1).wait_for()
    before = words.all_inner_texts()
    page.keyboard.type("2")
    assert words.all_inner_texts() == [said for said in before if said.startswith("Khu 42")]
    page.wait_for_timeout(700)
    assert words.first.inner_text() == "Khu 42, xã Hợp Nhất"


def test_enter_passes_by_what_these_pages_never_have(officer: Person, book: int) -> None:
    page = officer.page
    opens(officer, book)
    for _entry in range(3):
        officer.fills(
            {name: text for name, text in BIRTH.items() if page.input_value(f"[name={name}]") == ""}
        )
        page.keyboard.press("Control+Enter")
        page.wait_for_function("() => document.querySelector('[name=child_full_name]').value === ''")
    page.locator("[name=child_full_name]").focus()
    page.keyboard.press("Enter")
    assert focused(officer) == "child_gender"
    page.locator("[name=child_birth_date]").focus()
    page.keyboard.press("Enter")
    assert focused(officer) == "child_birth_place"
    page.keyboard.press("Shift+Tab")
    assert focused(officer) == "child_birth_date_words"


def test_the_date_in_words_is_proposed_and_never_put_in_by_itself(officer: Person, book: int) -> None:
    page = officer.page
    opens(officer, book)
    types(officer, "child_birth_date", "20041964")
    page.keyboard.press("Enter")
    assert focused(officer) == "child_birth_date_words"
    page.locator("[role=option]", has_text="Ngày hai mươi tháng tư").wait_for(timeout=KEPT_WITHIN_MS)
    assert page.input_value("[name=child_birth_date_words]") == ""
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    assert page.input_value("[name=child_birth_date_words]").startswith("Ngày hai mươi tháng tư năm")


def test_the_same_entry_is_shown_while_it_is_typed_again(officer: Person, book: int) -> None:
    page = officer.page
    entry = enters(officer, book, child_full_name="Hà Văn Sen", child_birth_date="2/3/1964")
    opens(officer, book)
    types(officer, "child_full_name", "ha van sen")
    page.keyboard.press("Enter")
    types(officer, "child_birth_date", "02031964")
    page.keyboard.press("Enter")
    page.locator(f"[data-alike-place] a[href='{entry}']").wait_for()
    officer.fills(BIRTH | {"child_full_name": "Hà Văn Sơn"})
    page.keyboard.press("Control+Enter")
    hears(officer, "Đã lưu số")
    assert page.locator("[data-alike-place] a").count() == 0


# -- the picture of the page beside the form ------------------------------------------------------------


@pytest.fixture
def pictured(officer: Person) -> str:
    """The address of the desk of a book whose pages have pictures, once the worker is through with them."""
    officer.goes_to("/so/")
    links = officer.page.locator("a[href^='/so/']").evaluate_all("links => links.map(link => link.pathname)")
    for book in sorted({link.split("/")[2] for link in links if link.split("/")[2].isdecimal()}):
        officer.goes_to(f"/so/{book}/anh/")
        if officer.page.locator(".scan").count():
            while officer.page.get_by_text("Đang xử lý").count():
                officer.page.reload()
            return f"/nhap-lieu/{book}/moi/"
    raise AssertionError("no book of the demonstration has pictures")


def part_shown(officer: Person) -> list[int]:
    value = officer.page.input_value("[name=part]")
    return [int(number) for number in value.split(",")] if value else []


def sees_the_page(officer: Person, page: str) -> None:
    officer.page.locator("[data-leaf-page]").filter(has_text=f"Trang {page}").wait_for()
    officer.page.locator(".leaf-sheet img[src*='/read/']").wait_for()
    officer.page.locator(".leaf-says").wait_for(state="hidden")


def test_the_ruler_is_moved_by_keys_and_its_place_goes_with_the_entry(officer: Person, pictured: str) -> None:
    officer.goes_to(pictured)
    page = officer.page
    here = page.input_value("[name=page_no]")
    sees_the_page(officer, here)
    # A guess is shown as one, and never stored.
    assert page.locator(".leaf-band.is-guessed").is_visible() and part_shown(officer) == []
    page.locator("[name=number]").focus()
    page.keyboard.press("Control+ArrowDown")
    page.keyboard.press("Control+Shift+ArrowUp")
    shown = part_shown(officer)
    assert len(shown) == 4 and not page.locator(".leaf-band.is-guessed").count()
    assert page.input_value("[name=picture]") != "" and focused(officer) == "number"
    page.keyboard.press("Alt+PageDown")
    sees_the_page(officer, str(int(here) + 1))
    # Another page than the entry's: nothing of it is kept with the entry.
    assert page.input_value("[name=picture]") == "" and part_shown(officer) == []
    page.keyboard.press("Alt+PageUp")
    sees_the_page(officer, here)
    page.keyboard.press("F7")
    page.locator("[data-do=ink][aria-pressed=true]").wait_for()
    page.keyboard.press("F7")


def test_how_the_desk_looks_is_remembered(officer: Person, pictured: str) -> None:
    officer.goes_to(pictured)
    page, split = officer.page, officer.page.locator("[data-leaf-split]")
    split.focus()
    before = int(split.get_attribute("aria-valuenow") or 0)
    for _step in range(3):
        page.keyboard.press("ArrowRight")
    officer.goes_to(pictured)
    assert int(split.get_attribute("aria-valuenow") or 0) == before + 6
    split.focus()
    for _step in range(3):
        page.keyboard.press("ArrowLeft")
    page.locator(".leaf-more summary").click()
    page.locator("[data-do=hide]").click()
    assert not page.locator(".leaf-stage").is_visible()
    page.locator("[data-leaf-show]").click()
    assert page.locator(".leaf-stage").is_visible()


def test_what_is_written_short_is_spelt_out_by_one_key(officer: Person, book: int) -> None:
    officer.goes_to("/nhap-lieu/go-tat/")
    officer.page.locator("[name=list]").fill("tyt Trạm y tế xã Hợp Nhất")
    officer.clicks("Lưu")
    opens(officer, book)
    types(officer, "child_birth_place", "tại TYT")
    officer.page.keyboard.press("F3")
    assert officer.page.input_value("[name=child_birth_place]") == "tại Trạm y tế xã Hợp Nhất"
    officer.page.keyboard.type(" khong")
    officer.page.keyboard.press("F3")
    hears(officer, "Bảng gõ tắt không có “khong”")
