"""The entry form as the page prints it: groups and fields of the kind, what was typed, and what the checks say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from django.http import QueryDict

from digitization.entry.suggesting import is_suggested
from digitization.record_types.contract import (
    Entry,
    Field,
    Group,
    Input,
    Label,
    OptionList,
    Problem,
    RecordType,
    Severity,
)
from digitization.record_types.entries import fingerprint

SUFFIXES = ("", "__state", "__calendar", "__written")
# Letters that are still read in half the width of a phone.
_SHORT_TEXT, _SHORT_CHOICE = 50, 12


@dataclass(frozen=True, slots=True)
class Fault:
    """What a rule refuses or tells, in words."""

    message: str
    rule: str

    @classmethod
    def of(cls, problem: Problem) -> Fault:
        return cls(str(problem.message), problem.rule)


@dataclass(frozen=True, slots=True)
class Doubt:
    """A warning under its field, with the fingerprint a tick accepts."""

    message: str
    rule: str
    fingerprint: str
    accepted: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldLine:
    """One field with what stands in it and what is said about it.

    ``carried`` words are those of the entry before; of a ``kept`` field the next entry gets the words of this one.
    """

    field: Field
    typed: str = ""
    state: str = ""
    lunar: bool = False
    written: str = ""
    errors: tuple[Fault, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    carried: bool = False
    kept: bool = False

    @property
    def name(self) -> str:
        """Return the name of the control: the field's code."""
        return self.field.code

    @property
    def kind(self) -> str:
        """Return which control the template draws."""
        return str(self.field.input)

    @property
    def roomy(self) -> bool:
        """Tell whether half a phone's width would cut off what stands in the field: names, words, long choices."""
        match self.field.input:
            case Input.DIGITS:
                return True
            case Input.LINE:
                return self.field.max_length > _SHORT_TEXT
            case Input.CHOICE:
                options = self.field.options.options if self.field.options else ()
                return any(len(str(option.label)) > _SHORT_CHOICE for option in options)
            case _:
                return False

    @property
    def suggested(self) -> bool:
        """Tell whether words of entries before are suggested."""
        return is_suggested(self.field)

    @property
    def open_doubts(self) -> int:
        """Return how many warnings about the field are not ticked."""
        return sum(not doubt.accepted for doubt in self.doubts)

    @property
    def filled(self) -> bool:
        """Tell whether anything stands in the field or is said about it."""
        return bool(self.typed or self.state or self.errors or self.doubts)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupBlock:
    """A group of the paper; ``open`` groups show their fields at once."""

    group: Group
    lines: tuple[FieldLine, ...]

    @property
    def open(self) -> bool:
        """A folded group opens as soon as it holds something."""
        return not self.group.folded or any(line.filled for line in self.lines)


@dataclass(frozen=True, slots=True, kw_only=True)
class EntryForm:
    """Everything the form part needs; ``faulty`` and ``doubtful`` are lines behind their group's name.

    These are the lines with errors, and those with a warning that is not ticked.
    """

    record_type: RecordType
    groups: tuple[GroupBlock, ...]
    general: tuple[Fault, ...] = ()
    notices: tuple[Fault, ...] = ()
    lists: tuple[OptionList, ...] = ()
    faulty: tuple[tuple[Label, FieldLine], ...] = ()
    doubtful: tuple[tuple[Label, FieldLine], ...] = ()
    errors: int = 0
    open_doubts: int = 0
    seen: tuple[str, ...] = field(default=())

    @property
    def spoken_of(self) -> tuple[FieldLine, ...]:
        """Return the lines the checks have something to say about, ticked or not."""
        lines = (line for block in self.groups for line in block.lines)
        return tuple(line for line in lines if line.errors or line.doubts)

    @property
    def answered_at(self) -> str:
        """Return the field the clerk looks at first in what the checks say; "" where they say nothing of a field."""
        return next((line.name for _group, line in (*self.faulty, *self.doubtful)), "")


def typed_by_hand(record_type: RecordType, posted: QueryDict) -> dict[str, str]:
    """Return only the controls of the kind out of a posted form, blanks left out."""
    names = (f"{line.code}{suffix}" for line in record_type.fields() for suffix in SUFFIXES)
    return {name: typed for name in names if (typed := posted.get(name, ""))}


def entry_form(
    record_type: RecordType,
    raw: Mapping[str, str],
    *,
    entry: Entry | None = None,
    problems: Iterable[Problem] = (),
    accepted: Iterable[str] = (),
    carried: frozenset[str] = frozenset(),
    kept: frozenset[str] = frozenset(),
) -> EntryForm:
    """Build the form from what was typed (``raw``) and what the checks say about the ``entry`` read from it.

    ``carried`` and ``kept`` are the codes of fields; see ``FieldLine``.
    """
    agreed, found = set(accepted), list(problems)
    by_field: dict[str, list[Problem]] = {}
    for problem in found:
        by_field.setdefault(problem.field, []).append(problem)
    known = {line.code for line in record_type.fields()}
    groups = tuple(
        GroupBlock(
            group=group,
            lines=tuple(
                replace(
                    _line(item, raw, by_field.get(item.code, ()), entry or {}, agreed),
                    carried=item.code in carried,
                    kept=item.code in kept,
                )
                for item in group.fields
            ),
        )
        for group in record_type.groups
    )
    lines = [(block.group.label, line) for block in groups for line in block.lines]
    doubts = [doubt for _group, line in lines for doubt in line.doubts]
    return EntryForm(
        record_type=record_type,
        groups=groups,
        general=tuple(Fault.of(problem) for problem in found if problem.field not in known),
        notices=tuple(Fault.of(problem) for problem in found if problem.severity is Severity.NOTICE),
        lists=_suggested_lists(record_type),
        faulty=tuple((group, line) for group, line in lines if line.errors),
        doubtful=tuple((group, line) for group, line in lines if line.open_doubts),
        errors=sum(1 for problem in found if problem.severity is Severity.ERROR),
        open_doubts=sum(line.open_doubts for _group, line in lines),
        seen=tuple(doubt.fingerprint for doubt in doubts),
    )


def _line(
    item: Field, raw: Mapping[str, str], problems: Iterable[Problem], entry: Entry, agreed: set[str]
) -> FieldLine:
    said: dict[Severity, list[Problem]] = {severity: [] for severity in Severity}
    for problem in problems:
        said[problem.severity].append(problem)
    marks = [(problem, fingerprint(problem, entry)) for problem in said[Severity.WARNING]]
    return FieldLine(
        field=item,
        typed=raw.get(item.code, ""),
        state=raw.get(f"{item.code}__state", ""),
        lunar=raw.get(f"{item.code}__calendar", "") == "lunar",
        written=raw.get(f"{item.code}__written", ""),
        errors=tuple(Fault.of(problem) for problem in said[Severity.ERROR]),
        doubts=tuple(
            Doubt(message=str(problem.message), rule=problem.rule, fingerprint=mark, accepted=mark in agreed)
            for problem, mark in marks
        ),
    )


def _suggested_lists(record_type: RecordType) -> tuple[OptionList, ...]:
    lists = {
        item.options.name: item.options for item in record_type.fields() if _suggests(item) and item.options
    }
    return tuple(lists.values())


def _suggests(item: Field) -> bool:
    return item.input is Input.LISTED and item.options is not None
