"""KT, the death register (sổ đăng ký khai tử): 48 national columns, 47 fields and the book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .checks import checks_of_every_kind, checks_of_people
from .checks.abroad import whole_foreign_block
from .checks.death import DEATH_CHECKS
from .checks.holders import holders
from .checks.shape import shape_of
from .contract import Entry, Group, LifeEvent, Need, People, RecordType
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
from .groups import ABROAD, applicant, declaration, registration
from .options import DEATHDOC, REG_KT
from .upgrading import moving

REGISTRATION = registration(REG_KT)

DECEASED = Group(
    code="deceased",
    label=_("The deceased"),
    fields=(
        full_name("deceased", Need.MUST),
        gender("deceased", Need.SHOULD),
        birth_date("deceased"),
        *nationalities("deceased"),
        *residence("deceased"),
        *identity_paper("deceased"),
    ),
)

DEATH_ITSELF = Group(
    code="death",
    label=_("The death"),
    fields=(
        dated("death_date", _("Date of death"), Need.MUST),
        line("death_time", _("Hour and minute of death"), length=50, half=True),
        line("death_date_words", _("Date of death in words"), length=1000),
        line("death_place", _("Place of death"), Need.SHOULD, length=1000),
        line("death_cause", _("Cause of death"), length=1000),
    ),
)

NOTICE = Group(
    code="notice",
    label=_("Death notice"),
    fields=(
        choice("death_notice_type", _("Kind of notice"), DEATHDOC),
        line("death_notice_no", _("Number of the notice"), length=50, half=True),
        dated("death_notice_date", _("Date of the notice")),
        line("death_notice_issuer", pgettext_lazy("death notice", "Issued by")),
    ),
)

GROUPS = (
    REGISTRATION,
    DECEASED,
    DEATH_ITSELF,
    NOTICE,
    applicant(Need.SHOULD),
    declaration("death", _("Declared dead by a court"), status="death_declaration_status"),
    ABROAD,
)


def people(entry: Entry) -> People:
    """The deceased, then whoever reported the death."""
    reporter = text_of(entry, "applicant_full_name")
    return People(subject=person_of(entry, "deceased"), others=(reporter,) if reporter else ())


SAMPLE = {
    "number": "09",
    "page_no": "5",
    "registration_date": {"on": "2011-08-22", "written": "22/8/2011"},
    "registration_type": known("1", "Đúng hạn"),
    "registration_place": "UBND xã Chí Đám, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Khổng Đức Lực",
    "signer_position": "Phó Chủ tịch",
    "recorder_name": "Hà Thị Xuyến",
    "deceased_full_name": "Đào Văn Khuê",
    "deceased_gender": known("1", "Nam"),
    "deceased_birth_date": {"on": "1931", "written": "1931"},
    "deceased_ethnicity": known("01", "Kinh"),
    "deceased_nationality": known("VN", "Việt Nam"),
    "deceased_residence_type": known("1", "Thường trú"),
    "deceased_residence": "Thôn Lã Hoàng, xã Chí Đám, huyện Đoan Hùng, tỉnh Phú Thọ",
    "death_date": {"on": "2011-08-19", "written": "19/8/2011"},
    "death_time": "21 giờ 30 phút",
    "death_date_words": "Ngày mười chín tháng tám năm hai nghìn không trăm mười một",
    "death_place": "Tại nhà",
    "death_cause": "Tuổi già",
    "death_notice_type": known("1", "Giấy báo tử"),
    "death_notice_no": "07/BT",
    "death_notice_date": {"on": "2011-08-20", "written": "20/8/2011"},
    "death_notice_issuer": "UBND xã Chí Đám",
    "applicant_full_name": "Đào Văn Tiệp",
    "applicant_relation": "Con đẻ",
}

DEATH = RecordType(
    code="KT",
    label=_("Death"),
    book_label=_("Death register"),
    on_paper="Khai tử",
    groups=GROUPS,
    shape=shape_of(GROUPS),
    checks=(
        *checks_of_every_kind(GROUPS),
        *checks_of_people(*holders(GROUPS, "deceased", "applicant")),
        whole_foreign_block(registered_abroad="3"),
        *DEATH_CHECKS,
    ),
    people=people,
    event=LifeEvent.DEATH,
    list_columns=("subject", "birth", "death_date", "registered"),
    columns="KT",
    version=2,
    upgrade=moving({"person_full_name": "deceased_full_name", "person_birth_date": "deceased_birth_date"}),
    sample=SAMPLE,
)
