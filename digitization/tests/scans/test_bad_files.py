"""Whatever is sent: a clear word for each bad file, the good ones kept, no worker dead, nothing unsafe served."""

from __future__ import annotations

import io
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import translation
from PIL import Image

from civreg.lib import confined, pictures
from civreg.lib.pictures import VARIANTS, Limits, UnreadablePicture, read_picture
from digitization.models import Scan, ScanProblem, ScanState
from digitization.scans import keeping, receiving, working
from digitization.tests.lists.reading import as_user
from digitization.tests.scans import bad_files
from digitization.tests.scans.bad_files import SCRIPT, SMALL
from digitization.tests.scans.pictures import drawn, jpeg, pdf, png, tiff

# How many spoilt files are tried here; many more are tried by hand with another seed.
SPOILT, SEED = 100, 158
# Points of a drawn page of a PDF, its edges rounded up.
MODERATE = 24_000_000


def reason(tmp_path: Path, data: bytes, kind: str, limits: Limits | None = None, part: int = 1) -> str:
    path = tmp_path / "file"
    path.write_bytes(data)
    with pytest.raises(UnreadablePicture) as refused:
        read_picture(path, kind, part=part, limits=limits)
    return refused.value.reason


def take(cast: Any, name: str, data: bytes) -> Scan:
    return receiving.take_whole(book=cast.book, by=cast.lan, name=name, chunks=[data])


def work_off() -> None:
    while working.work_on_one():
        pass


def send(cast: Any, *files: tuple[str, bytes]) -> str:
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    address = reverse("digitization:send_scans", args=[cast.book.pk])
    return as_user(cast.lan).post(address, {"files": sent}, follow=True).content.decode()


def shown(cast: Any) -> str:
    return as_user(cast.lan).get(reverse("digitization:book_scans", args=[cast.book.pk])).content.decode()


# -- decoding --------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("data", "kind", "why"),
    [
        (bad_files.claiming(60_000), "png", "too_large"),
        (bad_files.tiff_claiming(60_000), "tiff", "too_large"),
        (bad_files.tiff_claiming(9_500), "tiff", "too_large"),
        (bad_files.tiff_claiming(200, endless=True), "tiff", "damaged"),  # its next page is itself
        (jpeg(picture=drawn(1, SMALL))[:-4000], "jpeg", "damaged"),
        (tiff(1)[:3000], "tiff", "damaged"),
        (bad_files.locked_pdf(), "pdf", "password"),
        (bad_files.pdf_of([b"<</Type/Pages/Count 1/Kids[2 0 R]/Parent 2 0 R>>"]), "pdf", "damaged"),
        (bad_files.pdf_of([]), "pdf", "damaged"),
    ],
    ids=[
        "png",
        "tiff",
        "tiff-10k",
        "endless",
        "cut-jpeg",
        "cut-tiff",
        "locked",
        "own-parent",
        "no-page",
    ],
)
def test_a_file_that_cannot_be_used_says_why(tmp_path: Path, data: bytes, kind: str, why: str) -> None:
    assert reason(tmp_path, data, kind) == why


def test_a_bomb_among_the_pages_of_a_file_is_refused_alone(tmp_path: Path) -> None:
    path = tmp_path / "file"
    for sides in ((60_000, 100), (100, 60_000), (20_000, 100)):
        path.write_bytes(bad_files.tiff_claiming(*sides))
        for part, side in enumerate(sides, 1):
            if side == 100:
                assert read_picture(path, "tiff", part=part).pages == 2
            else:
                with pytest.raises(UnreadablePicture) as refused:
                    read_picture(path, "tiff", part=part)
                assert (refused.value.reason, refused.value.pages) == ("too_large", 2)


@pytest.mark.parametrize("size", [(14_400, 14_400), (2_000_000, 2_000_000), (1, 3_000_000)])
def test_a_page_as_large_as_a_wall_becomes_a_picture_of_moderate_size(
    tmp_path: Path, size: tuple[int, int]
) -> None:
    path = tmp_path / "file"
    path.write_bytes(bad_files.pdf_of([bad_files.page(*size)]))
    try:
        made = read_picture(path, "pdf")
    except UnreadablePicture as refused:
        assert refused.reason in {"too_large", "too_hard", "damaged"}
    else:
        assert made.width * made.height <= MODERATE


