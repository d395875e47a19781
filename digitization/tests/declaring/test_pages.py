"""The pages people declare on: a unit's books at once, one book with its history, and the files."""

from __future__ import annotations

import io
import re
import zipfile
from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from digitization.models import Declaration, Proof
from digitization.tests.making import declare_of, make_book, make_record
from digitization.tests.test_inventory_pages import as_user

pytestmark = pytest.mark.django_db

SHEET = "/khai-bao/"
PDF = b"%PDF-1.7\n%\xe2\xe3\n1 0 obj\n<<>>\nendobj\n"


def statement(**more: Any) -> dict[str, Any]:
    return {"day": "20/11/2024", "note": "màn hình thống kê", "intent": str(uuid4()), **more}


def workbook() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name in ("[Content_Types].xml", "xl/workbook.xml"):
            archive.writestr(name, "<x/>")
    return out.getvalue()


def send(client: Client, cast: Any, **more: Any) -> Any:
    return client.post(SHEET, statement(**{f"n-{cast.book.pk}-": "12", **more}))


def test_an_officer_declares_many_books_at_once_and_only_changed_lines_are_written(cast: Any) -> None:
    other, untouched = make_book(cast.soc_dang), declare_of(make_book(cast.soc_dang), 9)
    lines = {f"n-{cast.book.pk}-": "1.0", f"n-{other.pk}-": "34", f"n-{untouched.pk}-9": "9"}
    answer = as_user(cast.lan).post(SHEET, statement(**lines))
    assert answer.status_code == 302
    cast.book.refresh_from_db()
    other.refresh_from_db()
    assert (cast.book.declared, other.declared) == (10, 34)
    assert untouched.declarations.count() == 1


def test_one_bad_line_loses_nothing_of_what_was_typed(cast: Any) -> None:
    other = make_book(cast.soc_dang, total=10)
    lines = {f"n-{cast.book.pk}-": "12", f"n-{other.pk}-": "11"}
    answer = as_user(cast.lan).post(SHEET, statement(note="theo phần mềm", **lines))
    page = answer.content.decode()
    assert answer.status_code == 422
    assert re.search(rf'name="n-{cast.book.pk}-" value="12"', page)
    assert re.search(rf'name="n-{other.pk}-" value="11"', page)
    assert "theo phần mềm" in page and "20/11/2024" in page
    assert not Declaration.objects.exists()


def test_a_file_that_came_with_a_bad_line_need_not_be_chosen_again(cast: Any) -> None:
    lan = as_user(cast.lan)
    answer = send(
        lan, cast, note="", file=SimpleUploadedFile("bao-cao.pdf", PDF), **{f"n-{cast.book.pk}-": "x"}
    )
    assert answer.status_code == 422
    proof = Proof.objects.get()
    assert f'name="proof" value="{proof.key}"' in answer.content.decode()
    assert send(lan, cast, note="", proof=proof.key).status_code == 302
    assert Declaration.objects.get().proof == proof


def test_a_file_of_somebody_else_cannot_be_claimed(cast: Any) -> None:
    send(as_user(cast.lan), cast, file=SimpleUploadedFile("a.pdf", PDF))
    key = Proof.objects.get().key
    book = make_book(cast.hop_nhat)
    data = statement(note="", proof=key, **{f"n-{book.pk}-": "1"})
    assert as_user(cast.minh).post(SHEET, data).status_code == 422


def test_a_number_left_out_is_asked_about_not_taken_for_nothing(cast: Any) -> None:
    declare_of(cast.book, 5)
    answer = as_user(cast.lan).post(SHEET, statement(**{f"n-{cast.book.pk}-5": ""}))
    assert answer.status_code == 422
    cast.book.refresh_from_db()
    assert cast.book.declared == 5


def test_books_of_another_unit_are_not_there_to_be_declared(cast: Any) -> None:
    book = make_book(cast.hop_nhat)
    assert as_user(cast.lan).post(SHEET, statement(**{f"n-{book.pk}-": "5"})).status_code == 422
    assert as_user(cast.lan).get(reverse("digitization:declare_book", args=[book.pk])).status_code == 404
    assert not Declaration.objects.exists()


