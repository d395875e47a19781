"""Every kind of register entry, in the order of lists and papers. A new kind is a file and a line here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .birth import BIRTH
from .contract import RecordType
from .generic import generic_kind

ALL: tuple[RecordType, ...] = (
    BIRTH,
    generic_kind("KH", _("Marriage"), _("Marriage register")),
    generic_kind("KT", _("Death"), _("Death register")),
    generic_kind(
        "CMC", _("Recognition of parent or child"), _("Register of recognitions of father, mother or child")
    ),
    generic_kind("HN", _("Marital status certificate"), _("Register of marital status certificates issued")),
    generic_kind("NCN", _("Adoption"), _("Adoption register")),
    generic_kind("GH", _("Guardianship"), _("Guardianship register")),
    generic_kind(
        "TDCC",
        _("Change or correction"),
        _("Register of changes, corrections, additions and re-determined ethnic groups"),
    ),
    generic_kind("GCLH", _("Divorce note"), _("Register of divorce notes")),
    generic_kind("KHAC", _("Other event"), _("Register of other civil status events")),
)

BY_CODE: dict[str, RecordType] = {record_type.code: record_type for record_type in ALL}
