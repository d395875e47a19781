"""The catalogue: every rule by its id, and the sections in which people read them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from django.utils.translation import gettext_lazy as _

from civreg.lib.vietnamese import fold
from digitization.record_types import ALL
from digitization.record_types.checks import RULES as ENTRY_RULES
from digitization.record_types.checks.rules import Rule
from digitization.record_types.contract import Label
from digitization.rules.books import BOOKS
from digitization.rules.imports import IMPORTS
from digitization.rules.work import WORK

RULES: dict[str, Rule] = {rule.id: rule for rule in (*ENTRY_RULES.values(), *WORK, *BOOKS, *IMPORTS)}


@dataclass(frozen=True, slots=True)
class Section:
    """Rules that are read together. ``on_entries``: a warning of theirs can be confirmed "as in the original book"."""

    code: str
    label: Label
    rules: tuple[Rule, ...]
    on_entries: bool = True


# The letters before a rule's number, where they are not those of a kind of entry.
_EVERY_ENTRY, _WORKBOOK = "C", "I"
_KINDS = {kind.rules or kind.code: kind for kind in ALL}


def sections() -> tuple[Section, ...]:
    """Return the whole catalogue: what holds for every entry, for each kind, and for work, books and workbooks."""
    by_letters: dict[str, list[Rule]] = {}
    for rule in ENTRY_RULES.values():
        by_letters.setdefault(_letters(rule), []).append(rule)
    every, workbook = by_letters.pop(_EVERY_ENTRY, []), by_letters.pop(_WORKBOOK, [])
    return (
        Section("moi-truong-hop", _("Every entry"), _in_order(every)),
        *(
            Section(letters.lower(), _KINDS[letters].book_label, _in_order(rules))
            for letters, rules in by_letters.items()
        ),
        Section("trinh-tu", _("Working in order"), WORK, on_entries=False),
        Section("so", _("Books and totals"), BOOKS, on_entries=False),
        Section("excel", _("Taking in workbooks"), _in_order([*IMPORTS, *workbook]), on_entries=False),
    )


def found(wanted: str) -> tuple[Section, ...]:
    """Return the sections with only those rules in whose id or words, in the reader's language, every word occurs."""
    words = fold(wanted).split()
    kept = (
        replace(section, rules=tuple(rule for rule in section.rules if _speaks_of(rule, words)))
        for section in sections()
    )
    return tuple(section for section in kept if section.rules)


def _speaks_of(rule: Rule, words: list[str]) -> bool:
    text = fold(" ".join(map(str, (rule.id, rule.title, rule.where, rule.advice, rule.source))))
    return all(word in text for word in words)


def _letters(rule: Rule) -> str:
    return rule.id.rstrip("0123456789")


def _in_order(rules: Iterable[Rule]) -> tuple[Rule, ...]:
    return tuple(sorted(rules, key=lambda rule: int(rule.id.removeprefix(_letters(rule)))))
