"""What a kind of register entry must declare: one contract, one room per kind.

An *entry* is one plain mapping from field code to value, the same for the form, the API, the import, the
checks and the demonstration. A value is JSON:

* text:             ``"Hà Văn Quyết"``, or ``{"text": "Nguyễn V", "uncertain": true}`` when partly legible
* date:             ``{"on": "1957-03", "written": "3/1957"}`` (``civreg.lib.partial_dates``), ``"uncertain": true`` too
* coded choice:     ``{"code": "1", "written": "Nam"}``: the code and the words of the book
* listed text:      the same; ``{"written": "Mán"}`` without a code when the list does not know the words
* honest absence:   ``{"absent": "not_written"}`` (sổ không ghi) or ``{"absent": "illegible"}`` (không đọc được)

A blank field is not a key of the entry at all.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any

from django.utils.functional import Promise

from .others import NOBODY, Others
from .places import NATION, Places

Entry = Mapping[str, Any]
Label = str | Promise


class Need(StrEnum):
    """How much a field is wanted. A stated absence meets MUST and turns it into a warning."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Input(StrEnum):
    """The shape of what is typed."""

    LINE = "line"
    PARAGRAPH = "paragraph"
    DATE = "date"
    CHOICE = "choice"
    LISTED = "listed"
    DIGITS = "digits"


class Severity(StrEnum):
    """ERROR refuses the entry; WARNING asks for "đúng như sổ gốc"; NOTICE only informs."""

    ERROR = "error"
    WARNING = "warning"
    NOTICE = "notice"


class LifeEvent(StrEnum):
    """What a kind registers of a person's life, where other kinds of the district ask for it."""

    BIRTH = "birth"
    MARRIAGE = "marriage"
    DEATH = "death"


@dataclass(frozen=True, slots=True)
class Option:
    """One line of an option list: the national code, its label, and other spellings met in books."""

    code: str
    label: Label
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class OptionList:
    """A national option list (``GENDER``, ``ETHNIC``…). Labels of it are matched folded."""

    name: str
    options: tuple[Option, ...]
    by_code: Mapping[str, Option] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {option.code: option for option in self.options})


@dataclass(frozen=True, slots=True, kw_only=True)
class Field:
    """One field of an entry. ``head`` fields are columns of Record, the others live in its content."""

    code: str
    label: Label
    input: Input = Input.LINE
    need: Need = Need.MAY
    max_length: int = 500
    options: OptionList | None = None
    head: bool = False
    half: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """Fields that stand together in the book; ``folded`` groups are closed on the form until they hold something."""

    code: str
    label: Label
    fields: tuple[Field, ...]
    folded: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What a check may know besides the entry; fetched for a set of entries at once.

    Years are calendar years of the book as registered, ``None`` where the inventory does not know them. ``places``
    tells when which unit existed; without those of the installation it knows the nation's own alone. ``others`` are the
    entries around this one; what is fetched for a book alone knows none.
    """

    today: date
    book_year_from: int | None = None
    book_year_to: int | None = None
    book_closed_on: date | None = None
    places: Places = NATION
    others: Others = NOBODY


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """What a check has to say. ``about`` names every field whose text the judgement rests on."""

    rule: str
    field: str
    severity: Severity
    message: Label
    about: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """A person of an entry as the search columns need them: full name and birth bounds (may be unknown)."""

    name: str = ""
    born_earliest: date | None = None
    born_latest: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class People:
    """Subject first, then the other principal (mother of a child, wife of a husband), then every other name."""

    subject: Person = Person()
    second: Person = Person()
    others: tuple[str, ...] = ()


Check = Callable[[Entry, Facts], Iterable[Problem]]
Shape = Callable[[Entry], Iterable[Problem]]
Upgrade = Callable[[Entry, int], Entry]


def _as_it_is(entry: Entry, version: int) -> Entry:
    return entry


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordType:
    """The whole declaration of a kind. ``columns`` is the name of its national column layout, if it has one.

    ``rules`` are the letters its rules begin with, where they are not its code.
    ``on_paper`` is its name in the papers, which are Vietnamese in every language: short, for a narrow column.
    ``shape(entry)`` judges each value by itself, as reading does; ``checks`` judge what the entry says.
    ``people(entry)`` is the one source of the search columns; ``sample`` is an invented entry without a finding.
    ``event`` is what happens to its subject (at a marriage, to both persons): by it the same person is found again.
    ``version`` grows when stored entries must be read another way; ``upgrade(entry, version)`` reads an older one.
    ``list_columns`` are what a list of this kind shows at first: codes of fields, and those of ``entry_columns``
    ("subject", "birth", "registered").
    """

    code: str
    label: Label
    book_label: Label
    on_paper: str
    groups: tuple[Group, ...]
    shape: Shape
    checks: tuple[Check, ...]
    people: Callable[[Entry], People]
    columns: str | None = None
    rules: str = ""
    event: LifeEvent | None = None
    version: int = 1
    upgrade: Upgrade = _as_it_is
    list_columns: tuple[str, ...] = ("subject", "birth", "registered")
    sample: Mapping[str, Any] = field(default_factory=dict)
    by_code: Mapping[str, Field] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "by_code", {field.code: field for field in self.fields()})

    def fields(self) -> Iterator[Field]:
        """Yield every field in the order of the paper."""
        for group in self.groups:
            yield from group.fields

    def field_of(self, code: str) -> Field:
        """Return the field with this code; raises KeyError for a code the kind does not have."""
        return self.by_code[code]

    def problems(self, entry: Entry, facts: Facts) -> list[Problem]:
        """Run every check of the kind over one entry: its shape, then what it says, in the order they are listed."""
        return [*self.shape(entry), *self.said(entry, facts)]

    def said(self, entry: Entry, facts: Facts) -> list[Problem]:
        """Run the checks of what an entry says, for one whose shape has been judged by reading it."""
        return [problem for check in self.checks for problem in check(entry, facts)]
