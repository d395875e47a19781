"""A clerk types births at a real keyboard, and the figures of the task force follow."""

from __future__ import annotations

from playwright.sync_api import Route

from walks.births import BIRTH, enters, posted, state_of
from walks.conftest import Someone
from walks.people import Person

# A save is on the dashboard within five seconds; this is also what the glossary promises.
ON_THE_DASHBOARD_MS = 5_000
ODD_NAME = "HÀ 4 QUYẾT"


def test_a_birth_typed_at_the_keyboard_raises_the_headline_by_one_within_five_seconds(
    officer: Person, someone: Someone, book: int
) -> None:
    task_force = someone("taskforce")
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    _types(officer, BIRTH)
    task_force.goes_to("/tien-do/")
    before = _headline(task_force)
    assert before == task_force.reads("/api/v1/progress/")["digitized"]
    _tabs_to(officer, "[name=then][value=open]")
    with officer.page.expect_navigation():
        officer.page.keyboard.press("Enter")
    task_force.page.wait_for_function(
        "before => document.querySelector('#headline-done').textContent.replace(/\\D/g, '') != before",
        arg=str(before),
        timeout=ON_THE_DASHBOARD_MS,
    )
    assert _headline(task_force) == before + 1
    assert task_force.reads("/api/v1/progress/")["digitized"] == before + 1
    assert "/ho-so/" in officer.page.url
    assert officer.sees(BIRTH["mother_full_name"])


def test_save_and_next_opens_the_next_number(officer: Person, book: int) -> None:
    number = state_of(officer, book)["next_number"]
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH)
    officer.presses("Lưu và sang số tiếp")
    assert officer.page.url.endswith(f"/nhap-lieu/{book}/moi/")
    assert int(officer.page.input_value("[name=number]")) == number + 1
    assert officer.page.input_value("[name=child_full_name]") == ""


def test_a_doubt_is_asked_once_and_settled_by_a_tick(officer: Person, book: int) -> None:
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH | {"child_full_name": ODD_NAME})
    officer.presses("Lưu")
    assert officer.page.input_value("[name=child_full_name]") == ODD_NAME
    officer.page.get_by_label("Đúng như sổ gốc").check()
    officer.clicks("Lưu")
    assert "/ho-so/" in officer.page.url
    assert officer.sees("Đúng như sổ gốc")


def test_an_error_names_the_field_and_keeps_every_word(officer: Person, book: int) -> None:
    before = state_of(officer, book)["counted"]
    wrong = BIRTH | {"child_birth_date": "31/02/1964", "mother_full_name": "Lâm Thị Nhạn"}
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(wrong)
    officer.presses("Lưu")
    assert officer.page.locator("#child_birth_date_said .error").is_visible()
    kept = {name: officer.page.input_value(f"[name={name}]") for name in wrong}
    assert kept == wrong
    assert state_of(officer, book)["counted"] == before


def test_what_is_put_aside_is_found_again_with_every_word(
    officer: Person, someone: Someone, book: int
) -> None:
    half = {"number": "880", "child_full_name": "Đào Thị Lê", "mother_birth_date": "3/1971"}
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(half)
    officer.clicks("Để sau")
    colleague = someone("officer2.hop-nhat")
    colleague.goes_to(f"/so/{book}/")
    assert colleague.page.locator("a[href^='/nhap-do/']").count() == 0
    officer.goes_to("/so/")
    officer.page.locator("a[href^='/nhap-do/']").first.click()
    officer.page.wait_for_url("**/nhap-do/**")
    assert {name: officer.page.input_value(f"[name={name}]") for name in half} == half
    officer.fills(BIRTH)
    officer.clicks("Lưu")
    officer.goes_to("/so/")
    assert officer.page.locator("a[href^='/nhap-do/']").count() == 0


def test_a_number_taken_shows_the_other_entry_and_asks_what_was_seen(officer: Person, book: int) -> None:
    taken = enters(officer, book)
    officer.goes_to(taken)
    number = officer.page.locator("h1").inner_text().split()[1]
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH | {"number": number, "child_full_name": "Hà Văn Tuyến"})
    officer.presses("Lưu")
    assert officer.page.locator(f"a[href='{taken}']").first.is_visible()
    assert officer.page.input_value("[name=child_full_name]") == "Hà Văn Tuyến"
    officer.fills({"twin_reason": "Sổ ghi hai lần số này, trang 12 và 13"})
    officer.clicks("Lưu")
    assert "/ho-so/" in officer.page.url
    assert officer.page.url != f"{officer.address}{taken}"


def test_the_same_form_sent_twice_is_one_entry(officer: Person, book: int) -> None:
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    before = state_of(officer, book)
    form = posted(before["next_number"])
    answers = [officer.sends(f"/nhap-lieu/{book}/moi/", form) for _time in range(2)]
    assert [answer.status for answer in answers] == [302, 302]
    assert answers[0].headers["location"] == answers[1].headers["location"]
    assert state_of(officer, book)["counted"] == before["counted"] + 1


def _types(person: Person, entry: dict[str, str]) -> None:
    """Go from field to field with Tab and type, as one does with the eyes on the book."""
    person.page.locator("[name=number]").focus()
    for name, text in entry.items():
        _tabs_to(person, f"[name={name}]")
        person.page.keyboard.type(text)


def _tabs_to(person: Person, selector: str) -> None:
    for _step in range(80):
        if person.page.evaluate("wanted => document.activeElement.matches(wanted)", selector):
            return
        person.page.keyboard.press("Tab")
    raise AssertionError(f"{selector} cannot be reached with Tab")


def _headline(person: Person) -> int:
    return int("".join(filter(str.isdigit, person.page.locator("#headline-done").inner_text())))


def test_a_form_on_its_way_says_so_and_is_not_sent_twice(officer: Person, book: int) -> None:
    before = state_of(officer, book)["counted"]
    held: list[Route] = []
    officer.goes_to(f"/nhap-lieu/{book}/moi/")
    officer.fills(BIRTH)
    officer.page.route("**/moi/", lambda route: held.append(route))
    button = officer.page.get_by_role("button", name="Lưu", exact=True)
    with officer.page.expect_navigation():
        button.evaluate("button => { button.click(); button.click(); }")
        officer.page.locator("[data-line]", has_text="Đang chờ gửi").wait_for()
        assert len(held) == 1
        held[0].continue_()
    officer.page.unroute("**/moi/")
    assert state_of(officer, book)["counted"] == before + 1


# While a page is being left nobody can ask it; it remembers by itself what it told.
REMEMBER = """() => {
  const told = document.querySelector("[data-sending]");
  new MutationObserver(() => { if (told.textContent) sessionStorage.setItem("told", told.textContent); })
    .observe(told, {childList: true});
}"""


def test_any_other_form_on_its_way_says_so(officer: Person, book: int) -> None:
    held: list[Route] = []
    officer.goes_to(f"/so/{book}/mo-ta/")
    officer.page.evaluate(REMEMBER)
    officer.page.route("**/mo-ta/", lambda route: held.append(route))
    with officer.page.expect_navigation():
        officer.page.locator("main button.btn-primary").evaluate(
            "button => { button.click(); button.click(); }"
        )
        officer.page.wait_for_timeout(1_500)
        assert len(held) == 1
        held[0].continue_()
    officer.page.unroute("**/mo-ta/")
    assert officer.page.evaluate("sessionStorage.getItem('told')") == "Đang gửi, xin chờ …"