def test_justice_declares_for_a_commune_under_the_district(cast: Any) -> None:
    answer = as_user(cast.thu).post(f"{SHEET}?don-vi=soc-dang", statement(**{f"n-{cast.book.pk}-": "5"}))
    assert answer.status_code == 302
    cast.book.refresh_from_db()
    assert cast.book.declared == 5


def test_a_leader_reads_the_history_and_declares_nothing(cast: Any) -> None:
    declare_of(cast.book, 5, note="theo báo cáo ngày")
    address = reverse("digitization:declare_book", args=[cast.book.pk])
    binh = as_user(cast.binh)
    assert "theo báo cáo ngày" in binh.get(address).content.decode()
    assert binh.post(address, statement(**{f"n-{cast.book.pk}-5": "6"})).status_code == 404
    assert binh.get(SHEET).status_code == 403


def test_a_helper_sees_no_declarations(cast: Any) -> None:
    declare_of(cast.book, 5, note="theo báo cáo ngày")
    make_record(cast.book, cast.tu)
    tu = as_user(cast.tu)
    assert tu.get(reverse("digitization:declare_book", args=[cast.book.pk])).status_code == 404
    page = tu.get(reverse("digitization:book", args=[cast.book.pk])).content.decode()
    assert "theo báo cáo ngày" not in page


def test_one_book_is_declared_on_its_own_page(cast: Any) -> None:
    address = reverse("digitization:declare_book", args=[cast.book.pk])
    answer = as_user(cast.lan).post(address, statement(**{f"n-{cast.book.pk}-": "44"}))
    assert answer["Location"] == address
    cast.book.refresh_from_db()
    assert cast.book.declared == 44


@pytest.mark.parametrize(
    ("name", "data", "kind"),
    [
        ("a.pdf", PDF, "pdf"),
        ("b.doc", b"\xff\xd8\xff\xe0" + bytes(20), "jpeg"),
        ("c", b"\x89PNG\r\n\x1a\n" + bytes(20), "png"),
        ("d.xlsx", workbook(), "xlsx"),
    ],
)
def test_a_file_is_what_its_content_says(cast: Any, name: str, data: bytes, kind: str) -> None:
    lan = as_user(cast.lan)
    assert send(lan, cast, file=SimpleUploadedFile(name, data)).status_code == 302
    proof = Proof.objects.get()
    assert proof.kind == kind
    answer = lan.get(reverse("digitization:proof", args=[proof.key]))
    assert b"".join(answer.streaming_content) == data  # type: ignore[attr-defined]
    assert answer["Content-Disposition"].startswith("attachment")


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"just words",
        b"II*\0" + bytes(30),
        b"PK\x03\x04 no archive",
        b"<html><script>alert(1)</script>",
        b"%PDF-" + bytes(10_000_001),
    ],
)
def test_any_other_file_is_refused_in_words(cast: Any, data: bytes) -> None:
    answer = send(as_user(cast.lan), cast, file=SimpleUploadedFile("a.pdf", data))
    assert answer.status_code == 422
    assert not Proof.objects.exists() and not Declaration.objects.exists()


def test_a_file_is_for_those_who_read_its_books_whole(cast: Any) -> None:
    send(as_user(cast.lan), cast, file=SimpleUploadedFile("a.pdf", PDF))
    address = reverse("digitization:proof", args=[Proof.objects.get().key])
    people = {"binh": 200, "thu": 200, "minh": 404, "tu": 404, "hoa": 403}
    for who, status in people.items():
        answer = as_user(getattr(cast, who)).get(address)
        assert answer.status_code == status, who
        # An answer that nobody reads would leave its file open.
        assert b"".join(getattr(answer, "streaming_content", ())) == (PDF if status == 200 else b"")


def test_the_same_file_of_the_same_person_is_kept_once(cast: Any) -> None:
    lan, other = as_user(cast.lan), make_book(cast.soc_dang)
    send(lan, cast, file=SimpleUploadedFile("a.pdf", PDF))
    lan.post(SHEET, statement(file=SimpleUploadedFile("b.pdf", PDF), **{f"n-{other.pk}-": "3"}))
    assert (Proof.objects.count(), Declaration.objects.count()) == (1, 2)


def test_a_unit_without_books_is_told_what_to_do_first(cast: Any) -> None:
    assert as_user(cast.minh).get(SHEET).status_code == 200
