"""The one row that says which office this is, and whether its data is a demonstration."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, models
from django.db.models import Q
from django.db.models.expressions import Combinable
from django.utils.translation import gettext_lazy as _

from communes.models.units import Unit


class Installation(models.Model):
    """Exactly one row once the installation is set up."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1, editable=False)
    office = models.ForeignKey(Unit, models.PROTECT, verbose_name=_("office that runs the campaign"))
    demonstration = models.BooleanField(_("invented data for demonstration"), default=False)
    clock_offset = models.DurationField(_("real time minus business time"), default=timedelta)

    class Meta:
        verbose_name = _("installation")
        constraints = [models.CheckConstraint(condition=Q(id=1), name="installation_is_one")]

    def __str__(self) -> str:
        return str(self.office)

    @classmethod
    def current(cls, **columns: Combinable) -> Installation | None:
        """Return the installation, or None before it is set up; ``columns`` come with it, in the same question."""
        return cls.objects.select_related("office__parent").annotate(**columns).first()

    @classmethod
    def clock_offset_now(cls) -> timedelta | None:
        """Return the offset of business time; None while it cannot be known (not set up, no database)."""
        try:
            return cls.objects.values_list("clock_offset", flat=True).first()
        except DatabaseError:
            return None
