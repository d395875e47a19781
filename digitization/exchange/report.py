"""What a person or a programme is told about a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import Any, Self

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from civreg.lib import clock
from digitization.exchange.plan import Plan
from digitization.models import ImportRun
from digitization.rules.imports import I03


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """``rows`` = ``accepted`` + ``refused``; ``warnings`` are those open on accepted rows; one error per reason.

    ``skipped`` are hint rows. ``imported`` tells when and by whom the file was taken in before, or "".
    """

    rows: int
    accepted: int
    refused: int
    warnings: int
    errors: list[dict[str, Any]]
    books_created: list[str]
    skipped: list[int]
    committed: bool
    imported: str = ""

    @classmethod
    def of_plan(cls, plan: Plan, *, committed: bool = False) -> Self:
        """Return what a plan does or did."""
        return cls(
            rows=plan.rows,
            accepted=len(plan.accepted),
            refused=len({refusal.row for refusal in plan.refusals}),
            warnings=sum(candidate.warnings for candidate in plan.accepted),
            errors=[asdict(refusal) for refusal in plan.refusals],
            books_created=[book.quyen_so for book in plan.new_books],
            skipped=list(plan.skipped),
            committed=committed,
        )

    @classmethod
    def of_earlier(cls, run: ImportRun) -> Self:
        """Return the answer of the first time; no book is made this time."""
        at = formats.date_format(run.at.astimezone(clock.VIETNAM), "H:i d/m/Y")
        words = _("This file was already taken in at %(at)s by %(name)s. Nothing was changed.")
        return cls(
            rows=run.rows,
            accepted=run.accepted,
            refused=run.refused,
            warnings=run.warnings,
            errors=run.errors,
            books_created=[],
            skipped=[],
            committed=True,
            imported=f"{words % {'at': at, 'name': run.by.name}} ({I03.id})",
        )

    def as_json(self) -> dict[str, Any]:
        """Return the report for programmes; its keys are a promise."""
        return asdict(self)

    def lines(self) -> Iterator[str]:
        """Yield the report for people, in the language now active."""
        if self.imported:
            yield self.imported
        yield _("Rows: %(rows)s. Accepted: %(accepted)s. Refused: %(refused)s. Warnings: %(warnings)s.") % {
            "rows": formats.number_format(self.rows, force_grouping=True),
            "accepted": formats.number_format(self.accepted, force_grouping=True),
            "refused": formats.number_format(self.refused, force_grouping=True),
            "warnings": formats.number_format(self.warnings, force_grouping=True),
        }
        if self.skipped:
            yield _("Read as hints, not as entries: row %(rows)s.") % {
                "rows": ", ".join(map(str, self.skipped))
            }
        for error in self.errors:
            yield _("Row %(row)s, column %(column)s: %(reason)s") % error
        if self.books_created:
            yield self._books()
        if not self.committed:
            yield _("Nothing was stored: this was a dry run. Store the accepted rows with --commit.")

    def _books(self) -> str:
        words = ngettext(
            "Not in the inventory: the book %(books)s. Its entries count once somebody states its total.",
            "Not in the inventory: the books %(books)s. Their entries count once somebody states their totals.",
            len(self.books_created),
        )
        return words % {"books": ", ".join(self.books_created)}
