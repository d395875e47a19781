"""The page a file's name speaks of."""

from __future__ import annotations

import pytest

from digitization.models.scans import sort_of, tidy_label
from digitization.scans.names import page_in, tidy_name


@pytest.mark.parametrize(
    ("name", "page"),
    [
        ("KS.1998.01.P003.jpg", "3"),
        ("KS_1998_01_003.jpg", "3"),
        ("KS.1998.01.012a.tif", "12A"),
        ("01-1998 (3).jpg", "3"),
        ("01-1998_045.png", "45"),
        ("Trang 12.png", "12"),
        ("trang12b.jpg", "12B"),
        ("tờ 7.jpg", "7"),
        ("007.jpg", "7"),
        ("scan0012.jpg", "12"),
        ("C:\\anh\\KS.1998.01.P010.JPG", "10"),
        # What names no page.
        ("KS.1998.01.pdf", ""),
        ("01-1998.pdf", ""),
        ("1998.jpg", ""),
        ("KS.1998.01.1998-05-12.023.pdf", ""),
        ("IMG_20241205_204107.jpg", ""),
        ("IMG_0012.jpg", ""),
        ("DSC01234.JPG", ""),
        ("image.jpg", ""),
        ("sổ khai sinh.jpg", ""),
        ("", ""),
    ],
)
def test_the_page_is_read_from_the_names_offices_use(name: str, page: str) -> None:
    assert page_in(name) == page


def test_labels_are_kept_in_one_form_and_in_the_order_of_the_book() -> None:
    assert [tidy_label(text) for text in ("012", " 12a", "bìa  trước", "")] == ["12", "12A", "bìa trước", ""]
    labels = ["10", "2", "bìa", "2A", "", "1"]
    assert sorted(labels, key=sort_of) == ["1", "2", "2A", "10", "bìa", ""]


def test_a_name_is_kept_without_folders_and_control_characters() -> None:
    assert tidy_name("../../etc/pass\0wd\n.jpg") == "passwd.jpg"
    assert len(tidy_name("a" * 500)) == 200
    assert tidy_name("a/") == "?"
