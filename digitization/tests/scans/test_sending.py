"""Files arrive whole or piece by piece; a cut line costs one piece, and nobody sends into a stranger's book."""

from __future__ import annotations

import hashlib
import os
import random
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from civreg.lib import clock
from digitization.models import Scan, ScanState, Upload
from digitization.scans import keeping, receiving
from digitization.tests.lists.reading import as_user
from digitization.tests.making import make_book
from digitization.tests.scans.pictures import jpeg

pytestmark = pytest.mark.django_db


def begin(browser: Client, book: Any, data: bytes, **changes: Any) -> Any:
    asked = {"name": "P003.jpg", "size": len(data), "sha256": hashlib.sha256(data).hexdigest()} | changes
    return browser.post(reverse("digitization:start_upload", args=[book.pk]), asked)


def piece(browser: Client, key: str, data: bytes, offset: int) -> Any:
    return browser.post(
        reverse("digitization:upload_piece", args=[key]),
        data,
        content_type="application/octet-stream",
        headers={"Upload-Offset": str(offset)},
    )


def send(browser: Client, book: Any, *files: tuple[str, bytes], **more: str) -> str:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    answer = browser.post(
        reverse("digitization:send_scans", args=[book.pk]), {"files": sent, **more}, follow=True
    )
    assert answer.status_code == 200
    return answer.content.decode()


def parts() -> list[Path]:
    return list(keeping.part_file("").iterdir())


