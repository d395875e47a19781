"""A book is shared out: the helper is led to the numbers given, a colleague is told, the day's work is one's own."""

from __future__ import annotations

from walks.births import BIRTH, PLACE, adds_book
from walks.conftest import Someone
from walks.people import PHONE, Person

# Far from the numbers other walks type.
FIRST, LAST = 921, 923


def gives(officer: Person, book: int, name: str) -> None:
    officer.goes_to(f"/so/{book}/")
    officer.clicks("Chia việc")
    officer.page.select_option("[name=person]", label=name)
    officer.page.fill("[name=first]", str(FIRST))
    officer.page.fill("[name=last]", str(LAST))
    officer.clicks("Giao")
    assert officer.sees(f"số {FIRST}–{LAST} năm 1964")


def saves(person: Person) -> None:
    """Save and go on; a signer nobody knows in these years is asked about once."""
    person.presses("Lưu và sang số tiếp")
    if person.page.locator(".said").count():
        person.presses("Lưu và sang số tiếp")


def types_on(person: Person, number: int) -> None:
    """Type the entry the desk is open for, and go on to the next number on the spot."""
    assert person.page.input_value("[name=number]") == str(number)
    person.fills(BIRTH | {"registration_place": PLACE})
    saves(person)


def test_a_book_is_shared_out_typed_and_seen_in_ones_own_work(officer: Person, someone: Someone) -> None:
    helper, colleague = someone("helper.hop-nhat"), someone("officer2.hop-nhat")
    book = adds_book(officer, someone("justice"), "21", 40)
    helper.goes_to("/so/")
    name = helper.page.locator(".topbar-side .who strong").inner_text()
    gives(officer, book, name)

    # Whoever types in what was given to another is told, before and after, and is not held up.
    colleague.goes_to(f"/nhap-lieu/{book}/moi/")
    colleague.fills(BIRTH | {"registration_place": PLACE, "number": str(FIRST + 1)})
    colleague.page.locator("[name=number]").dispatch_event("change")
    colleague.page.locator("[data-alike-place]", has_text=f"đã giao cho {name}").wait_for()
    saves(colleague)
    told = colleague.page.locator("[data-shared-work]")
    assert f"đã giao cho {name}" in told.inner_text()
    assert colleague.page.input_value("[name=number]") == str(LAST + 1)

    # The helper is led to the first number nobody has typed, past the colleague's, and told when all is done.
    helper.goes_to(f"/so/{book}/")
    helper.clicks(f"số {FIRST}–{LAST} năm 1964")
    types_on(helper, FIRST)
    types_on(helper, LAST)
    assert "Đã nhập hết" in helper.page.locator("[data-shared-work]").inner_text()
    officer.goes_to(f"/so/{book}/chia-viec/")
    assert officer.sees("Đã xong")

    # One's own work, on a phone too; the officers look after it, the helper after nobody's.
    helper.page.set_viewport_size(PHONE)
    helper.goes_to("/viec-cua-toi/")
    assert not helper.scrolls_sideways()
    assert int(helper.page.locator(".fact strong").first.inner_text()) >= 2
    officer.goes_to("/chia-viec/")
    officer.clicks(name)
    assert officer.sees("Chỉ người đó và người phụ trách thấy trang này")
    assert helper.context.request.get(officer.page.url).status == 403


def test_next_for_me_opens_the_desk_from_every_page(officer: Person, someone: Someone) -> None:
    helper = someone("helper.hop-nhat")
    for path in ("/so/", "/tim/"):
        helper.goes_to(path)
        helper.page.get_by_role("link", name="Nhập tiếp", exact=True).first.click()
        helper.page.wait_for_url(lambda url: "/nhap-lieu/" in url)
        assert helper.page.locator("[name=number]").count() == 1
