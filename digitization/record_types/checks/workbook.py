"""The rule a workbook has besides those of the entries themselves. Errors refuse a row, warnings stay open on it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from .rules import Rule

I02 = Rule(
    "I02",
    "E/W",
    _("What Excel made of a text is turned back, and doubted"),
    "practice: lost zeros and dates as numbers, met in real files",
)
