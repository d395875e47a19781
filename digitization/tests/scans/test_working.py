"""Waiting pictures are worked on one by one; a bad page is refused alone, and the worker lives."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, transaction

from civreg.lib import pictures
from digitization import tasks
from digitization.models import Scan, ScanProblem, ScanState
from digitization.scans import keeping, receiving, working
from digitization.tests.scans.pictures import drawn, jpeg, pdf, png, tiff

pytestmark = pytest.mark.django_db


def take(cast: Any, data: bytes, name: str = "P003.jpg") -> Scan:
    return receiving.take_whole(book=cast.book, by=cast.lan, name=name, chunks=[data])


def work_off() -> None:
    while working.work_on_one():
        pass


def test_a_picture_becomes_ready_with_its_three_forms(cast: Any) -> None:
    scan = take(cast, jpeg())
    assert not Scan.objects.all().ready().exists()
    tasks.work_scans()
    tasks.work_scans()
    scan.refresh_from_db()
    assert (scan.state, scan.width, scan.height, scan.hints) == (ScanState.READY, 1200, 1700, [])
    assert Scan.objects.all().ready().of_page(cast.book, "003").get() == scan
    for name in pictures.VARIANTS:
        assert keeping.variant(scan, name).read_bytes().startswith(b"\xff\xd8")
    assert keeping.original(scan).read_bytes() == jpeg()
    assert keeping.root().stat().st_mode & 0o077 == 0


def test_a_refused_file_says_why_and_is_not_kept(
    cast: Any, shelf: Path, django_capture_on_commit_callbacks: Any
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        cut = take(cast, jpeg(1)[:9000], "P001.jpg")
        moving = take(
            cast, png(drawn(2, (300, 400)), save_all=True, append_images=[drawn(3, (300, 400))]), "P002.png"
        )
        good = take(cast, jpeg(4), "P004.jpg")
        work_off()
    for scan in (cut, moving, good):
        scan.refresh_from_db()
    assert (cut.state, cut.problem) == (ScanState.REFUSED, ScanProblem.DAMAGED)
    assert (moving.state, moving.problem) == (ScanState.REFUSED, ScanProblem.ANIMATED)
    assert good.state == ScanState.READY
    kept = {path.parent.name for path in shelf.rglob("*") if path.is_file()}
    assert kept == {good.key}


def test_a_refused_file_sent_again_is_tried_again(
    cast: Any, monkeypatch: pytest.MonkeyPatch, django_capture_on_commit_callbacks: Any
) -> None:
    def too_hard(*_: object, **__: object) -> pictures.Picture:
        raise pictures.UnreadablePicture("too_hard")

    with monkeypatch.context() as busy, django_capture_on_commit_callbacks(execute=True):
        busy.setattr(working, "read_picture", too_hard)
        first = take(cast, jpeg())
        work_off()
    again = take(cast, jpeg())
    work_off()
    assert again.pk == first.pk
    assert Scan.objects.get().state == ScanState.READY


def test_each_page_of_a_file_is_a_picture_and_pages_follow_each_other(cast: Any) -> None:
    take(cast, tiff(1, 2, 3), "KS.1998.01.P010.tif")
    work_off()
    scans = list(Scan.objects.all())
    assert [(scan.part, scan.page, scan.state) for scan in scans] == [
        (1, "10", "ready"),
        (2, "11", "ready"),
        (3, "12", "ready"),
    ]
    assert {keeping.original(scan) for scan in scans} == {keeping.original(scans[0])}


def test_a_broken_page_of_a_long_pdf_is_refused_alone(cast: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    read = pictures.read_picture
    real: list[int] = []

    def with_a_broken_page(path: Path, kind: str, *, part: int = 1, turned: int = 0) -> pictures.Picture:
        if part == 25:
            raise pictures.UnreadablePicture("damaged", 60)
        if real:
            return known
        real.append(part)
        return read(path, kind, part=part)

    take(cast, pdf(60), "KS.1998.01.pdf")
    known = read(keeping.original(Scan.objects.get()), "pdf", part=60)
    monkeypatch.setattr(working, "read_picture", with_a_broken_page)
    work_off()
    refused = Scan.objects.get(state=ScanState.REFUSED)
    assert (refused.part, refused.page, refused.problem) == (25, "25", "damaged")
    assert Scan.objects.all().ready().count() == 59
    assert keeping.original(refused).exists()


def test_a_broken_page_of_a_real_file_is_refused_alone(cast: Any) -> None:
    whole = tiff(1, 2, 3)
    middle = len(whole) * 2 // 5
    take(cast, whole[:middle] + b"\xff" * 400 + whole[middle + 400 :], "P001.tif")
    work_off()
    found = list(Scan.objects.order_by("part").values_list("part", "state", "problem"))
    assert found == [(1, "ready", ""), (2, "refused", "damaged"), (3, "ready", "")]


def test_a_picture_somebody_works_on_is_left_to_them(cast: Any) -> None:
    assert working.work() == 0
    take(cast, jpeg(1), "P001.jpg")
    take(cast, jpeg(2), "P002.jpg")
    assert working.work(seconds=0) == 1
    assert Scan.objects.filter(state=ScanState.WAITING).count() == 1


def test_an_original_that_is_gone_refuses_its_picture(cast: Any) -> None:
    scan = take(cast, jpeg())
    keeping.forget(scan.key)
    work_off()
    assert Scan.objects.get().state == ScanState.REFUSED


@pytest.mark.parametrize("change", [{"sha256": "0" * 64}, {"bytes": 1}, {"kind": "pdf"}, {"key": "0" * 32}])
def test_what_a_picture_came_from_is_never_rewritten(cast: Any, change: dict[str, Any]) -> None:
    scan = take(cast, jpeg())
    with pytest.raises(DatabaseError), transaction.atomic():
        Scan.objects.filter(pk=scan.pk).update(**change)


def test_a_picture_is_never_deleted(cast: Any) -> None:
    scan = take(cast, jpeg())
    with pytest.raises(DatabaseError), transaction.atomic():
        scan.delete()
