"""The fields that several registers have, made one way: so that a date, a choice, a name is the same everywhere."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Field, Input, Label, Need, OptionList
from .options import COUNTRY, ETHNIC, GENDER, IDTYPE, RESIDENCE

FULL_NAME = pgettext_lazy("register", "Full name")
BIRTH_DATE = _("Date of birth")
ID_NO = _("Number of the paper")
_LONG = 1000


def choice(code: str, label: Label, options: OptionList, need: Need = Need.MAY) -> Field:
    """Return a field that holds a code of a list, and the words of the book behind it."""
    return Field(
        code=code, label=label, input=Input.CHOICE, need=need, options=options, max_length=200, half=True
    )


def listed(code: str, label: Label, options: OptionList, need: Need = Need.MAY) -> Field:
    """Return a field whose words a list suggests; words it does not know may stand."""
    length = 50 if options is ETHNIC else 100
    return Field(
        code=code, label=label, input=Input.LISTED, need=need, options=options, max_length=length, half=True
    )


def dated(code: str, label: Label, need: Need = Need.MAY) -> Field:
    """Return a field for a date as far as it is known."""
    return Field(code=code, label=label, input=Input.DATE, need=need, max_length=50, half=True)


def line(code: str, label: Label, need: Need = Need.MAY, *, length: int = 500, half: bool = False) -> Field:
    """Return a field for one line of text."""
    return Field(code=code, label=label, need=need, max_length=length, half=half)


def full_name(prefix: str, need: Need = Need.MAY, *, half: bool = False) -> Field:
    return line(f"{prefix}_full_name", FULL_NAME, need, half=half)


def gender(prefix: str, need: Need) -> Field:
    return choice(f"{prefix}_gender", pgettext_lazy("person", "Sex"), GENDER, need)


def birth_date(prefix: str, need: Need = Need.SHOULD) -> Field:
    return dated(f"{prefix}_birth_date", BIRTH_DATE, need)


def home_town(prefix: str, need: Need = Need.MAY) -> Field:
    return line(f"{prefix}_home_town", _("Home town"), need)


def personal_id(prefix: str) -> Field:
    return Field(
        code=f"{prefix}_personal_id",
        label=_("Personal identification number"),
        input=Input.DIGITS,
        max_length=12,
        half=True,
    )


def nationalities(prefix: str) -> tuple[Field, ...]:
    """Return ethnic group, nationality and other nationality."""
    return (
        listed(f"{prefix}_ethnicity", _("Ethnic group"), ETHNIC, Need.SHOULD),
        listed(f"{prefix}_nationality", _("Nationality"), COUNTRY, Need.SHOULD),
        listed(f"{prefix}_other_nationality", _("Other nationality"), COUNTRY),
    )


def residence(prefix: str) -> tuple[Field, ...]:
    """Return kind and place of residence."""
    return (
        choice(f"{prefix}_residence_type", _("Kind of residence"), RESIDENCE),
        line(f"{prefix}_residence", _("Place of residence"), Need.SHOULD, length=_LONG),
    )


def identity_paper(prefix: str) -> tuple[Field, ...]:
    """Return kind, name of another kind, number, day and issuer of an identity paper."""
    return (
        choice(f"{prefix}_id_type", _("Kind of identity paper"), IDTYPE),
        line(f"{prefix}_id_other", _("Which other paper"), half=True),
        line(f"{prefix}_id_no", ID_NO, length=100, half=True),
        dated(f"{prefix}_id_issued_on", _("Issued on")),
        line(f"{prefix}_id_issued_by", _("Issued by")),
    )
