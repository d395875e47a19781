"""The PDF of a paper: what it looks like inside, and what it can never reach."""

from __future__ import annotations

from collections.abc import Iterator
from io import BytesIO
from typing import Any

import pytest
from django.test import Client
from pypdf import PdfReader

from communes.models import Unit
from digitization.record_types import BY_CODE
from digitization.tests.making import make_book
from reports.models import Campaign
from reports.papers import printing
from reports.papers.page import PaperPage
from reports.tests.papers.conftest import Inspection

if not printing.pdf_works():
    pytest.skip("Pango is not installed: no PDFs", allow_module_level=True)

from reports.papers.pdf import OWN_FILES, Denied, OwnFilesOnly, pdf

HOSTILE = '<img src=http://127.0.0.1:9/x><link rel=attachment href="file:///etc/passwd">'


def read(document: bytes) -> PdfReader:
    """Open a PDF."""
    return PdfReader(BytesIO(document))


def text_of(document: bytes) -> str:
    """Return the text of all pages with single blanks."""
    return " ".join(" ".join(page.extract_text() for page in read(document).pages).split())


def fonts_of(document: bytes) -> Iterator[str]:
    """Yield the name of every font in a PDF."""
    for page in read(document).pages:
        resources: Any = page["/Resources"]
        for font in resources["/Font"].values():
            yield str(font.get_object()["/BaseFont"])


def test_the_chairman_downloads_it_under_a_name_that_tells_what_it_is(
    inspection: Inspection, at_chairmans_desk: Client
) -> None:
    paper = inspection.freeze()
    response = at_chairmans_desk.get(f"/bien-ban/{paper.pk}.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == f'attachment; filename="bien-ban-hop-nhat-{paper.pk:06}.pdf"'
    assert response.content.startswith(b"%PDF-")


def test_only_tinos_is_in_it(inspection: Inspection) -> None:
    fonts = set(fonts_of(printing.pdf_of(PaperPage(inspection.freeze()))))
    assert fonts
    assert all("Tinos" in font for font in fonts)


def test_its_vietnamese_text_can_be_copied(inspection: Inspection) -> None:
    text = text_of(printing.pdf_of(PaperPage(inspection.freeze())))
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in text
    assert "UBND HUYỆN ĐOAN HÙNG" in text
    assert "ĐẠI DIỆN UBND XÃ" in text
    assert "Khai sinh 60 46 26 10 14 76,6" in text
    assert "DỮ LIỆU MINH HỌA" in text


def test_it_tells_its_title_and_language(inspection: Inspection) -> None:
    paper = inspection.freeze()
    document = read(printing.pdf_of(PaperPage(paper)))
    assert document.metadata is not None
    assert document.metadata.title == f"Biên bản kiểm tra xã Hợp Nhất · bản chốt số {paper.pk:06}"
    assert str(document.root_object["/Lang"]) == "vi"


def test_eight_kinds_of_books_fit_one_sheet_even_of_a_town(inspection: Inspection) -> None:
    Campaign.objects.update(title="Số hóa sổ hộ tịch huyện Đoan Hùng năm 2024")
    Unit.objects.filter(pk=inspection.commune.pk).update(kind="thị trấn", name="Đoan Hùng")
    inspection.commune.refresh_from_db()
    Campaign.objects.update(kinds=list(BY_CODE))
    for kind in ("KT", "CMC", "HN", "NCN", "TDCC", "KHAC"):
        make_book(inspection.commune, kind=kind)
    assert len(read(printing.pdf_of(PaperPage(inspection.freeze()))).pages) == 1


def test_all_kinds_fit_two_sheets_and_the_second_carries_its_number(inspection: Inspection) -> None:
    Campaign.objects.update(kinds=list(BY_CODE))
    for kind in BY_CODE:
        make_book(inspection.commune, kind=kind)
    document = printing.pdf_of(PaperPage(inspection.freeze()))
    pages = [page.extract_text() for page in read(document).pages]
    assert len(pages) == 2
    assert all("bản chốt số" in page for page in pages)


def test_it_is_the_same_whenever_it_is_made(inspection: Inspection) -> None:
    page = PaperPage(inspection.freeze())
    assert printing.pdf_of(page) == printing.pdf_of(page)


def test_names_that_look_like_markup_are_printed_as_they_are(inspection: Inspection) -> None:
    Unit.objects.filter(pk=inspection.commune.pk).update(name=HOSTILE[:100])
    inspection.commune.refresh_from_db()
    document = printing.pdf_of(PaperPage(inspection.freeze()))
    assert "<img src=http://127.0.0.1:9/x>" in text_of(document).replace(" ", "").replace("<img", "<img ")
    assert not read(document).attachments


def test_markup_that_escaped_escaping_still_reaches_nothing() -> None:
    document = pdf(f"<html lang=vi><title>x</title><body>{HOSTILE}<p>Hợp Nhất</p></body></html>")
    assert not read(document).attachments
    assert b"/Image" not in document
    assert b"root:" not in document


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/",
        "https://example.org/css/paper.css",
        "file:///etc/passwd",
        "data:text/plain;base64,eA==",
        "ftp://example.org/x",
        "https://static.invalid/static/../manage.py",
        "https://static.invalid/static/css/../../manage.py",
        "https://static.invalid/static/css/%2e%2e/%2e%2e/manage.py",
        "https://static.invalid/static/css/civreg.css",
        "https://static.invalid/css/paper.css",
        "https://static.invalid.example.org/static/css/paper.css",
        "https://user@static.invalid/static/css/paper.css",
    ],
)
def test_the_fetcher_opens_nothing_else(address: str) -> None:
    with pytest.raises(Denied):
        OwnFilesOnly().fetch(address)
    with pytest.raises(Denied):
        OwnFilesOnly().open(address)


@pytest.mark.parametrize("name", OWN_FILES)
def test_the_fetcher_opens_what_papers_are_made_of(name: str) -> None:
    plain = OwnFilesOnly().fetch(f"https://static.invalid/static/{name}").read()
    stem, dot, ending = name.rpartition(".")
    collected = OwnFilesOnly().fetch(f"https://static.invalid/static/{stem}.0123456789ab{dot}{ending}").read()
    assert plain == collected
    assert len(plain) > 1000
