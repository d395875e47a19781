"""CMC, recognitions of father, mother or child (sổ đăng ký nhận cha, mẹ, con): 50 national columns, 49 fields."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .checks import checks_of_every_kind, checks_of_people
from .checks.abroad import whole_foreign_block
from .checks.holders import holders
from .checks.parentage import PARENTAGE_CHECKS
from .checks.shape import shape_of
from .contract import Entry, Group, Label, Need, People, RecordType
from .entries import known, person_of, text_of
from .fields import (
    birth_date,
    choice,
    full_name,
    home_town,
    identity_paper,
    line,
    nationalities,
    residence,
)
from .groups import ABROAD, applicant, registration
from .options import RECOG, REG_CMC

REGISTRATION = registration(
    REG_CMC,
    after={
        "page_no": (line("decision_no", _("Number of the decision"), length=50, half=True),),
        "registration_date": (choice("recognition_type", _("Who recognises whom"), RECOG, Need.MUST),),
    },
)


def _side(prefix: str, label: Label) -> Group:
    return Group(
        code=prefix,
        label=label,
        fields=(
            full_name(prefix, Need.MUST),
            birth_date(prefix),
            *nationalities(prefix),
            home_town(prefix),
            *residence(prefix),
            *identity_paper(prefix),
        ),
    )


_RELATIONS = (
    line("applicant_relation_to_recognised", _("Relation to the person recognised"), length=1000, half=True),
    line("applicant_relation_to_recogniser", _("Relation to the person recognising"), length=1000, half=True),
)

GROUPS = (
    REGISTRATION,
    _side("parent", _("Father or mother")),
    _side("child", pgettext_lazy("recognition", "Child")),
    applicant(relations=_RELATIONS),
    ABROAD,
)


def people(entry: Entry) -> People:
    """The child, the parent, then the applicant."""
    asked = text_of(entry, "applicant_full_name")
    return People(
        subject=person_of(entry, "child"),
        second=person_of(entry, "parent"),
        others=(asked,) if asked else (),
    )


SAMPLE = {
    "number": "02",
    "page_no": "1",
    "decision_no": "02/QĐ-UBND",
    "registration_date": {"on": "2009-03-24", "written": "24/3/2009"},
    "registration_type": known("1", "Đăng ký mới"),
    "recognition_type": known("1", "Cha nhận con"),
    "registration_place": "UBND xã Yên Kiện, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Lương Xuân Cường",
    "signer_position": "Chủ tịch",
    "recorder_name": "Vi Thị Thơm",
    "parent_full_name": "Triệu Văn Hưng",
    "parent_birth_date": {"on": "1978-12-05", "written": "5/12/1978"},
    "parent_ethnicity": known("09", "Dao"),
    "parent_nationality": known("VN", "Việt Nam"),
    "parent_home_town": "Xã Yên Kiện, huyện Đoan Hùng, tỉnh Phú Thọ",
    "parent_residence_type": known("1", "Thường trú"),
    "parent_residence": "Khu 3, xã Yên Kiện, huyện Đoan Hùng, tỉnh Phú Thọ",
    "parent_id_type": known("1", "CMND"),
    "parent_id_no": "131987654",
    "parent_id_issued_on": {"on": "1999-05-11", "written": "11/5/1999"},
    "parent_id_issued_by": "Công an tỉnh Phú Thọ",
    "child_full_name": "Triệu Thị Ngân",
    "child_birth_date": {"on": "2006-07-30", "written": "30/7/2006"},
    "child_ethnicity": known("09", "Dao"),
    "child_nationality": known("VN", "Việt Nam"),
    "child_residence": "Khu 3, xã Yên Kiện, huyện Đoan Hùng, tỉnh Phú Thọ",
}

PARENTAGE = RecordType(
    code="CMC",
    label=_("Recognition of parent or child"),
    book_label=_("Register of recognitions of father, mother or child"),
    on_paper="Nhận cha, mẹ, con",
    groups=GROUPS,
    shape=shape_of(GROUPS),
    checks=(
        *checks_of_every_kind(GROUPS),
        *checks_of_people(*holders(GROUPS, "parent", "child", "applicant")),
        whole_foreign_block(registered_abroad="2"),
        *PARENTAGE_CHECKS,
    ),
    people=people,
    list_columns=("subject", "birth", "parent_full_name", "recognition_type", "registered"),
    columns="CMC",
    rules="CM",
    sample=SAMPLE,
)