def test_a_file_cut_at_any_byte_goes_on_where_it_was_cut(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    cuts = sorted(random.Random(7).sample(range(1, len(data)), 20))
    for first, last in zip([0, *cuts], [*cuts, len(data)], strict=True):
        # The page was closed: the file is chosen again, and the server says how far it came.
        begun = begin(browser, cast.book, data).json()
        assert begun["offset"] == first
        answer = piece(browser, begun["upload"], data[first:last], first).json()
        assert answer["offset"] == last
    assert answer["done"] and answer["page"] == "3"
    scan = Scan.objects.get()
    assert keeping.original(scan).read_bytes() == data
    assert scan.sha256 == hashlib.sha256(data).hexdigest()
    assert (scan.state, scan.page, scan.confirmed, scan.bytes) == (ScanState.WAITING, "3", False, len(data))
    assert not Upload.objects.exists() and not parts()


def test_a_piece_from_elsewhere_is_sent_back_with_the_right_place(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    key = begin(browser, cast.book, data).json()["upload"]
    piece(browser, key, data[:1000], 0)
    for offset in (0, 500, 5000):
        answer = piece(browser, key, data[:700], offset)
        assert (answer.status_code, answer.json()) == (409, {"offset": 1000})
    assert piece(browser, key, b"", 1000).status_code == 409
    assert piece(browser, key, b"x", "-1").status_code == 400  # type: ignore[arg-type]
    assert browser.get(reverse("digitization:upload_piece", args=[key])).json() == {"offset": 1000}


def test_what_a_dead_request_wrote_is_overwritten(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    key = begin(browser, cast.book, data).json()["upload"]
    piece(browser, key, data[:1000], 0)
    with keeping.part_file(key).open("ab") as file:
        file.write(b"never acknowledged")
    assert piece(browser, key, data[1000:], 1000).json()["done"]
    assert keeping.original(Scan.objects.get()).read_bytes() == data


def test_an_upload_whose_pieces_are_lost_begins_again(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    key = begin(browser, cast.book, data).json()["upload"]
    piece(browser, key, data[:1000], 0)
    keeping.part_file(key).unlink()
    assert begin(browser, cast.book, data).json() == {"upload": key, "offset": 0}
    assert piece(browser, key, data[1000:], 1000).json() == {"offset": 0}


def test_a_file_changed_on_its_way_is_not_taken(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    key = begin(browser, cast.book, data).json()["upload"]
    answer = piece(browser, key, data[:-1] + b"!", 0)
    assert answer.status_code == 422 and "Hãy gửi lại" in answer.json()["detail"]
    assert not Scan.objects.exists() and not Upload.objects.exists() and not parts()


def test_the_same_picture_is_refused_twice_in_a_book_and_not_in_another(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    assert "Đã nhận 1 tệp" in send(browser, cast.book, ("P004.jpg", data))
    assert "đã có trong sổ" in send(browser, cast.book, ("khac.jpg", data))
    answer = begin(browser, cast.book, data)
    assert answer.status_code == 422 and "trang 4" in answer.json()["detail"]
    send(browser, make_book(cast.soc_dang), ("P004.jpg", data))
    assert Scan.objects.count() == 2


def test_bad_files_are_named_and_the_good_ones_kept(cast: Any, shelf: Path) -> None:
    page = send(
        as_user(cast.lan),
        cast.book,
        ("P001.jpg", jpeg(1)),
        ("virus.jpg", b"MZ\x90\0 not a picture"),
        ("P002.jpg", b"\0\0\0\x18ftypheic\0\0\0\0mif1"),
        ("trang.png", b"<html><script>alert(1)</script>"),
        ("P003.png", jpeg(3)),  # the wrong extension of a good picture
    )
    assert (
        "virus.jpg: Tệp này không phải" in page
        and "P002.jpg: Ảnh này là HEIC" in page
        and "trang.png:" in page
    )
    assert "Đã nhận 2 tệp" in page and "<script>alert" not in page
    kept = {(scan.name, scan.kind) for scan in Scan.objects.all()}
    assert kept == {("P001.jpg", "jpeg"), ("P003.png", "jpeg")}
    assert len([path for path in shelf.rglob("*") if path.is_file()]) == 2


def test_the_form_without_files_says_what_to_do(cast: Any) -> None:
    assert "Hãy chọn" in send(as_user(cast.lan), cast.book)


def test_a_photo_carries_the_page_the_person_typed(cast: Any) -> None:
    send(as_user(cast.lan), cast.book, ("image.jpg", jpeg()), page="017")
    scan = Scan.objects.get()
    assert (scan.page, scan.confirmed) == ("17", True)


def test_a_full_disk_takes_nothing_in_and_says_so(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keeping, "has_room", lambda more=0: False)
    browser = as_user(cast.lan)
    assert "gần đầy" in begin(browser, cast.book, jpeg()).json()["detail"]
    assert "gần đầy" in send(browser, cast.book, ("P001.jpg", jpeg()))
    assert not Scan.objects.exists()


def test_a_disk_has_room_until_a_twentieth_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    def disk(free: int) -> Callable[[Path], Any]:
        return lambda _path: type("Disk", (), {"total": 1000, "free": free})

    monkeypatch.setattr(keeping.shutil, "disk_usage", disk(60))
    assert keeping.has_room() and keeping.has_room(10) and not keeping.has_room(11)


def test_a_file_without_bytes_or_with_too_many_is_not_begun(cast: Any) -> None:
    browser = as_user(cast.lan)
    for size in (0, -5, "x", receiving.MOST_BYTES + 1):
        assert begin(browser, cast.book, b"", size=size).status_code == 422
    assert not Upload.objects.exists()


def test_nobody_sends_into_a_book_that_is_not_theirs(cast: Any) -> None:
    data = jpeg()
    key = begin(as_user(cast.lan), cast.book, data).json()["upload"]
    for stranger in (cast.minh, cast.binh):  # the officer of another commune; a leader, who only reads
        browser = as_user(stranger)
        assert begin(browser, cast.book, data).status_code == 404
        assert piece(browser, key, data, 0).status_code == 404
        assert browser.post(reverse("digitization:send_scans", args=[cast.book.pk])).status_code == 404
    assert piece(as_user(cast.mai), key, data, 0).status_code == 404  # a colleague's upload
    for sender in (cast.tu, cast.thu):  # the helper who types the book; justice above the commune
        assert begin(as_user(sender), cast.book, data).status_code == 200
    assert not Scan.objects.exists()


def test_what_nobody_goes_on_with_is_swept_away_after_a_day(cast: Any) -> None:
    browser, data = as_user(cast.lan), jpeg()
    old, fresh = (begin(browser, cast.book, data, sha256="", name=name).json()["upload"] for name in "ab")
    for key in (old, fresh):
        piece(browser, key, data[:100], 0)
    Upload.objects.filter(key=old).update(at=clock.now() - timedelta(days=2))
    os.utime(keeping.part_file(old), (0, 0))
    receiving.sweep()
    assert [upload.key for upload in Upload.objects.all()] == [fresh]
    assert [path.name for path in parts()] == [fresh]
