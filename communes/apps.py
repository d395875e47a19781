"""Who and where: units, officers, roles."""

from __future__ import annotations

from django.apps import AppConfig

from civreg.lib import clock
from civreg.lib.database_rights import COMMON


class CommunesConfig(AppConfig):
    """The second floor: it knows the ground, and nothing above."""

    name = "communes"
    # What was sent, opened and reported is never rewritten; of a notice only the withdrawal changes, once (triggers).
    database_rights = {
        "communes_succession": frozenset({"SELECT", "INSERT"}),
        "communes_noticefile": frozenset({"SELECT", "INSERT"}),
        "communes_noticeunit": frozenset({"SELECT", "INSERT"}),
        "communes_noticedelivery": frozenset({"SELECT", "INSERT"}),
        "communes_noticereading": frozenset({"SELECT", "INSERT"}),
        "communes_noticereport": frozenset({"SELECT", "INSERT"}),
        "communes_installation": COMMON,
        # What was asked, said and delivered stays; a request is moved by the trigger that takes its steps.
        "communes_means": frozenset({"SELECT", "INSERT"}),
        "communes_supportrequest": frozenset({"SELECT", "INSERT"}),
        "communes_supportstep": frozenset({"SELECT", "INSERT"}),
    }
    database_functions = frozenset(
        {
            "civreg_taken_apart(text)",
            "civreg_base_letters(text)",
            "civreg_fold(text)",
            "civreg_sort_key(text)",
        }
    )

    def ready(self) -> None:
        from communes.models import Installation  # noqa: PLC0415 - models exist only from here on

        clock.use_offset(Installation.clock_offset_now)
