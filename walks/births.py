"""A birth as a clerk reads it in the book. All persons are invented."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

from walks.people import Person

YEAR = "1964"
# A second row of numbers of the year, so that no number is taken by the demonstration.
SERIES = "B"
BIRTH = {
    "page_no": "12",
    "registration_date": "12/5/1964",
    "registration_type": "1",
    "signer_name": "Đỗ Văn Kiểm",
    "signer_position": "Chủ tịch",
    "child_full_name": "Hà Văn Quyết",
    "child_gender": "1",
    "child_birth_date": "20/4/1964",
    "child_birth_place": "Trạm y tế xã Hợp Nhất",
    "child_home_town": "Xã Hợp Nhất",
    "child_ethnicity": "Cao Lan",
    "child_nationality": "Việt Nam",
    "birth_kind": "1",
    "mother_full_name": "Lâm Thị Nhàn",
    "mother_birth_date": "1941",
    "mother_ethnicity": "Cao Lan",
    "mother_nationality": "Việt Nam",
    "mother_residence_type": "1",
    "mother_residence": "Khu 4, xã Hợp Nhất",
    "father_full_name": "Hà Văn Thuận",
    "father_birth_date": "3/1938",
    "father_ethnicity": "Kinh",
    "father_nationality": "Việt Nam",
    "father_residence_type": "1",
    "father_residence": "Khu 4, xã Hợp Nhất",
    "applicant_full_name": "Hà Văn Thuận",
    "applicant_relation": "Cha đẻ",
}
PLACE = "UBND xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ"


def posted(number: int, **changes: str) -> dict[str, str]:
    """Return the whole form of a birth, as the browser would send it; a new intent each time."""
    form = BIRTH | {"number": f"{number:02}", "registration_place": PLACE}
    return form | {"intent": str(uuid4()), "then": "open"} | changes


def state_of(officer: Person, book: int) -> dict[str, Any]:
    """Return what the API says of one of the officer's books."""
    found: list[dict[str, Any]] = officer.reads("/api/v1/books/")
    return next(line for line in found if line["id"] == book)


def enters(officer: Person, book: int, **changes: str) -> str:
    """Save one more birth of the book without the page; returns the path of the entry.

    What is asked is so in the book: whoever signed there is new to the demonstration, and is confirmed once.
    """
    form = posted(int(state_of(officer, book)["next_number"]), **changes)
    answer = officer.sends(f"/nhap-lieu/{book}/moi/", form)
    if answer.status == 422 and (asked := re.findall(r'name="seen" value="(\w{16})"', answer.text())):
        assert len(asked) == 1, asked
        answer = officer.sends(f"/nhap-lieu/{book}/moi/", form | {"seen": asked[0], "accept": asked[0]})
    assert answer.status == 302, answer.text()[:3000]
    return answer.headers["location"]


def adds_book(officer: Person, justice: Person, book_no: str, total: int | None) -> int:
    """List a book of births of Hợp Nhất, with its total confirmed; returns its id."""
    officer.goes_to("/so/moi/")
    unit = officer.page.locator("[name=unit] option").first.get_attribute("value")
    form = {
        "kind": "KS",
        "unit": unit,
        "series": SERIES,
        "book_no": book_no,
        "opened_year": YEAR,
        "copy_no": "1",
        "per_page": "2",
    }
    answer = officer.sends("/so/moi/", form | {"year_from": YEAR, "year_to": YEAR, "intent": str(uuid4())})
    assert answer.status == 302, answer.text()[:3000]
    book = int(answer.headers["location"].strip("/").rpartition("/")[2])
    if total is not None:
        statement = {
            "total": str(total),
            "basis": "counted",
            "reason": "Đếm từng trang",
            "intent": str(uuid4()),
        }
        assert officer.sends(f"/so/{book}/tong-so/", statement).status == 302
        _confirms(justice, book)
    return book


def _confirms(justice: Person, book: int) -> None:
    justice.goes_to(f"/so/{book}/")
    form = justice.page.locator("form[action^='/so/tong-so/']").get_attribute("action")
    assert form
    assert justice.sends(form, {"decision": "confirmed", "intent": str(uuid4())}).status == 302
