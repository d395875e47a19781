"""One notice as its page shows it: to whoever got it, with the way to report; to its office, with the receipts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID, uuid4

from civreg.lib import clock
from communes.models import Notice, NoticeFile, NoticeReport, Unit
from communes.notices.access import own_addresses
from communes.notices.due import Standing, due_in
from communes.notices.forms import ReasonForm, ReportForm
from communes.notices.receipts import Receipts, receipts_of
from communes.rights import Rights


@dataclass(frozen=True, slots=True)
class OwnUnit:
    """A unit of the reader that the notice is addressed to; ``form`` is None where there is nothing to report."""

    unit: Unit
    due: Standing | None
    reports: Sequence[NoticeReport]
    form: ReportForm | None
    intent: UUID


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticePage:
    """The page. ``receipts`` is None for everybody outside of the sending office."""

    notice: Notice
    file: NoticeFile | None
    own: Sequence[OwnUnit]
    receipts: Receipts | None
    reason: ReasonForm

    @classmethod
    def read(
        cls,
        notice: Notice,
        rights: Rights,
        *,
        reason: ReasonForm | None,
        report: ReportForm | None,
        reporting: str,
    ) -> NoticePage:
        """Read what these rights may see; bound forms are shown as they were typed."""
        of_office = notice.office_id in rights.units_for("lead_campaign")
        return cls(
            notice=notice,
            # Its bytes stay where they are.
            file=NoticeFile.objects.filter(notice=notice).defer("data").first(),
            own=_own(notice, rights, report, reporting),
            receipts=receipts_of(notice) if of_office else None,
            reason=reason or ReasonForm(),
        )

    @property
    def due(self) -> Standing | None:
        """Return how the notice stands as a whole."""
        if self.receipts is not None:
            done = self.receipts.reported == len(self.receipts.lines)
        else:
            done = all(one.reports for one in self.own)
        return due_in(self.notice, clock.today(), reported=done)


def _own(notice: Notice, rights: Rights, report: ReportForm | None, reporting: str) -> list[OwnUnit]:
    addresses = own_addresses(rights, notice).select_related("unit").prefetch_related("reports__by")
    today = clock.today()
    asked = notice.due_on is not None and not notice.withdrawn
    shown = []
    for address in addresses.order_by("unit__name", "pk"):
        reports = list(address.reports.all())
        typed = report if report is not None and address.unit.slug == reporting else None
        form = typed or ReportForm(auto_id=f"id_{address.unit.slug}_%s") if asked or typed else None
        due = due_in(notice, today, reported=bool(reports))
        shown.append(OwnUnit(address.unit, due, reports, form, uuid4()))
    return shown