def test_a_bomb_inside_a_pdf_costs_no_more_than_its_limits(tmp_path: Path) -> None:
    path = tmp_path / "file"
    path.write_bytes(bad_files.pdf_with_a_bomb_inside(40_000))
    try:
        made = read_picture(path, "pdf")
    except UnreadablePicture as refused:
        assert refused.reason == "too_hard"
    else:
        assert made.width * made.height <= MODERATE


# -- end to end ------------------------------------------------------------------------------------
@pytest.mark.django_db
@pytest.mark.parametrize(("language", "empty"), [("vi", "Tệp rỗng"), ("en", "The file is empty")])
def test_each_bad_file_gets_its_word_in_the_language_of_who_sent_it(
    cast: Any, language: str, empty: str
) -> None:
    browser = as_user(cast.lan)
    browser.post(reverse("communes:language"), {"language": language, "next": "/"})
    files = [
        ("P001.jpg", jpeg(picture=drawn(1, SMALL))),
        ("P002.jpg", b""),
        ("P003.jpg", b"GIF89a" + bytes(50)),
        ("P004.png", SCRIPT),
        ("P005.pdf", b"PK\x03\x04" + bytes(50)),
        ("P006.docx", jpeg(picture=drawn(6, SMALL))),
    ]
    sent = [SimpleUploadedFile(name, data) for name, data in files]
    address = reverse("digitization:send_scans", args=[cast.book.pk])
    text = browser.post(address, {"files": sent}, follow=True).content.decode()
    with translation.override(language):
        unknown = str(ScanProblem.UNKNOWN.label)
    assert f"P002.jpg: {empty}" in text
    for name in ("P003.jpg", "P004.png", "P005.pdf"):
        assert f"{name}: {unknown}" in text
    assert "alert(" not in text
    assert {scan.name for scan in Scan.objects.all()} == {"P001.jpg", "P006.docx"}


@pytest.mark.django_db
def test_a_file_that_is_something_else_as_well_is_served_only_as_a_picture(cast: Any) -> None:
    good = jpeg(picture=drawn(1, SMALL))
    both = {
        "archive.jpg": bad_files.with_a_zip_behind(good),
        "page.jpg": jpeg(picture=drawn(2, SMALL)) + SCRIPT,
        "comment.jpg": jpeg(picture=drawn(3, SMALL), comment=SCRIPT),
        "pdf.jpg": jpeg(picture=drawn(4, SMALL)) + pdf(1),
        "text.png": png(drawn(5, SMALL)) + SCRIPT,
        "picture.pdf": pdf(1) + good,
    }
    scans = [take(cast, name, data) for name, data in both.items()]
    work_off()
    browser = as_user(cast.lan)
    for scan in scans:
        for variant in VARIANTS:
            answer = browser.get(reverse("digitization:scan", args=[scan.key, variant]))
            served = answer.getvalue()
            assert answer["Content-Type"] == "image/jpeg" and served.endswith(b"\xff\xd9")
            assert not any(word in served for word in (b"<script", b"PK\x03\x04", b"%PDF"))
        answer = browser.get(reverse("digitization:scan", args=[scan.key, "original"]))
        assert answer.getvalue() == both[scan.name]
        assert answer["Content-Disposition"].startswith("attachment; ")
        assert answer["X-Content-Type-Options"] == "nosniff"
        assert answer["Content-Type"] == keeping.TYPES[scan.kind]
        assert not answer["Content-Disposition"].endswith(('.html"', '.zip"'))


@pytest.mark.django_db
def test_where_a_picture_was_taken_is_in_nothing_that_is_shown(cast: Any) -> None:
    scans = [take(cast, name, data) for name, data in bad_files.taken_at_a_place().items()]
    work_off()
    browser = as_user(cast.lan)
    for scan in scans:
        for variant in VARIANTS:
            answer = browser.get(reverse("digitization:scan", args=[scan.key, variant]))
            served = answer.getvalue()
            assert not any(word in served for word in (b"Exif", b"GPS", b"invented maker", b"adobe"))
            assert not Image.open(io.BytesIO(served)).getexif()


