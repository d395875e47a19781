"""What a day or a moment is called, on pages and in files."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from civreg.templatetags.figures import day as day_in_words
from civreg.templatetags.figures import moment
from reports.models import DailySnapshot

KINDS: dict[str, str | Promise] = {
    DailySnapshot.Kind.CUTOFF: pgettext_lazy("kind of figures", "Cut-off"),
    DailySnapshot.Kind.REBUILT: pgettext_lazy("kind of figures", "Rebuilt"),
    DailySnapshot.Kind.DEMAND: pgettext_lazy("kind of figures", "Moment"),
}
MISSING = pgettext_lazy("kind of figures", "Missing")


def kind_of(snapshot: DailySnapshot | None) -> str:
    """Return what kind of figures these are; none are missing ones."""
    return str(MISSING if snapshot is None else KINDS[snapshot.kind_of])


def title_of(snapshot: DailySnapshot) -> str:
    """Name a snapshot where several stand beside each other: a day by its date, a moment by its time."""
    if snapshot.kind_of == DailySnapshot.Kind.DEMAND:
        return _("Moment %(at)s") % {"at": moment(snapshot.taken_at)}
    title = day_in_words(snapshot.day)
    return _("%(day)s, rebuilt") % {"day": title} if snapshot.kind_of == DailySnapshot.Kind.REBUILT else title
