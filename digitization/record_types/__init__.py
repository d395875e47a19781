"""Every kind of register entry, in the order of lists and papers. A new kind is a file and a line here."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .birth import BIRTH
from .contract import LifeEvent, RecordType
from .death import DEATH
from .generic import generic_kind
from .marital_status import MARITAL_STATUS
from .marriage import MARRIAGE
from .parentage import PARENTAGE

ALL: tuple[RecordType, ...] = (
    BIRTH,
    MARRIAGE,
    DEATH,
    PARENTAGE,
    MARITAL_STATUS,
    generic_kind("NCN", "Nuôi con nuôi", _("Adoption"), _("Adoption register")),
    generic_kind("GH", "Giám hộ", _("Guardianship"), _("Guardianship register")),
    generic_kind(
        "TDCC",
        "Thay đổi, cải chính",
        _("Change or correction"),
        _("Register of changes, corrections, additions and re-determined ethnic groups"),
    ),
    generic_kind("GCLH", "Ghi chú ly hôn", _("Divorce note"), _("Register of divorce notes")),
    generic_kind("KHAC", "Việc hộ tịch khác", _("Other event"), _("Register of other civil status events")),
)

BY_CODE: dict[str, RecordType] = {record_type.code: record_type for record_type in ALL}


def codes_of(*events: LifeEvent) -> list[str]:
    """Return the codes of the kinds that register one of these events."""
    return [kind.code for kind in ALL if kind.event in events]
