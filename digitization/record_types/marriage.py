"""KH, the marriage register (sổ đăng ký kết hôn): 44 national columns, 43 fields and the book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .checks import checks_of_every_kind, checks_of_people
from .checks.abroad import whole_foreign_block
from .checks.holders import FEMALE, MALE, holders
from .checks.marriage import MARRIAGE_CHECKS
from .checks.shape import shape_of
from .contract import Entry, Group, Label, LifeEvent, Need, People, RecordType
from .entries import known, person_of
from .fields import birth_date, choice, dated, full_name, identity_paper, line, nationalities, residence
from .groups import ABROAD, registration
from .options import MARSTATUS, REG_KH

REGISTRATION = registration(
    REG_KH, after={"signer_position": (dated("marriage_established_on", _("Marriage began on")),)}
)


def _spouse(prefix: str, label: Label) -> Group:
    return Group(
        code=prefix,
        label=label,
        fields=(
            full_name(prefix, Need.MUST),
            birth_date(prefix),
            *nationalities(prefix),
            *residence(prefix),
            *identity_paper(prefix),
        ),
    )


NOTES = Group(
    code="notes",
    label=_("Notes on the marriage"),
    folded=True,
    fields=(
        choice("marriage_status", _("What became of the marriage"), MARSTATUS),
        dated("annulment_noted_on", _("Divorce or annulment noted on")),
        line("annulment_basis", _("Basis of the divorce or annulment")),
        dated("recognition_noted_on", _("Recognition noted on")),
        line("recognition_basis", _("Basis of the recognition")),
    ),
)

GROUPS = (REGISTRATION, _spouse("husband", _("Husband")), _spouse("wife", _("Wife")), NOTES, ABROAD)


def people(entry: Entry) -> People:
    """The husband, then the wife."""
    return People(subject=person_of(entry, "husband"), second=person_of(entry, "wife"))


SAMPLE = {
    "number": "15",
    "page_no": "8",
    "registration_date": {"on": "2004-11-18", "written": "18/11/2004"},
    "registration_type": known("1", "Đăng ký lần đầu"),
    "registration_place": "UBND xã Ngọc Quan, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Phan Văn Thạch",
    "signer_position": "Chủ tịch",
    "recorder_name": "Bùi Thị Lai",
    "husband_full_name": "Trần Văn Luyện",
    "husband_birth_date": {"on": "1979-02-14", "written": "14/2/1979"},
    "husband_ethnicity": known("15", "Cao Lan"),
    "husband_nationality": known("VN", "Việt Nam"),
    "husband_residence_type": known("1", "Thường trú"),
    "husband_residence": "Khu 7, xã Ngọc Quan, huyện Đoan Hùng, tỉnh Phú Thọ",
    "husband_id_type": known("1", "CMND"),
    "husband_id_no": "131456789",
    "husband_id_issued_on": {"on": "1998-06-03", "written": "3/6/1998"},
    "husband_id_issued_by": "Công an tỉnh Phú Thọ",
    "wife_full_name": "Lâm Thị Huệ",
    "wife_birth_date": {"on": "1982", "written": "1982"},
    "wife_ethnicity": known("01", "Kinh"),
    "wife_nationality": known("VN", "Việt Nam"),
    "wife_residence_type": known("1", "Thường trú"),
    "wife_residence": "Khu 2, xã Tây Cốc, huyện Đoan Hùng, tỉnh Phú Thọ",
}

MARRIAGE = RecordType(
    code="KH",
    label=_("Marriage"),
    book_label=_("Marriage register"),
    on_paper="Kết hôn",
    groups=GROUPS,
    shape=shape_of(GROUPS),
    checks=(
        *checks_of_every_kind(GROUPS),
        *checks_of_people(*holders(GROUPS, "husband", "wife", husband=MALE, wife=FEMALE)),
        whole_foreign_block(registered_abroad="3"),
        *MARRIAGE_CHECKS,
    ),
    people=people,
    event=LifeEvent.MARRIAGE,
    list_columns=("subject", "wife_full_name", "registered"),
    columns="KH",
    sample=SAMPLE,
)
