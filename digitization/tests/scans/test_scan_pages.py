"""The page of a book's pictures: what it shows, what may be said there, and who gets a picture at all."""

from __future__ import annotations

import io
from typing import Any

import pytest
from django.urls import reverse
from PIL import Image

from digitization.models import Book, BookPage, PageState, Scan
from digitization.scans import keeping, pages, receiving, serving, working
from digitization.tests.lists.reading import as_user
from digitization.tests.making import make_book
from digitization.tests.scans.pictures import drawn, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def scanned(cast: Any) -> Any:
    """Return the cast with a book of eight pages, of which pages 1, 2 and twice 5 are there."""
    Book.objects.filter(pk=cast.book.pk).update(pages=8)
    cast.book.refresh_from_db()
    for seed, name in enumerate(("P001.jpg", "P002.jpg", "P005.jpg", "KS.1998.01.005.jpg"), 1):
        small = jpeg(picture=drawn(seed, (300, 420)))
        receiving.take_whole(book=cast.book, by=cast.lan, name=name, chunks=[small])
    while working.work_on_one():
        pass
    return cast


def page_of(user: Any, book: Book) -> str:
    answer = as_user(user).get(reverse("digitization:book_scans", args=[book.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def post(user: Any, route: str, arg: object, **data: str) -> Any:
    return as_user(user).post(reverse(f"digitization:{route}", args=[arg]), data, follow=True)


def test_missing_and_repeated_pages_are_listed(scanned: Any) -> None:
    found = pages.reckoning_of(scanned.book)
    assert (found.expected, found.scanned) == (8, 3)
    assert (found.missing, found.n_missing, found.repeated) == (("3–4", "6–8"), 5, ("5",))
    assert found.unconfirmed == 4 and not found.complete
    text = page_of(scanned.lan, scanned.book)
    assert "3–4, 6–8" in text and "Trùng trang" in text and "đọc từ tên tệp" in text
    assert text.count("Ảnh quá nhỏ") == 4


def test_a_book_is_complete_once_every_page_is_accounted_for(scanned: Any) -> None:
    keys = list(Scan.objects.values_list("key", "page"))
    post(scanned.lan, "confirm_pages", scanned.book.pk, **{f"page-{key}": page for key, page in keys})
    post(scanned.lan, "prefer_scan", Scan.objects.filter(page="5")[1].key)
    post(scanned.lan, "say_pages", scanned.book.pk, pages="3, 7-8", state="blank")
    post(scanned.lan, "say_pages", scanned.book.pk, pages="4;6", state="damaged", note="Mọt ăn")
    found = pages.reckoning_of(scanned.book)
    assert found.complete and found.scanned == 3
    assert dict(found.without) == {"Trang trắng": 3, "Hư hỏng": 2}
    assert found.scanned + sum(n for _words, n in found.without) == found.expected
    text = page_of(scanned.lan, scanned.book)
    assert "Đủ các trang" in text and "Mọt ăn" in text
    # A page thought blank was written on after all.
    post(scanned.lan, "say_pages", scanned.book.pk, pages="8", state="normal")
    assert pages.reckoning_of(scanned.book).missing == ("8",)
    assert BookPage.objects.get(label="8").state == PageState.NORMAL


def test_page_numbers_are_set_by_hand_and_kept_in_one_form(scanned: Any) -> None:
    scan = Scan.objects.filter(page="5")[0]
    post(scanned.lan, "confirm_pages", scanned.book.pk, **{f"page-{scan.key}": " 006a "})
    scan.refresh_from_db()
    assert (scan.page, scan.confirmed) == ("6A", True)
    assert [one.page for one in Scan.objects.all()] == ["1", "2", "5", "6A"]
    post(scanned.lan, "confirm_pages", scanned.book.pk, **{f"page-{scan.key}": ""})
    assert pages.reckoning_of(scanned.book).unnamed == 1


def test_the_numbers_of_another_book_cannot_be_set_from_here(scanned: Any) -> None:
    other = make_book(scanned.hop_nhat)
    key = Scan.objects.filter(page="1").get().key
    assert post(scanned.minh, "confirm_pages", other.pk, **{f"page-{key}": "99"}).status_code == 200
    assert not Scan.objects.filter(page="99").exists()


@pytest.mark.parametrize("typed", ["", "9-3", "1-9999", " , "])
def test_what_names_no_pages_is_refused_with_words(scanned: Any, typed: str) -> None:
    answer = post(scanned.lan, "say_pages", scanned.book.pk, pages=typed, state="blank")
    assert "notice-error" in answer.content.decode()
    assert not BookPage.objects.exists()
    assert post(scanned.lan, "say_pages", scanned.book.pk, pages="1", state="odd").status_code == 400


def test_pages_beyond_the_last_one_are_shown(scanned: Any) -> None:
    Book.objects.filter(pk=scanned.book.pk).update(pages=2)
    scanned.book.refresh_from_db()
    assert pages.reckoning_of(scanned.book).beyond == ("5",)


def test_a_picture_goes_to_who_reads_the_book_and_into_no_cache(scanned: Any) -> None:
    scan = Scan.objects.all()[0]
    for reader in (scanned.lan, scanned.tu, scanned.binh, scanned.thu):
        for variant in ("thumb", "read", "contrast"):
            answer = as_user(reader).get(f"/anh/{scan.key}/{variant}/")
            assert answer.status_code == 200 and answer["Content-Type"] == "image/jpeg"
            assert answer["Cache-Control"] == "private, no-store"
            assert answer["X-Content-Type-Options"] == "nosniff"
            assert "sandbox" in answer["Content-Security-Policy"]
            Image.open(io.BytesIO(b"".join(answer.streaming_content))).load()  # type: ignore[attr-defined]


def test_a_strangers_picture_is_not_there(scanned: Any) -> None:
    scan = Scan.objects.all()[0]
    browser = as_user(scanned.minh)
    for variant in ("thumb", "read", "contrast", "original"):
        foreign, nowhere = (browser.get(f"/anh/{key}/{variant}/") for key in (scan.key, "0" * 32))
        assert foreign.status_code == nowhere.status_code == 404
    assert as_user(scanned.minh).get(f"/so/{scanned.book.pk}/anh/").status_code == 404
    assert as_user(scanned.hoa).get(f"/anh/{scan.key}/read/").status_code == 403
    assert as_user(scanned.lan).get(f"/anh/{scan.key}/other/").status_code == 404


def test_the_original_leaves_as_an_attachment_byte_for_byte(scanned: Any) -> None:
    scan = Scan.objects.get(page="2")
    answer = as_user(scanned.lan).get(serving.address_of(scan, "original"))
    assert (
        answer["Content-Disposition"].startswith("attachment")
        and scan.name not in answer["Content-Disposition"]
    )
    assert b"".join(answer.streaming_content) == jpeg(picture=drawn(2, (300, 420)))  # type: ignore[attr-defined]


def test_the_original_with_the_place_it_was_taken_at_goes_to_who_keeps_the_book_alone(scanned: Any) -> None:
    original = serving.address_of(Scan.objects.all()[0], "original")
    people = (scanned.lan, scanned.thu, scanned.tu, scanned.binh)
    answers = [as_user(one).get(original) for one in people]
    assert [answer.status_code for answer in answers] == [200, 200, 404, 404]
    assert all(b"".join(answer.streaming_content) for answer in answers[:2])  # type: ignore[attr-defined]
    assert original in page_of(scanned.lan, scanned.book) and original not in page_of(
        scanned.binh, scanned.book
    )


def test_a_picture_that_is_not_ready_is_served_in_no_form(cast: Any) -> None:
    scan = receiving.take_whole(book=cast.book, by=cast.lan, name="P1.jpg", chunks=[jpeg()])
    for variant in ("read", "original"):
        assert as_user(cast.lan).get(f"/anh/{scan.key}/{variant}/").status_code == 404
    assert "Đang xử lý" in page_of(cast.lan, cast.book)


def test_who_only_reads_sees_the_pictures_without_forms(scanned: Any) -> None:
    text = page_of(scanned.binh, scanned.book)
    assert "/thumb/" in text and "data-upload" not in text and 'name="page-' not in text
    for route, arg in (
        ("confirm_pages", scanned.book.pk),
        ("say_pages", scanned.book.pk),
        ("prefer_scan", Scan.objects.all()[0].key),
    ):
        assert post(scanned.binh, route, arg).status_code == 404


def test_a_book_without_pictures_says_what_to_do(cast: Any) -> None:
    assert "Chưa có trang nào được quét. Hãy chọn tệp" in page_of(cast.lan, cast.book)
    assert "Chưa có trang nào của sổ này" in page_of(cast.binh, cast.book)
    assert 'value="1"' in page_of(cast.lan, cast.book)


def test_a_hostile_name_is_only_words_on_the_page(cast: Any) -> None:
    receiving.take_whole(book=cast.book, by=cast.lan, name='<img src=x onerror="a">.jpg', chunks=[jpeg()])
    assert "<img src=x" not in page_of(cast.lan, cast.book)


def test_the_page_of_a_book_leads_to_its_pictures(cast: Any) -> None:
    text = as_user(cast.lan).get(f"/so/{cast.book.pk}/").content.decode()
    assert f'href="/so/{cast.book.pk}/anh/"' in text


# -- pictures that do not belong there ------------------------------------------------------------------


def test_a_picture_of_another_book_is_taken_out_and_can_be_brought_back(scanned: Any) -> None:
    scan = Scan.objects.get(page="2")
    assert "Đã gỡ khỏi sổ" in post(scanned.lan, "take_out_scan", scan.key).content.decode()
    assert pages.reckoning_of(scanned.book).scanned == 2
    assert not Scan.objects.ready().of_page(scanned.book, "2").exists()
    assert scan.key not in page_of(scanned.lan, scanned.book)
    put_away = as_user(scanned.lan).get(
        reverse("digitization:book_scans", args=[scanned.book.pk]), {"bo-ra": "1"}
    )
    assert scan.key in put_away.content.decode() and str(scanned.lan) in put_away.content.decode()
    small = as_user(scanned.lan).get(serving.address_of(scan, "thumb"))
    assert b"".join(small.streaming_content).startswith(b"\xff\xd8")  # type: ignore[attr-defined]
    with pytest.raises(receiving.NotTaken, match="gỡ khỏi sổ"):
        data = keeping.original(scan).read_bytes()
        receiving.take_whole(book=scanned.book, by=scanned.lan, name="P2.jpg", chunks=[data])
    post(scanned.lan, "bring_back_scan", scan.key)
    assert pages.reckoning_of(scanned.book).scanned == 3


def test_a_replaced_picture_can_be_kept_after_all(scanned: Any) -> None:
    first, second = Scan.objects.filter(page="5")
    post(scanned.lan, "prefer_scan", second.key)
    post(scanned.lan, "prefer_scan", first.key)
    assert list(Scan.objects.ready().of_page(scanned.book, "5")) == [first]


def test_a_stranger_takes_nothing_out(scanned: Any) -> None:
    scan = Scan.objects.get(page="2")
    for route in ("take_out_scan", "bring_back_scan"):
        assert post(scanned.minh, route, scan.key).status_code == 404
    assert Scan.objects.ready().filter(pk=scan.pk).exists()
