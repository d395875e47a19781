"""The filters as a form: what is always in view, what is folded away, and what is sent once somebody unfolds it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from html import escape

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from communes.guards import OfficeRequest
from digitization import access
from digitization.filters import places_in_sight, units_in_hand
from digitization.lists.asking import PEOPLE, Asked, choices_of

IN_VIEW = ("kind", "year", "number", "finding")
# Some hundred choices, and three questions to the database: few lists are narrowed by them.
LATER = (
    "stage",
    "typed_by",
    "typed_from",
    "typed_to",
    "unit",
    "place",
    "rule",
    "checked_by",
    "page_no",
    "flood",
)
CHOICES = ("status", "standing")
# Asked by links; in the form only once they are given.
BY_LINKS = frozenset({"stage", "checked_by", "page_no", "flood"})
DIGITS = frozenset({"year", "typed_from", "typed_to"})
UNITS = {"unit": units_in_hand, "place": places_in_sight}


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
    """The whole form; ``later`` is None as long as the rest is not sent."""

    in_view: list[Control]
    ticks: list[Ticks]
    later: list[Control] | None
    unfolded: bool
    errors: list[str]


def controls_of(found: Asked, *, whole: bool = False) -> Controls:
    """Return the form with what was given in it.

    ``whole`` asks for the rest of it, which is there, too, once the list is narrowed by one of its filters.
    """
    used = found.given.keys()
    return Controls(
        in_view=_controls(found, IN_VIEW),
        ticks=[_ticks(found, name) for name in CHOICES],
        later=later_controls(found) if whole or used & set(LATER) else None,
        unfolded=whole or bool(used & {*LATER, *CHOICES}),
        errors=found.errors("book"),
    )


def later_controls(found: Asked) -> list[Control]:
    """Return the rest of the form: what is sent once somebody unfolds it."""
    return _controls(found, LATER)


def _controls(found: Asked, names: Iterable[str]) -> list[Control]:
    shown = found.given.keys() | _offered(found.request)
    return [
        Control(name, found.label(name), _html(found, name), found.errors(name))
        for name in names
        if name in shown
    ]


def _offered(request: OfficeRequest) -> set[str]:
    """Name the filters that make sense for the person: not for whoever sees one unit, or only what they typed."""
    offered = {*IN_VIEW, *LATER} - BY_LINKS
    if not access.reads_several_units(request.rights):
        offered.discard("unit")
    if not access.reads_whole_units(request.rights):
        offered.difference_update(PEOPLE)
    return offered


def _html(found: Asked, name: str) -> SafeString:
    value = found.given.get(name, [""])[0]
    if (choices := _choices(found, name)) is not None:
        return _select(name, choices, value)
    return format_html(
        '<input id="id_{}" name="{}" value="{}" autocomplete="off"{}>',
        name,
        name,
        value,
        SafeString(' inputmode="numeric"' if name in DIGITS else ""),
    )


def _choices(found: Asked, name: str) -> Iterable[tuple[object, str]] | None:
    """Return what there is to choose from; None where the filter is typed."""
    if name in PEOPLE:
        return found.people.items()
    if name in UNITS:
        return ((unit.slug, unit.title) for unit in UNITS[name](found.request))
    return choices_of(name) or None


def _ticks(found: Asked, name: str) -> Ticks:
    given = found.given.get(name, [])
    options = [(code, label, code in given) for code, label in choices_of(name)]
    return Ticks(name, found.label(name), options, found.errors(name))


def _select(name: str, choices: Iterable[tuple[object, str]], chosen: str) -> SafeString:
    """Return a select as Django's, which renders a template for every option: here there are hundreds."""
    options = "".join(
        f'<option value="{escape(str(code))}"{" selected" if str(code) == chosen else ""}>{escape(label)}</option>'
        for code, label in (("", _("All")), *choices)
    )
    return format_html('<select id="id_{}" name="{}">{}</select>', name, name, SafeString(options))
