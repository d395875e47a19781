"""KS, the birth register (sổ đăng ký khai sinh): 69 national columns, 68 fields and the book."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .checks import checks_of_every_kind
from .checks.abroad import whole_foreign_block
from .checks.birth import BIRTH_CHECKS
from .checks.holders import FEMALE, MALE, holder
from .checks.names import full_names, letters_in_names, own_fields
from .checks.papers import paper_checks
from .contract import Check, Entry, Field, Group, Input, Label, Need, OptionList, People, Person, RecordType
from .entries import date_of, text_of
from .head import head
from .options import BIRTHKIND, COUNTRY, DECLARE, ETHNIC, GENDER, IDTYPE, REG_KS, RESIDENCE


def _choice(code: str, label: Label, options: OptionList, need: Need = Need.MAY) -> Field:
    return Field(
        code=code, label=label, input=Input.CHOICE, need=need, options=options, max_length=200, half=True
    )


def _listed(code: str, label: Label, options: OptionList, need: Need = Need.MAY) -> Field:
    length = 50 if options is ETHNIC else 100
    return Field(
        code=code, label=label, input=Input.LISTED, need=need, options=options, max_length=length, half=True
    )


def _date(code: str, label: Label, need: Need = Need.MAY) -> Field:
    return Field(code=code, label=label, input=Input.DATE, need=need, max_length=50, half=True)


def _personal_id(code: str) -> Field:
    return Field(
        code=code, label=_("Personal identification number"), input=Input.DIGITS, max_length=12, half=True
    )


FULL_NAME = pgettext_lazy("register", "Full name")
BIRTH_DATE = _("Date of birth")
ETHNIC_GROUP = _("Ethnic group")
NATIONALITY = _("Nationality")
NATIONALITY_TEXT = _("Nationality, word for word")
OTHER_NATIONALITY = _("Other nationality")
OTHER_NATIONALITY_TEXT = _("Other nationality, word for word")
ID_TYPE = _("Kind of identity paper")
ID_NO = _("Number of the paper")


def _nationalities(prefix: str) -> tuple[Field, ...]:
    return (
        _listed(f"{prefix}_ethnicity", ETHNIC_GROUP, ETHNIC, Need.SHOULD),
        _listed(f"{prefix}_nationality", NATIONALITY, COUNTRY, Need.SHOULD),
        Field(code=f"{prefix}_nationality_text", label=NATIONALITY_TEXT, max_length=100, half=True),
        _listed(f"{prefix}_other_nationality", OTHER_NATIONALITY, COUNTRY),
        Field(
            code=f"{prefix}_other_nationality_text", label=OTHER_NATIONALITY_TEXT, max_length=100, half=True
        ),
    )


REGISTRATION = Group(
    code="registration",
    label=_("Registration"),
    fields=head(with_kind=_choice("registration_type", _("Kind of registration"), REG_KS, Need.SHOULD)),
)

CHILD = Group(
    code="child",
    label=_("Child"),
    fields=(
        _personal_id("child_personal_id"),
        Field(code="child_full_name", label=FULL_NAME, need=Need.MUST),
        _choice("child_gender", pgettext_lazy("person", "Sex"), GENDER, Need.MUST),
        _date("child_birth_date", BIRTH_DATE, Need.MUST),
        Field(code="child_birth_date_words", label=_("Date of birth in words"), max_length=1000),
        Field(code="child_birth_place", label=_("Place of birth"), need=Need.SHOULD, max_length=1000),
        Field(code="child_birth_place_unit", label=_("Administrative unit of birth")),
        Field(code="child_home_town", label=_("Home town"), need=Need.SHOULD),
        *_nationalities("child"),
        _choice("birth_kind", _("Parents known"), BIRTHKIND, Need.SHOULD),
    ),
)


def _parent(prefix: str, label: Label) -> Group:
    return Group(
        code=prefix,
        label=label,
        fields=(
            _personal_id(f"{prefix}_personal_id"),
            Field(code=f"{prefix}_full_name", label=FULL_NAME),
            _date(f"{prefix}_birth_date", BIRTH_DATE, Need.SHOULD),
            *_nationalities(prefix),
            _choice(f"{prefix}_residence_type", _("Kind of residence"), RESIDENCE),
            Field(
                code=f"{prefix}_residence", label=_("Place of residence"), need=Need.SHOULD, max_length=1000
            ),
            _choice(f"{prefix}_id_type", ID_TYPE, IDTYPE),
            Field(code=f"{prefix}_id_no", label=ID_NO, max_length=100, half=True),
        ),
    )


APPLICANT = Group(
    code="applicant",
    label=_("Applicant"),
    fields=(
        Field(code="applicant_full_name", label=FULL_NAME, need=Need.SHOULD, half=True),
        Field(code="applicant_relation", label=_("Relation to the person registered"), half=True),
        _choice("applicant_id_type", ID_TYPE, IDTYPE),
        Field(code="applicant_id_other", label=_("Which other paper"), half=True),
        Field(code="applicant_id_no", label=ID_NO, max_length=100, half=True),
        _date("applicant_id_issued_on", _("Issued on")),
        Field(code="applicant_id_issued_by", label=_("Issued by")),
    ),
)


def _declaration(prefix: str, label: Label) -> Group:
    return Group(
        code=prefix,
        label=label,
        folded=True,
        fields=(
            _choice(f"{prefix}_status", pgettext_lazy("declaration", "State"), DECLARE),
            _date(f"{prefix}_declared_noted_on", _("Declaration noted on")),
            Field(code=f"{prefix}_declared_basis", label=_("Basis of the declaration")),
            _date(f"{prefix}_revoked_noted_on", _("Revocation noted on")),
            Field(code=f"{prefix}_revoked_basis", label=_("Basis of the revocation")),
        ),
    )


ABROAD = Group(
    code="abroad",
    label=_("Registered abroad"),
    folded=True,
    fields=(
        Field(code="foreign_reg_no", label=_("Number abroad"), max_length=50, half=True),
        _date("foreign_reg_date", _("Date abroad")),
        Field(code="foreign_authority", label=_("Authority abroad")),
        _listed("foreign_country", _("Country"), COUNTRY),
    ),
)

GROUPS = (
    REGISTRATION,
    CHILD,
    _parent("mother", _("Mother")),
    _parent("father", _("Father")),
    APPLICANT,
    _declaration("missing", _("Declared missing")),
    _declaration("limited_capacity", _("Limited legal capacity")),
    ABROAD,
)
_FIELDS = {field.code: field for group in GROUPS for field in group.fields}
_PEOPLE = (
    holder("child", _FIELDS),
    holder("mother", _FIELDS, sex=FEMALE),
    holder("father", _FIELDS, sex=MALE),
    holder("applicant", _FIELDS),
)
_CHECKS: tuple[Check, ...] = (
    *checks_of_every_kind(GROUPS),
    letters_in_names(*(person.name for person in _PEOPLE), "signer_name", "recorder_name"),
    full_names(*_PEOPLE),
    *paper_checks(*_PEOPLE),
    own_fields(*(person for person in _PEOPLE if person.ethnicity)),
    whole_foreign_block(registered_abroad="3"),
    *BIRTH_CHECKS,
)


def _person(entry: Entry, prefix: str) -> Person:
    born = date_of(entry, f"{prefix}_birth_date")
    name = text_of(entry, f"{prefix}_full_name")
    if born is None:
        return Person(name=name)
    return Person(name=name, born_earliest=born.earliest, born_latest=born.latest)


def people(entry: Entry) -> People:
    """The child, the mother, then father and applicant."""
    others = (text_of(entry, "father_full_name"), text_of(entry, "applicant_full_name"))
    return People(
        subject=_person(entry, "child"),
        second=_person(entry, "mother"),
        others=tuple(name for name in others if name),
    )


def _known(code: str, written: str) -> dict[str, str]:
    return {"code": code, "written": written}


SAMPLE = {
    "number": "24",
    "page_no": "12",
    "registration_date": {"on": "1998-05-12", "written": "12/5/1998"},
    "registration_type": _known("1", "Đăng ký đúng hạn"),
    "registration_place": "UBND xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Đỗ Văn Kiểm",
    "signer_position": "Chủ tịch",
    "recorder_name": "Trần Thị Lụa",
    "child_full_name": "Hà Văn Quyết",
    "child_gender": _known("1", "Nam"),
    "child_birth_date": {"on": "1998-04-20", "written": "20/4/1998"},
    "child_birth_date_words": "Ngày hai mươi tháng tư năm một nghìn chín trăm chín mươi tám",
    "child_birth_place": "Trạm y tế xã Hợp Nhất",
    "child_home_town": "Xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "child_ethnicity": _known("15", "Cao Lan"),
    "child_nationality": _known("VN", "Việt Nam"),
    "birth_kind": _known("1", "Đã xác định được cả cha lẫn mẹ"),
    "mother_full_name": "Lâm Thị Nhàn",
    "mother_birth_date": {"on": "1975", "written": "1975"},
    "mother_ethnicity": _known("15", "Cao Lan"),
    "mother_nationality": _known("VN", "Việt Nam"),
    "mother_residence_type": _known("1", "Thường trú"),
    "mother_residence": "Khu 4, xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "father_full_name": "Hà Văn Thuận",
    "father_birth_date": {"on": "1972-03", "written": "3/1972"},
    "father_ethnicity": _known("01", "Kinh"),
    "father_nationality": _known("VN", "Việt Nam"),
    "father_residence_type": _known("1", "Thường trú"),
    "father_residence": "Khu 4, xã Hợp Nhất, huyện Đoan Hùng, tỉnh Phú Thọ",
    "applicant_full_name": "Hà Văn Thuận",
    "applicant_relation": "Cha đẻ",
    "applicant_id_type": _known("1", "CMND"),
    "applicant_id_no": "131234567",
    "applicant_id_issued_on": {"on": "1990-08-15", "written": "15/8/1990"},
    "applicant_id_issued_by": "Công an tỉnh Vĩnh Phú",
}

BIRTH = RecordType(
    code="KS",
    label=_("Birth"),
    book_label=_("Birth register"),
    groups=GROUPS,
    checks=_CHECKS,
    people=people,
    columns="KS",
    list_columns=("subject", "birth", "mother_full_name", "father_full_name", "registered"),
    sample=SAMPLE,
)
