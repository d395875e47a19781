"""KS, the birth register (sổ đăng ký khai sinh): 69 national columns, 68 fields and the book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .checks import checks_of_every_kind, checks_of_people
from .checks.abroad import whole_foreign_block
from .checks.birth import BIRTH_CHECKS
from .checks.holders import FEMALE, MALE, holders
from .checks.shape import shape_of
from .contract import Check, Entry, Field, Group, Label, LifeEvent, Need, People, RecordType
from .entries import known, person_of, text_of
from .fields import (
    ID_NO,
    birth_date,
    choice,
    full_name,
    gender,
    home_town,
    line,
    nationalities,
    personal_id,
    residence,
)
from .groups import ABROAD, applicant, declaration, registration
from .options import BIRTHKIND, IDTYPE, REG_KS


def _nationalities(prefix: str) -> tuple[Field, ...]:
    """The newer template has the words of the book beside each nationality."""
    ethnicity, nationality, other = nationalities(prefix)
    words = line(f"{prefix}_nationality_text", _("Nationality, word for word"), length=100, half=True)
    other_words = line(
        f"{prefix}_other_nationality_text", _("Other nationality, word for word"), length=100, half=True
    )
    return ethnicity, nationality, words, other, other_words


REGISTRATION = registration(REG_KS)

CHILD = Group(
    code="child",
    label=_("Child"),
    fields=(
        personal_id("child"),
        full_name("child", Need.MUST),
        gender("child", Need.MUST),
        birth_date("child", Need.MUST),
        line("child_birth_date_words", _("Date of birth in words"), length=1000),
        line("child_birth_place", _("Place of birth"), Need.SHOULD, length=1000),
        line("child_birth_place_unit", _("Administrative unit of birth")),
        home_town("child", Need.SHOULD),
        *_nationalities("child"),
        choice("birth_kind", _("Parents known"), BIRTHKIND, Need.SHOULD),
    ),
)


def _parent(prefix: str, label: Label) -> Group:
    return Group(
        code=prefix,
        label=label,
        fields=(
            personal_id(prefix),
            full_name(prefix),
            birth_date(prefix),
            *_nationalities(prefix),
            *residence(prefix),
            choice(f"{prefix}_id_type", _("Kind of identity paper"), IDTYPE),
            line(f"{prefix}_id_no", ID_NO, length=100, half=True),
        ),
    )


GROUPS = (
    REGISTRATION,
    CHILD,
    _parent("mother", _("Mother")),
    _parent("father", _("Father")),
    applicant(Need.SHOULD),
    declaration("missing", _("Declared missing")),
    declaration("limited_capacity", _("Limited legal capacity")),
    ABROAD,
)
_PEOPLE = holders(GROUPS, "child", "mother", "father", "applicant", mother=FEMALE, father=MALE)
_CHECKS: tuple[Check, ...] = (
    *checks_of_every_kind(GROUPS),
    *checks_of_people(*_PEOPLE),
    whole_foreign_block(registered_abroad="3"),
    *BIRTH_CHECKS,
)


def people(entry: Entry) -> People:
    """The child, the mother, then father and applicant."""
    others = (text_of(entry, "father_full_name"), text_of(entry, "applicant_full_name"))
    return People(
        subject=person_of(entry, "child"),
        second=person_of(entry, "mother"),
        others=tuple(name for name in others if name),
    )


SAMPLE = {
    "number": "24",
    "page_no": "12",
    "registration_date": {"on": "1998-05-12", "written": "12/5/1998"},
    "registration_type": known("1", "Đăng ký đúng hạn"),
    "registration_place": "UBND xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Đỗ Văn Kiểm",
    "signer_position": "Chủ tịch",
    "recorder_name": "Trần Thị Lụa",
    "child_full_name": "Hà Văn Quyết",
    "child_gender": known("1", "Nam"),
    "child_birth_date": {"on": "1998-04-20", "written": "20/4/1998"},
    "child_birth_date_words": "Ngày hai mươi tháng tư năm một nghìn chín trăm chín mươi tám",
    "child_birth_place": "Trạm y tế xã Hợp Nhất",
    "child_home_town": "Xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "child_ethnicity": known("15", "Cao Lan"),
    "child_nationality": known("VN", "Việt Nam"),
    "birth_kind": known("1", "Đã xác định được cả cha lẫn mẹ"),
    "mother_full_name": "Lâm Thị Nhàn",
    "mother_birth_date": {"on": "1975", "written": "1975"},
    "mother_ethnicity": known("15", "Cao Lan"),
    "mother_nationality": known("VN", "Việt Nam"),
    "mother_residence_type": known("1", "Thường trú"),
    "mother_residence": "Khu 4, xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "father_full_name": "Hà Văn Thuận",
    "father_birth_date": {"on": "1972-03", "written": "3/1972"},
    "father_ethnicity": known("01", "Kinh"),
    "father_nationality": known("VN", "Việt Nam"),
    "father_residence_type": known("1", "Thường trú"),
    "father_residence": "Khu 4, xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "applicant_full_name": "Hà Văn Thuận",
    "applicant_relation": "Cha đẻ",
    "applicant_id_type": known("1", "CMND"),
    "applicant_id_no": "131234567",
    "applicant_id_issued_on": {"on": "1990-08-15", "written": "15/8/1990"},
    "applicant_id_issued_by": "Công an tỉnh Vĩnh Phú",
}

BIRTH = RecordType(
    code="KS",
    label=_("Birth"),
    book_label=_("Birth register"),
    on_paper="Khai sinh",
    groups=GROUPS,
    shape=shape_of(GROUPS),
    checks=_CHECKS,
    people=people,
    event=LifeEvent.BIRTH,
    columns="KS",
    list_columns=("subject", "birth", "mother_full_name", "father_full_name", "registered"),
    sample=SAMPLE,
)
