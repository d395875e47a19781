"""The head all registers share: where an entry stands in its book, and who signed it. Columns of Record."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Field, Input, Label, Need

# The place is named by the book, so a blank here is no gap in the record: wanted, not demanded.
NUMBER = Field(
    code="number", label=pgettext_lazy("entry", "Number"), need=Need.MUST, max_length=50, half=True
)
PAGE = Field(code="page_no", label=pgettext_lazy("book", "Page"), need=Need.SHOULD, max_length=50, half=True)
REGISTERED = Field(
    code="registration_date",
    label=_("Date of registration"),
    input=Input.DATE,
    need=Need.MUST,
    max_length=50,
    half=True,
)
PLACE = Field(code="registration_place", label=_("Place of registration"), need=Need.SHOULD)
SIGNER = Field(code="signer_name", label=_("Signed by"), need=Need.SHOULD, half=True)
POSITION = Field(code="signer_position", label=_("Position of the signer"), need=Need.SHOULD, half=True)
RECORDER = Field(code="recorder_name", label=_("Entered in the book by"))
REMARKS = Field(code="remarks", label=_("Remarks"), input=Input.PARAGRAPH, max_length=1000)


def head(
    *, after: Mapping[str, tuple[Field, ...]] | None = None, place: Label | None = None
) -> tuple[Field, ...]:
    """Return the head in the national order.

    ``after`` puts a kind's own fields behind a head field, by its code; ``place`` is how the kind calls the place.
    """
    columns = (NUMBER, PAGE, REGISTERED, PLACE, SIGNER, POSITION, RECORDER, REMARKS)
    own = after or {}
    fields: list[Field] = []
    for column in columns:
        named = replace(column, label=place) if place and column is PLACE else column
        fields += (replace(named, head=True), *own.get(column.code, ()))
    return tuple(fields)
