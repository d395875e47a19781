"""What the administrator does with units: new ones, corrections, and what an act made of them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.vietnamese import sort_key
from communes.acting import acting
from communes.clashes import clashes_said
from communes.models import Level, Succession, Unit, User

RANKS = {Level.PROVINCE: 0, Level.DISTRICT: 1, Level.COMMUNE: 2}


@dataclass(frozen=True, slots=True)
class UnitRow:
    """One line of the tree of units."""

    unit: Unit
    depth: int
    exists: bool
    successions: tuple[Succession, ...]


def unit_tree() -> list[UnitRow]:
    """Return every unit under the one it belongs to: those that exist before those that ended, by name."""
    children: dict[int | None, list[Unit]] = {}
    today = clock.today()
    for unit in Unit.objects.prefetch_related("successions__successor"):
        children.setdefault(unit.parent_id, []).append(unit)

    def walk(parent: int | None, depth: int) -> Iterator[UnitRow]:
        siblings = children.get(parent, [])
        for unit in sorted(
            siblings, key=lambda u: (RANKS[Level(u.level)], not u.exists_on(today), sort_key(u.name))
        ):
            yield UnitRow(unit, depth, unit.exists_on(today), tuple(unit.successions.all()))
            yield from walk(unit.pk, depth + 1)

    return list(walk(None, 0))


def check_parent(unit: Unit) -> None:
    """Raise ValidationError where a unit would belong to one of its own level or a lower one."""
    if unit.parent is not None and RANKS[Level(unit.parent.level)] >= RANKS[Level(unit.level)]:
        raise ValidationError({"parent": _("A unit belongs to one of a higher level.")})


def save_unit(*, by: User, unit: Unit) -> None:
    """Save a new unit, or a correction of one; raises ValidationError.

    An act that changes name, kind, code or territory is no correction: it makes a new unit and a succession.
    """
    check_parent(unit)
    with clashes_said(), acting(by):
        unit.save()


def record_succession(*, by: User, succession: Succession) -> None:
    """Write down what became of a unit; raises ValidationError.

    The new unit must exist on the day. A merged or renamed unit without an end gets that day as its end; a
    split one may live on, so its end stays as it is.
    """
    former, new = succession.predecessor, succession.successor
    if not new.exists_on(succession.on_date):
        raise ValidationError({"successor": _("The new unit does not exist on that day.")})
    if succession.on_date <= former.valid_from:
        raise ValidationError({"on_date": _("The former unit did not exist yet before that day.")})
    succession.validate_constraints()
    ends = former.valid_to is None and succession.kind != Succession.Kind.SPLIT
    with clashes_said(), acting(by):
        succession.save()
        if ends:
            former.valid_to = succession.on_date
            former.save(update_fields=["valid_to"])
