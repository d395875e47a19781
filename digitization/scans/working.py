"""What the worker does with a picture that waits: decode it in a child process, keep what is served, or say why not."""

from __future__ import annotations

import logging
import time
from typing import Any

from django.db import transaction
from django.db.models import Q

from civreg.lib.pictures import Picture, UnreadablePicture, read_picture
from digitization.models import Scan, ScanProblem, ScanState
from digitization.models.scans import ScanQuerySet, sort_of
from digitization.scans import keeping, pages

logger = logging.getLogger(__name__)

# Figures of progress are rolled up by the same worker every two seconds: they must not wait for a pile of pictures.
_SECONDS_AT_ONCE = 1.0


def work(seconds: float = _SECONDS_AT_ONCE) -> int:
    """Work on waiting pictures until the time is used up, at least on one; returns on how many."""
    done, until = 0, time.monotonic() + seconds
    while work_on_one():
        done += 1
        if time.monotonic() >= until:
            break
    return done


@transaction.atomic
def work_on_one() -> bool:
    """Work on the picture that has waited longest and that nobody else holds; tells whether there was one."""
    scan = _held(Scan.objects.to_turn())
    if scan is not None:
        _turn(scan)
        return True
    scan = _held(Scan.objects.filter(state=ScanState.WAITING))
    if scan is None:
        return False
    try:
        picture = read_picture(keeping.original(scan), scan.kind, part=scan.part, turned=scan.turned)
    except UnreadablePicture as refusal:
        _refuse(scan, refusal)
    except OSError:
        # A server short of processes or memory says nothing about the picture, which waits; one that is gone is lost.
        if keeping.original(scan).exists():
            raise
        _refuse(scan, UnreadablePicture(ScanProblem.DAMAGED))
    else:
        _accept(scan, picture)
    return True


def _held(scans: ScanQuerySet) -> Scan | None:
    # Not against entries that point to the picture: saving one never waits for a decoder.
    locked = scans.order_by("pk").select_for_update(skip_locked=True, no_key=True, of=("self",))
    return locked.select_related("source").first()


def _turn(scan: Scan) -> None:
    """Make anew what is served of a picture somebody turned; if that fails, it stays as it is served."""
    try:
        picture = read_picture(keeping.original(scan), scan.kind, part=scan.part, turned=scan.turned)
    except (UnreadablePicture, OSError):
        logger.exception("a picture could not be turned", extra={"scan": scan.pk})
        pages.turn(scan.pk, (scan.turned_as_served - scan.turned) % 360)
        return
    keeping.keep_variants(scan, picture.variants)
    scan.turned_as_served, scan.hints = scan.turned, list(picture.hints)
    scan.save(update_fields=["turned_as_served", "hints"])


def _accept(scan: Scan, picture: Picture) -> None:
    keeping.keep_variants(scan, picture.variants)
    _add_parts(scan, picture.pages)
    scan.width, scan.height, scan.hints = picture.width, picture.height, list(picture.hints)
    scan.state, scan.turned_as_served = ScanState.READY, scan.turned
    scan.save(update_fields=["width", "height", "hints", "state", "turned_as_served", "page", "sort"])


def _refuse(scan: Scan, refusal: UnreadablePicture) -> None:
    known = refusal.reason in ScanProblem.values
    whole = refusal.reason == ScanProblem.TOO_MANY
    _add_parts(scan, 0 if whole else refusal.pages)
    scan.state = ScanState.REFUSED
    scan.problem = refusal.reason if known else ScanProblem.DAMAGED
    scan.save(update_fields=["state", "problem", "page", "sort"])
    # A file none of whose pages can be used is not kept: nothing that was never decoded stays on the disk.
    first = scan.source or scan
    parts = Scan.objects.filter(Q(pk=first.pk) | Q(source=first))
    if not parts.exclude(state=ScanState.REFUSED).exists():
        transaction.on_commit(lambda: keeping.forget(first.key))


def _add_parts(scan: Scan, count: int) -> None:
    """Give each further page of a file a row of its own; pages follow each other from the label of the first."""
    if scan.part != 1 or count < 2:
        return
    first = int(scan.page) if scan.page.isdecimal() else 1
    if not scan.page:
        scan.page, scan.sort = str(first), sort_of(str(first))
    rest = [_further(scan, part, str(first + part - 1)) for part in range(2, count + 1)]
    Scan.objects.bulk_create(rest, ignore_conflicts=True)


def _further(scan: Scan, part: int, label: str) -> Scan:
    same: dict[str, Any] = {
        name: getattr(scan, name)
        for name in (
            "book_id",
            "name",
            "kind",
            "sha256",
            "bytes",
            "uploaded_by_id",
            "uploaded_at",
            "confirmed",
        )
    }
    return Scan(source=scan, part=part, page=label, sort=sort_of(label), **same)
