"""What it adds up to: figures, dashboards, papers."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The top floor: it sees everything below."""

    name = "reports"
    # What was published stays as it was; who keeps a book is written down by triggers only.
    database_rights = {
        "reports_custody": frozenset({"SELECT"}),
        "reports_bookday": frozenset({"SELECT", "INSERT"}),
        "reports_dailysnapshot": frozenset({"SELECT", "INSERT"}),
        "reports_snapshotrow": frozenset({"SELECT", "INSERT"}),
        "reports_paper": frozenset({"SELECT", "INSERT"}),
    }
