"""HN, marital status certificates (sổ cấp giấy xác nhận tình trạng hôn nhân): 35 national columns, 34 fields."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .checks import checks_of_every_kind, checks_of_people
from .checks.holders import holders
from .checks.marital_status import MARITAL_STATUS_CHECKS
from .checks.shape import shape_of
from .contract import Entry, Group, Need, People, RecordType
from .entries import known, person_of, text_of
from .fields import (
    birth_date,
    choice,
    dated,
    full_name,
    gender,
    identity_paper,
    line,
    nationalities,
    residence,
)
from .groups import applicant, registration
from .options import PURPOSE

REGISTRATION = registration(place=pgettext_lazy("certificate", "Issued by"))

PERSON = Group(
    code="person",
    label=_("The person certified"),
    fields=(
        full_name("person", Need.MUST),
        gender("person", Need.SHOULD),
        birth_date("person"),
        *nationalities("person"),
        *residence("person"),
        *identity_paper("person"),
    ),
)

CERTIFIED = Group(
    code="certified",
    label=_("What is certified"),
    fields=(
        line("residence_period_place", _("Place of residence in the time certified")),
        dated("residence_period_from", _("Lived there from")),
        dated("residence_period_to", _("Lived there until")),
        line("marital_status_text", _("Marital status"), Need.MUST),
        choice("purpose_type", _("Kind of purpose"), PURPOSE, Need.SHOULD),
        line("purpose_text", _("Purpose in detail")),
    ),
)

GROUPS = (REGISTRATION, PERSON, CERTIFIED, applicant())


def people(entry: Entry) -> People:
    """The person certified, then the applicant."""
    asked = text_of(entry, "applicant_full_name")
    return People(subject=person_of(entry, "person"), others=(asked,) if asked else ())


SAMPLE = {
    "number": "31",
    "page_no": "16",
    "registration_date": {"on": "2013-09-17", "written": "17/9/2013"},
    "registration_place": "UBND xã Vân Du, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Chu Văn Sách",
    "signer_position": "Phó Chủ tịch",
    "recorder_name": "Tạ Thị Khuyên",
    "person_full_name": "Ninh Thị Quyên",
    "person_gender": known("2", "Nữ"),
    "person_birth_date": {"on": "1990-10-02", "written": "02/10/1990"},
    "person_ethnicity": known("15", "Cao Lan"),
    "person_nationality": known("VN", "Việt Nam"),
    "person_residence_type": known("1", "Thường trú"),
    "person_residence": "Khu 9, xã Vân Du, huyện Đoan Hùng, tỉnh Phú Thọ",
    "person_id_type": known("1", "CMND"),
    "person_id_no": "132045678",
    "person_id_issued_on": {"on": "2007-04-20", "written": "20/4/2007"},
    "person_id_issued_by": "Công an tỉnh Phú Thọ",
    "residence_period_place": "Xã Vân Du, huyện Đoan Hùng, tỉnh Phú Thọ",
    "residence_period_from": {"on": "2008-10", "written": "10/2008"},
    "residence_period_to": {"on": "2013-09", "written": "9/2013"},
    "marital_status_text": "Chưa đăng ký kết hôn với ai",
    "purpose_type": known("1", "Để đăng ký kết hôn trong nước (với người Việt Nam)"),
}

MARITAL_STATUS = RecordType(
    code="HN",
    label=_("Marital status certificate"),
    book_label=_("Register of marital status certificates issued"),
    on_paper="Xác nhận TTHN",
    groups=GROUPS,
    shape=shape_of(GROUPS),
    checks=(
        *checks_of_every_kind(GROUPS),
        *checks_of_people(*holders(GROUPS, "person", "applicant")),
        *MARITAL_STATUS_CHECKS,
    ),
    people=people,
    list_columns=("subject", "birth", "marital_status_text", "purpose_type", "registered"),
    columns="HN",
    sample=SAMPLE,
)
