"""The head all registers share: where an entry stands in its book, and who signed it. Columns of Record."""

from __future__ import annotations

from dataclasses import replace

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from .contract import Field, Input, Need

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


def head(*, with_kind: Field | None = None) -> tuple[Field, ...]:
    """Return the head in the national order; ``with_kind`` is the kind's own ``registration_type``."""
    own = (with_kind,) if with_kind else ()
    columns = [NUMBER, PAGE, REGISTERED, PLACE, SIGNER, POSITION, RECORDER, REMARKS]
    fields = [replace(column, head=True) for column in columns]
    return (*fields[:3], *own, *fields[3:])
