"""SQL expressions the constraints of this floor share."""

from __future__ import annotations

from django.contrib.postgres.fields import DateRangeField
from django.db.models import Func


class Period(Func):
    """``daterange(from, to)``: from is inside, to is the first day outside, NULL is open."""

    function = "daterange"
    output_field = DateRangeField()
