"""The generic kind: the shared head, up to two people, and what the entry says in its own words.

Kinds without a room of their own are declared with it. An entry typed here keeps its fields when the kind
gets a richer declaration later: codes stay for ever.
"""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .checks import C01, checks_of_every_kind, must_be_given
from .checks.holders import Holder
from .checks.names import full_names, letters_in_names
from .checks.shape import shape_of
from .contract import Entry, Field, Group, Input, Label, Need, People, Person, RecordType
from .entries import date_of, text_of
from .groups import registration

_PERSON = Holder(name="person_full_name", birth_date="person_birth_date")
_SECOND = Holder(name="second_person_name")


def generic_kind(code: str, on_paper: str, label: Label, book_label: Label) -> RecordType:
    """Declare a kind by its code, its name on paper and on screen, and the official name of its register."""
    groups = _groups()
    return RecordType(
        code=code,
        label=label,
        book_label=book_label,
        on_paper=on_paper,
        groups=groups,
        shape=shape_of(groups),
        checks=(
            *checks_of_every_kind(groups),
            must_be_given(C01, _PERSON.name),
            letters_in_names(_PERSON.name, _SECOND.name, "signer_name", "recorder_name"),
            full_names(_PERSON, _SECOND),
        ),
        people=_people,
        sample=_SAMPLE,
    )


def _groups() -> tuple[Group, ...]:
    return (
        registration(),
        Group(
            code="content",
            label=_("Content of the entry"),
            fields=(
                Field(
                    code=_PERSON.name, label=pgettext_lazy("register", "Full name"), need=Need.MUST, half=True
                ),
                Field(
                    code=_PERSON.birth_date,
                    label=_("Date of birth"),
                    input=Input.DATE,
                    need=Need.SHOULD,
                    max_length=50,
                    half=True,
                ),
                Field(code=_SECOND.name, label=_("Full name of the other person")),
                Field(
                    code="content_text",
                    label=_("What the entry says"),
                    input=Input.PARAGRAPH,
                    need=Need.SHOULD,
                    max_length=5000,
                ),
            ),
        ),
    )


def _people(entry: Entry) -> People:
    born = date_of(entry, _PERSON.birth_date)
    return People(
        subject=Person(
            name=text_of(entry, _PERSON.name),
            born_earliest=born.earliest if born else None,
            born_latest=born.latest if born else None,
        ),
        second=Person(name=text_of(entry, _SECOND.name)),
    )


_SAMPLE = {
    "number": "07",
    "page_no": "4",
    "registration_date": {"on": "2003-06-09", "written": "09/6/2003"},
    "registration_place": "UBND xã Tây Cốc, huyện Đoan Hùng, tỉnh Phú Thọ",
    "signer_name": "Bùi Văn Thạch",
    "signer_position": "Phó Chủ tịch",
    "person_full_name": "Nguyễn Văn Sơn Ca",
    "person_birth_date": {"on": "1979", "written": "1979"},
    "second_person_name": "Triệu Thị Mây",
    "content_text": "Theo tờ khai ngày 02/6/2003.\nĐủ giấy tờ theo quy định.",
}
