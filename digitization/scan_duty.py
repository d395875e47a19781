"""C23: whether a unit approves only with a picture of the page. By default it need not, so that nobody is locked out.

The justice office decides for a unit, with a reason either way; what was decided before stays.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from civreg.lib import clock
from communes.models import Unit, User
from digitization.crops import shows
from digitization.models import BookPage, PageState, Record, RecordScan, Scan, ScanDuty
from digitization.models.scans import labels_showing, tidy_label
from digitization.verbs import NotAllowedNow, keepable, once

_LONGEST_REASON = 500
# A page nobody can photograph was looked at by whoever said so.
_NO_PICTURE_OF = (PageState.DAMAGED, PageState.MISSING)


def duty_of(unit: Unit) -> ScanDuty | None:
    """Return the decision in force for a unit, None where there was none: then it need not scan."""
    return unit.scan_duties.select_related("by").first()


def decide(*, by: User, unit: Unit, required: bool, reason: str, intent: UUID) -> ScanDuty:
    """Decide whether the entries a unit keeps need a picture to be approved. Raises NotAllowedNow without a reason."""
    why = keepable(reason, limit=_LONGEST_REASON)
    if not why:
        raise NotAllowedNow(_("Say why, in a few words."))

    def act() -> int:
        Unit.objects.select_for_update().get(pk=unit.pk)
        last = duty_of(unit)
        if (last is not None and last.required) is required:
            raise NotAllowedNow(_("It is decided so already."))
        return ScanDuty.objects.create(unit=unit, required=required, reason=why, by=by, at=clock.now()).pk

    body = {"unit": unit.pk, "required": required, "reason": why}
    return ScanDuty.objects.get(pk=once(act, by=by, verb="decide_scan_duty", intent=intent, body=body))


def without_a_needed_scan(records: Iterable[Record]) -> set[int]:
    """Return the ids of the entries that need a picture of their page and have none. Four questions at most.

    A picture counts that the entry was typed from, or whose page number is confirmed (of the open book both are);
    so does a page said to be damaged or lost.
    """
    listed = list(records)
    duties = ScanDuty.objects.filter(unit__in={record.custodian_id for record in listed})
    last = duties.order_by("unit_id", "-pk").distinct("unit_id").values_list("unit_id", "required")
    bound = {unit for unit, required in last if required}
    asked = [record for record in listed if record.custodian_id in bound]
    if not asked:
        return set()
    books = {record.book_id for record in asked}
    seen = set(Scan.objects.ready().filter(book__in=books, confirmed=True).values_list("book_id", "page"))
    said = BookPage.objects.filter(book__in=books, state__in=_NO_PICTURE_OF)
    seen |= set(said.values_list("book_id", "label"))
    links = RecordScan.objects.filter(record__in=asked, scan__in=Scan.objects.ready())
    page_of = {record.pk: record for record in asked}
    typed_from = {
        one.record_id for one in links.select_related("scan") if shows(one.scan, page_of[one.record_id])
    }
    return {record.pk for record in asked if record.pk not in typed_from and not _is_seen(record, seen)}


def _is_seen(record: Record, seen: set[tuple[int, str]]) -> bool:
    labels = labels_showing(tidy_label(record.page_no)) if record.page_no else ()
    return any((record.book_id, label) in seen for label in labels)