@pytest.mark.django_db
def test_the_plain_form_takes_no_more_than_the_other_way(
    cast: Any, shelf: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(receiving, "MOST_BYTES", 5000)
    page = send(cast, ("P001.jpg", jpeg(picture=drawn(1, SMALL))))
    assert "P001.jpg: Tệp rỗng hoặc lớn hơn" in page
    assert not Scan.objects.exists() and not [path for path in shelf.rglob("*") if path.is_file()]


@pytest.mark.django_db
def test_a_server_short_of_something_refuses_nobodys_file(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    """A child that cannot be started says nothing about the picture."""

    def no_more_processes(*_: object, **__: object) -> Any:
        raise BlockingIOError(11, "Resource temporarily unavailable")

    scan = take(cast, "P001.jpg", jpeg(picture=drawn(1, SMALL)))
    with monkeypatch.context() as short:
        short.setattr(confined, "start", no_more_processes)
        with pytest.raises(BlockingIOError):
            working.work_on_one()
    scan.refresh_from_db()
    assert scan.state == ScanState.WAITING and keeping.original(scan).exists()
    work_off()
    scan.refresh_from_db()
    assert scan.state == ScanState.READY


@pytest.mark.django_db
def test_a_page_nobody_can_read_costs_a_long_pdf_that_page_and_no_other(cast: Any) -> None:
    take(cast, "KS.1998.01.pdf", bad_files.book_with_a_broken_page(12, broken=7))
    work_off()
    refused = Scan.objects.get(state=ScanState.REFUSED)
    assert (refused.part, refused.page, refused.problem) == (7, "7", "damaged")
    assert Scan.objects.all().ready().count() == 11
    with translation.override("vi"):
        assert str(ScanProblem.DAMAGED.label) in shown(cast)


@pytest.mark.django_db
def test_a_file_none_of_whose_pages_can_be_used_is_not_kept(
    cast: Any, shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        bombs = take(cast, "P001.tif", bad_files.tiff_claiming(60_000, 60_000))
        half = take(cast, "P003.tif", bad_files.tiff_claiming(100, 60_000))
        work_off()
    assert Scan.objects.filter(state=ScanState.REFUSED).count() == 3
    assert not keeping.original(bombs).exists() and keeping.original(half).exists()
    assert {path.parent.name for path in shelf.rglob("*") if path.is_file()} == {half.key}
    # Sent once more it is tried once more, page by page.
    again = take(cast, "P001.tif", bad_files.tiff_claiming(60_000, 60_000))
    assert again.pk == bombs.pk and Scan.objects.filter(state=ScanState.WAITING).count() == 2


@pytest.mark.django_db
def test_a_first_page_that_kills_its_reader_costs_a_file_that_page_and_no_other(
    cast: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The number of pages is told before the page is touched."""
    take(cast, "KS.1998.01.pdf", bad_files.pdf_that_never_ends())
    read = pictures.read_picture

    def impatient(path: Path, kind: str, *, part: int = 1, turned: int = 0) -> pictures.Picture:
        return read(path, kind, part=part, limits=Limits(cpu_seconds=2))

    monkeypatch.setattr(working, "read_picture", impatient)
    work_off()
    found = list(Scan.objects.order_by("part").values_list("part", "state", "problem"))
    assert found == [(1, "refused", "too_hard"), (2, "ready", "")]


@pytest.mark.django_db
def test_files_spoilt_at_random_end_as_a_picture_or_with_a_reason(
    cast: Any, shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        untaken = []
        for name, data in bad_files.spoilt(SPOILT, SEED):
            try:
                take(cast, name, data)
            except receiving.NotTaken as refusal:
                untaken.append(str(refusal))
        work_off()
    scans = list(Scan.objects.all())
    assert all(untaken) and {scan.state for scan in scans} == {ScanState.READY, ScanState.REFUSED}
    assert all(scan.problem in ScanProblem.values for scan in scans if scan.state == ScanState.REFUSED)
    for scan in scans:
        if scan.state == ScanState.READY:
            for variant in VARIANTS:
                Image.open(keeping.variant(scan, variant), formats=["JPEG"]).load()
    kept = {path.parent.name for path in shelf.rglob("*") if path.is_file()}
    sources = {
        scan.source.key if scan.source else scan.key for scan in scans if scan.state == ScanState.READY
    }
    assert sources <= kept
    assert shown(cast)
