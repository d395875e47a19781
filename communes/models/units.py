"""Administrative units as they were and are, and what became of them."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models.fields import Period


class Level(models.TextChoices):
    """The tiers of administration. The district tier was abolished on 1 July 2025."""

    PROVINCE = "province", _("Province")
    DISTRICT = "district", _("District")
    COMMUNE = "commune", pgettext_lazy("level", "Commune")


class UnitQuerySet(models.QuerySet["Unit"]):
    """Sets of units, in the words of an office."""

    def at(self, day: date) -> UnitQuerySet:
        """Return the units that exist on ``day``."""
        return self.filter(Q(valid_to__isnull=True) | Q(valid_to__gt=day), valid_from__lte=day)

    def within(self, ids: Iterable[int]) -> UnitQuerySet:
        """Return the units with these ids and the units directly under them."""
        wanted = list(ids)
        return self.filter(Q(pk__in=wanted) | Q(parent_id__in=wanted))


class Unit(models.Model):
    """A unit between two acts: a change of name, kind, code or territory makes a new row.

    The GSO code is an attribute, never a key: codes are given again to other communes.
    """

    slug = models.SlugField(_("short name in addresses"), max_length=80, unique=True)
    code = models.CharField(_("GSO code"), max_length=10, blank=True)
    level = models.CharField(_("level"), max_length=10, choices=Level)
    kind = models.CharField(_("kind (xã, thị trấn, huyện…)"), max_length=30)
    name = models.CharField(_("name"), max_length=120)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", verbose_name=_("belongs to")
    )
    export_name = models.CharField(
        _("name in the national system"),
        max_length=300,
        blank=True,
        help_text=_(
            "As registrations of its time write it: UBND xã Tiêu Sơn, huyện Đoan Hùng, tỉnh Phú Thọ."
        ),
    )
    valid_from = models.DateField(_("exists from"))
    valid_to = models.DateField(_("exists until (first day it no longer does)"), null=True, blank=True)
    map_column = models.PositiveSmallIntegerField(_("column on the tile map"), null=True, blank=True)
    map_row = models.PositiveSmallIntegerField(_("row on the tile map"), null=True, blank=True)

    objects = UnitQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]
        verbose_name = _("unit")
        verbose_name_plural = _("units")
        constraints = [
            models.CheckConstraint(
                condition=Q(valid_to__isnull=True) | Q(valid_to__gt=F("valid_from")),
                name="unit_ends_after_it_begins",
                violation_error_message=_("The unit must end after it begins."),
            ),
            ExclusionConstraint(
                name="unit_code_once_at_a_time",
                expressions=[
                    ("level", RangeOperators.EQUAL),
                    ("code", RangeOperators.EQUAL),
                    (Period("valid_from", "valid_to"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(code=""),
                violation_error_message=_("Another unit of this level has this code in the same period."),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def full_name(self) -> str:
        """Return kind and name as an office writes them: "xã Hợp Nhất"."""
        return f"{self.kind} {self.name}"

    @property
    def title(self) -> str:
        """Return the full name as it begins a line: "Xã Hợp Nhất"."""
        return self.full_name[:1].upper() + self.full_name[1:]

    def exists_on(self, day: date) -> bool:
        """Tell whether the unit exists on ``day``."""
        return self.valid_from <= day and (self.valid_to is None or day < self.valid_to)


class Succession(models.Model):
    """What an act made of a unit. No row means the successor is unknown; it is never guessed."""

    class Kind(models.TextChoices):
        """How a unit passes into another."""

        MERGE = "merge", _("Merged into")
        SPLIT = "split", _("Split into")
        RENAME = "rename", _("Renamed to")

    predecessor = models.ForeignKey(
        Unit, models.PROTECT, related_name="successions", verbose_name=_("former unit")
    )
    successor = models.ForeignKey(Unit, models.PROTECT, related_name="origins", verbose_name=_("new unit"))
    on_date = models.DateField(_("takes effect on"))
    kind = models.CharField(_("how"), max_length=10, choices=Kind)
    legal_basis = models.CharField(_("legal basis"), max_length=300)

    class Meta:
        ordering = ["on_date", "pk"]
        verbose_name = _("succession")
        constraints = [
            models.UniqueConstraint(
                fields=["predecessor", "successor", "on_date"],
                name="succession_once",
                violation_error_message=_("This succession is already recorded."),
            ),
            models.CheckConstraint(
                condition=~Q(predecessor=F("successor")),
                name="succession_between_two_units",
                violation_error_message=_("A unit cannot succeed itself."),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"
