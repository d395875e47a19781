"""A new book moves the denominator once justice has confirmed its total; the chairman takes a paper along."""

from __future__ import annotations

import time

import pytest

from reports.papers import printing
from walks.conftest import Someone
from walks.people import Person
from walks.product import eventually


def test_a_new_book_moves_the_denominator_once_justice_confirms_its_total(
    officer: Person, justice: Person
) -> None:
    before = officer.reads("/api/v1/progress/?unit=hop-nhat")["total"]
    officer.goes_to("/so/")
    officer.clicks("Thêm sổ")
    officer.fills(
        {"kind": "KS", "book_no": "88", "opened_year": "2003", "year_from": "2003", "year_to": "2003"}
    )
    officer.clicks("Lưu")
    officer.clicks("Khai tổng số")
    officer.fills({"total": "37", "basis": "counted", "reason": "Đếm từng trang, có hai trang trắng"})
    officer.clicks("Lưu")
    time.sleep(3)
    assert officer.reads("/api/v1/progress/?unit=hop-nhat")["total"] == before
    justice.goes_to("/so/tong-so/")
    row = justice.page.locator("tr", has_text="88/2003")
    with justice.page.expect_navigation():
        row.get_by_role("button", name="Xác nhận", exact=True).click()
    assert eventually(lambda: officer.reads("/api/v1/progress/?unit=hop-nhat")["total"] == before + 37, 5)


def test_a_book_listed_twice_is_refused_in_words(officer: Person) -> None:
    for _time in range(2):
        officer.goes_to("/so/moi/")
        officer.fills({"kind": "KS", "book_no": "89", "opened_year": "2004"})
        officer.clicks("Lưu")
    assert officer.page.locator(".notice-error").is_visible()
    assert officer.page.input_value("[name=book_no]") == "89"


def test_what_the_national_software_holds_is_declared_and_shown_apart(officer: Person) -> None:
    before = officer.reads("/api/v1/progress/?unit=hop-nhat")
    book = next(
        book for book in officer.reads("/api/v1/books/?unit=hop-nhat&kind=KS") if not book["complete"]
    )
    officer.goes_to("/so/")
    officer.clicks("Số khai báo")
    field = f"#n{book['id']}"
    officer.page.fill(field, str(book["total"] + 1))
    officer.page.fill("[name=note]", "Màn hình thống kê lúc 16 giờ 30")
    officer.page.get_by_role("button", name="Khai báo").click()
    officer.page.wait_for_selector(f"{field}[aria-invalid]")
    assert officer.page.input_value("[name=note]") == "Màn hình thống kê lúc 16 giờ 30"
    officer.page.fill(field, str(book["total"]))
    officer.page.get_by_role("button", name="Khai báo").click()
    officer.page.wait_for_selector(".notice-ok")
    left = book["total"] - book["counted"]

    def counts_apart() -> bool:
        now = officer.reads("/api/v1/progress/?unit=hop-nhat")
        return bool(
            now["digitized"] == before["digitized"] + left
            and now["declared_only"] == before["declared_only"] + left
        )

    assert eventually(counts_apart, 5)
    officer.goes_to("/tien-do/hop-nhat/?so-lieu=khai-bao")
    assert officer.sees(book["quyen_so"])


def test_the_chairman_makes_a_summary_and_takes_the_pdf(someone: Someone) -> None:
    chairman = someone("chairman")
    chairman.goes_to("/tien-do/hop-nhat/")
    figures = chairman.reads("/api/v1/progress/?unit=hop-nhat")
    chairman.goes_to("/bien-ban/")
    chairman.fills({"unit": "hop-nhat"})
    chairman.clicks("Lập biên bản")
    assert chairman.sees("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    assert chairman.sees(f"{figures['total']:,}".replace(",", "."))
    if not printing.pdf_works():
        pytest.skip("Pango is not installed: no PDFs")
    link = chairman.page.locator("a[href$='.pdf']").get_attribute("href")
    answer = chairman.context.request.get(f"{chairman.address}{link}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body().startswith(b"%PDF-")


def test_a_paper_prints_on_paper_alone(someone: Someone) -> None:
    chairman = someone("chairman")
    chairman.goes_to("/bien-ban/")
    chairman.fills({"unit": "soc-dang"})
    chairman.clicks("Lập biên bản")
    chairman.page.emulate_media(media="print")
    assert not chairman.page.locator(".paper-bar").is_visible()
    assert not chairman.scrolls_sideways()
