"""Every page may end up in a file of paper: print keeps what it says and leaves out what only a screen can do."""

from __future__ import annotations

from io import BytesIO

import pytest
from pypdf import PdfReader

from walks.conftest import Someone

CONTROLS = "nav, .btn, .toolbar, .form-bar, .menu, .pager, .skip, main input[type=checkbox], select.state:not(.is-set)"
SEEN = f"""[...document.querySelectorAll("{CONTROLS}")].filter(part => part.checkVisibility()).map(part =>
  part.outerHTML.slice(0, 80))"""
# Who prints what, and what must stand on the paper.
PAPERS = [
    ("officer.hop-nhat", "/so/", ["Sổ hộ tịch", "Xã Hợp Nhất", "Khai sinh"]),
    ("officer.hop-nhat", "/so/1/", ["Trường hợp", "Nơi lưu giữ", "Các lần khai tổng số"]),
    ("officer.hop-nhat", "/kiem-tra/", ["Chờ kiểm tra", "Người nhập"]),
    ("officer.hop-nhat", "/nhap-lieu/1/moi/", ["Họ, chữ đệm, tên", "Khi sổ không ghi rõ"]),
    ("officer.hop-nhat", "/huong-dan/", ["Mỗi ngày", "Hỏi ai"]),
    ("officer.hop-nhat", "/ho-so/", ["Hồ sơ", "Người nhập", "Trạng thái"]),
    ("officer.hop-nhat", "/so/1/doi-chieu/", ["Đối chiếu với sổ giấy", "Số trang"]),
    ("officer.hop-nhat", "/quy-tac/", ["Quy tắc kiểm tra", "C04"]),
    ("taskforce", "/tien-do/", ["Lũy kế và dự báo", "Cần chú ý trước", "Cộng"]),
    ("taskforce", "/tien-do/hop-nhat/", ["Xã Hợp Nhất", "Chuỗi số liệu theo loại sổ", "Cộng"]),
    ("admin", "/quan-tri/tai-khoan/", ["Tên đăng nhập", "Công chức Tư pháp"]),
    ("admin", "/quan-tri/don-vi/", ["Xã Hợp Nhất"]),
    ("justice", "/so/tong-so/", ["Tổng số chờ xác nhận", "Đề nghị"]),
]


@pytest.mark.parametrize(("name", "path", "words"), PAPERS)
def test_a_printed_page_keeps_its_words_and_loses_its_buttons(
    name: str, path: str, words: list[str], someone: Someone
) -> None:
    person = someone(name)
    person.goes_to(path)
    person.page.emulate_media(media="print")
    assert person.page.evaluate(SEEN) == []
    sheets = _pages(person.page.pdf(prefer_css_page_size=True))
    whole = " ".join(sheets)
    assert [word for word in [*words, "Dữ liệu minh họa", "in lúc"] if word not in whole] == []
    assert f"1/{len(sheets)}" in sheets[0]
    assert person.address.removeprefix("http://") not in whole


def test_the_page_of_an_entry_names_book_unit_and_what_happened_to_it(someone: Someone) -> None:
    officer = someone("officer.hop-nhat")
    officer.goes_to("/so/1/")
    officer.page.locator("tbody a[href^='/ho-so/']").first.click()
    officer.page.wait_for_url("**/ho-so/**")
    officer.page.emulate_media(media="print")
    whole = " ".join(_pages(officer.page.pdf(prefer_css_page_size=True)))
    assert [
        word for word in ("Khai sinh · quyển", "Xã Hợp Nhất", "Diễn biến", "Mẹ") if word not in whole
    ] == []


def test_a_long_table_has_its_head_on_every_sheet(someone: Someone) -> None:
    officer = someone("officer.hop-nhat")
    officer.goes_to("/ho-so/")
    officer.page.emulate_media(media="print")
    sheets = _pages(officer.page.pdf(prefer_css_page_size=True))
    assert len(sheets) > 1
    assert [sheet[:300] for sheet in sheets[:-1] if "Trạng thái" not in sheet] == []


def _pages(pdf: bytes) -> list[str]:
    return [" ".join(page.extract_text().split()) for page in PdfReader(BytesIO(pdf)).pages]
