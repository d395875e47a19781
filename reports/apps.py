"""What it adds up to: figures, dashboards, papers."""

from __future__ import annotations

from django.apps import AppConfig

from civreg.lib.database_rights import COMMON


class ReportsConfig(AppConfig):
    """The top floor: it sees everything below."""

    name = "reports"
    # What was published stays as it was; who keeps a book is written down by triggers only.
    database_rights = {
        "reports_custody": frozenset({"SELECT"}),
        "reports_bookatjoining": frozenset({"SELECT", "INSERT"}),
        "reports_bookday": frozenset({"SELECT", "INSERT"}),
        "reports_dailysnapshot": frozenset({"SELECT", "INSERT"}),
        "reports_snapshotrow": frozenset({"SELECT", "INSERT"}),
        "reports_paper": frozenset({"SELECT", "INSERT"}),
        # What was signed, and who moved a goal, stays; what a campaign takes in may be taken out again.
        "reports_commitment": frozenset({"SELECT", "INSERT"}),
        "reports_campaignchange": frozenset({"SELECT", "INSERT"}),
        "reports_bookatclosing": frozenset({"SELECT", "INSERT"}),
        "reports_campaignunit": COMMON | {"DELETE"},
        "reports_campaignbook": COMMON | {"DELETE"},
        "reports_milestone": COMMON | {"DELETE"},
    }
