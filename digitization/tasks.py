"""What the worker does for books and pictures of pages. Each task may run twice, late, or in any order."""

from __future__ import annotations

from celery import shared_task

from digitization import floods
from digitization.scans import receiving, working


@shared_task(name="digitization.work_scans")
def work_scans() -> None:
    """Work on pictures that wait, for a second or so."""
    working.work()


@shared_task(name="digitization.sweep_uploads")
def sweep_uploads() -> None:
    """Remove files nobody goes on sending."""
    receiving.sweep()


@shared_task(name="digitization.look_for_floods")
def look_for_floods() -> None:
    """Look through books for values too common to be true, for half a second or so."""
    floods.look()
