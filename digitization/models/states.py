"""The two columns of a record's life, and what counts as digitized.

Two, because an entry crossed out in the paper book must still be typed, checked and transferred.
"""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

# Every frozen figure and paper names the version of this definition it was counted by.
DEFINITION_VERSION = 1


class Status(models.TextChoices):
    """Where an entry is on its way: entered → checked → approved → transferred, or returned for correction."""

    ENTERED = "entered", pgettext_lazy("status", "Entered")
    CHECKED = "checked", pgettext_lazy("status", "Checked")
    APPROVED = "approved", pgettext_lazy("status", "Approved")
    TRANSFERRED = "transferred", pgettext_lazy("status", "Transferred")
    RETURNED = "returned", pgettext_lazy("status", "Returned")


class Standing(models.TextChoices):
    """What kind of entry it is: most are normal; none is ever deleted."""

    NORMAL = "normal", pgettext_lazy("standing", "Normal")
    CANCELLED_IN_BOOK = "cancelled_in_book", _("Cancelled in the book")
    UNREADABLE = "unreadable", _("Unreadable")
    UNREADABLE_ACCEPTED = "unreadable_accepted", _("Unreadable, accepted by an inspection")
    DUPLICATE = "duplicate", pgettext_lazy("standing", "Duplicate")
    WITHDRAWN = "withdrawn", pgettext_lazy("standing", "Withdrawn")


# Digitized = status and standing both in these; the SQL of the roll-up takes them as parameters from here.
COUNTED_STATUSES = (Status.ENTERED, Status.CHECKED, Status.APPROVED, Status.TRANSFERRED)
COUNTED_STANDINGS = (Standing.NORMAL, Standing.CANCELLED_IN_BOOK, Standing.UNREADABLE_ACCEPTED)

# Standings whose number may be used by another entry.
NUMBER_FREE = (Standing.DUPLICATE, Standing.WITHDRAWN)


class Verb(models.TextChoices):
    """What a person did to an entry; one event each."""

    ENTER = "enter", pgettext_lazy("event", "Entered")
    IMPORT = "import", pgettext_lazy("event", "Imported from a workbook")
    CORRECT = "correct", pgettext_lazy("event", "Corrected")
    CHECK = "check", pgettext_lazy("event", "Checked against the book")
    SEND_BACK = "send_back", pgettext_lazy("event", "Returned for correction")
    APPROVE = "approve", pgettext_lazy("event", "Approved")
    REOPEN = "reopen", pgettext_lazy("event", "Reopened")
    TRANSFER = "transfer", pgettext_lazy("event", "Transferred to the national system")
    CANCEL_IN_BOOK = "cancel_in_book", pgettext_lazy("event", "Marked as cancelled in the book")
    MARK_UNREADABLE = "mark_unreadable", pgettext_lazy("event", "Marked as unreadable")
    ACCEPT_UNREADABLE = "accept_unreadable", pgettext_lazy("event", "Unreadable entry accepted")
    MARK_DUPLICATE = "mark_duplicate", pgettext_lazy("event", "Marked as a duplicate")
    WITHDRAW = "withdraw", pgettext_lazy("event", "Withdrawn")
    RESTORE = "restore", pgettext_lazy("event", "Restored to normal")
    ACCEPT_FINDING = "accept_finding", pgettext_lazy("event", "Confirmed as in the original book")
    TELL_APART = "tell_apart", pgettext_lazy("event", "Said to be another than an entry like it")
    TAKE_BACK_APART = "take_back_apart", pgettext_lazy("event", "Taken back: it may be the other entry")


# The verbs after which a person counts as having typed in the record: they may never check it.
TYPING_VERBS = (Verb.ENTER, Verb.IMPORT, Verb.CORRECT)

# From which status each moving verb starts, and where it leads. The database holds the same table in a trigger.
MOVES: dict[Verb, tuple[tuple[Status, ...], Status]] = {
    Verb.CORRECT: ((Status.ENTERED, Status.CHECKED, Status.RETURNED), Status.ENTERED),
    Verb.CHECK: ((Status.ENTERED,), Status.CHECKED),
    Verb.SEND_BACK: ((Status.ENTERED, Status.CHECKED), Status.RETURNED),
    Verb.APPROVE: ((Status.CHECKED,), Status.APPROVED),
    Verb.TRANSFER: ((Status.APPROVED,), Status.TRANSFERRED),
    Verb.REOPEN: ((Status.APPROVED, Status.TRANSFERRED), Status.ENTERED),
}

FROZEN = (Status.APPROVED, Status.TRANSFERRED)
