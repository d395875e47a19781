"""What it adds up to: figures, dashboards, papers."""

from __future__ import annotations

from django.apps import AppConfig


class ReportsConfig(AppConfig):
    """The top floor: it sees everything below."""

    name = "reports"
    # What was published stays as it was.
    database_rights = {
        "reports_bookday": frozenset({"SELECT", "INSERT"}),
        "reports_dailysnapshot": frozenset({"SELECT", "INSERT"}),
        "reports_snapshotrow": frozenset({"SELECT", "INSERT"}),
        "reports_paper": frozenset({"SELECT", "INSERT"}),
    }
