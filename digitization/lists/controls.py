"""The filters as a form: what is always in view, and what is folded away until it is used."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from civreg.lib.widgets import select
from communes.guards import OfficeRequest
from digitization import access
from digitization.lists.asking import PEOPLE, Asked

IN_VIEW = ("kind", "year", "number", "finding", "typed_by", "typed_from", "typed_to")
FOLDED = ("unit", "place", "rule", "checked_by", "page_no")
CHOICES = ("status", "standing")
# Asked by links; in the form only once they are given.
BY_LINKS = frozenset({"checked_by", "page_no"})


@dataclass(frozen=True, slots=True)
class Control:
    """One filter of the form: its label, what it is typed or chosen in, and what was wrong with it."""

    name: str
    label: str
    html: SafeString
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Ticks:
    """A filter of which several may be ticked: (code, label, ticked)."""

    name: str
    label: str
    options: list[tuple[str, str, bool]]
    errors: list[str]


@dataclass(frozen=True, slots=True)
class Controls:
    """The whole form."""

    in_view: list[Control]
    folded: list[Control]
    ticks: list[Ticks]
    unfolded: bool
    errors: list[str]


def controls_of(request: OfficeRequest, found: Asked, people: Mapping[int, str]) -> Controls:
    """Return the form with what was given in it."""
    hidden = _hidden(request) - found.given.keys()
    return Controls(
        in_view=[_control(found, name, people) for name in IN_VIEW if name not in hidden],
        folded=[_control(found, name, people) for name in FOLDED if name not in hidden],
        ticks=[_ticks(found, name) for name in CHOICES],
        unfolded=bool(found.given.keys() & {*FOLDED, *CHOICES}),
        errors=_errors(found, "book"),
    )


def _hidden(request: OfficeRequest) -> set[str]:
    """Name the filters that make no sense for the person: whoever sees one unit, or only what they typed."""
    hidden = set(BY_LINKS)
    if not access.reads_several_units(request.rights):
        hidden.add("unit")
    if not access.reads_whole_units(request.rights):
        hidden.update(PEOPLE)
    return hidden


def _control(found: Asked, name: str, people: Mapping[int, str]) -> Control:
    field, value = found.filters.form.fields[name], found.given.get(name, [""])[0]
    if name in PEOPLE:
        html = select(name, [("", _("All")), *people.items()], value)
    elif isinstance(field, forms.ChoiceField | forms.ModelChoiceField):
        html = select(name, _options(field), value)
    else:
        html = _line(name, value, field)
    return Control(name, str(field.label), html, _errors(found, name))


def _line(name: str, value: str, field: forms.Field) -> SafeString:
    digits = isinstance(field, forms.IntegerField | forms.DateField)
    return format_html(
        '<input id="id_{}" name="{}" value="{}" autocomplete="off"{}>',
        name,
        name,
        value,
        SafeString(' inputmode="numeric"' if digits else ""),
    )


def _ticks(found: Asked, name: str) -> Ticks:
    field, given = found.filters.form.fields[name], found.given.get(name, [])
    options = [(str(code), str(label), str(code) in given) for code, label in _options(field)]
    return Ticks(name, str(field.label), options, _errors(found, name))


def _options(field: forms.Field) -> Iterable[tuple[Any, Any]]:
    choices: Iterable[tuple[Any, Any]] = field.choices  # type: ignore[attr-defined]
    return choices


def _errors(found: Asked, name: str) -> list[str]:
    return [str(error) for error in found.filters.errors.get(name, [])]
