"""What is digitized: books, entries, and the work on them."""

from __future__ import annotations

from django.apps import AppConfig

from civreg.lib.database_rights import COMMON


class DigitizationConfig(AppConfig):
    """The third floor: it knows the ground and communes, and never what its work adds up to."""

    name = "digitization"
    # Nothing saved is ever deleted, and what happened is never rewritten. The tally is written by triggers only.
    database_rights = {
        "digitization_booktally": frozenset({"SELECT"}),
        "digitization_bookacceptance": frozenset({"SELECT", "INSERT"}),
        "digitization_recordevent": frozenset({"SELECT", "INSERT"}),
        "digitization_recordversion": frozenset({"SELECT", "INSERT"}),
        # What was declared, and the files it rests on, stay; the tally of pages is written by triggers only.
        "digitization_declaration": frozenset({"SELECT", "INSERT"}),
        "digitization_proof": frozenset({"SELECT", "INSERT"}),
        "digitization_bookpages": frozenset({"SELECT"}),
        "digitization_listexport": frozenset({"SELECT", "INSERT"}),
        "digitization_nameword": frozenset({"SELECT"}),
        "digitization_scanduty": frozenset({"SELECT", "INSERT"}),
        "digitization_bookflood": COMMON | {"DELETE"},
        "digitization_savedfilter": COMMON | {"DELETE"},
        "digitization_draft": COMMON | {"DELETE"},
        "digitization_finding": COMMON | {"DELETE"},
        "digitization_upload": COMMON | {"DELETE"},
        # Who gave what to whom stays; where somebody stopped is written over. Neither is ever deleted.
        "digitization_workrange": COMMON,
        "digitization_bookmark": COMMON,
    }
    database_functions = frozenset({"civreg_recount_tally()", "civreg_recount_books()"})
