"""Words a field had before: signers, hamlets, places of the same book, then of the same unit and about the same years.

Only a few cross the line for a few letters typed, never a whole list; and they come by POST, because what is typed may
be a name, and names stand in no address.
"""

from __future__ import annotations

from django.db.models import Count, F, Func, Q, TextField
from django.db.models.fields.json import KeyTextTransform
from django.http import HttpResponse, JsonResponse
from django.views.decorators.http import require_POST

from civreg.lib.vietnamese import fold
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.models import Book
from digitization.models.record import RecordQuerySet
from digitization.record_types import BY_CODE
from digitization.record_types.contract import Field, Input

MOST = 8
SHORTEST = 2
YEARS_AROUND = 3
OFFICIALS = frozenset({"signer_name", "recorder_name"})
# How the codes of fields end whose words come back from entry to entry.
REPEATED = (
    "_place",
    "_place_unit",
    "_residence",
    "_home_town",
    "_position",
    "_issuer",
    "_issued_by",
    "_relation",
)


def is_suggested(field: Field) -> bool:
    """Tell whether a field is one whose words come back: officials and places do, the persons of an entry do not."""
    return field.input is Input.LINE and (field.code in OFFICIALS or field.code.endswith(REPEATED))


@require_POST
@role_required("enter")
def suggest(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Answer the words that begin like ``typed`` in ``field``, the most usual of the book first; at most eight."""
    book = access.book_to_enter(request.rights, book_id)
    field = BY_CODE[book.kind].by_code.get(request.POST.get("field", ""))
    typed = fold(request.POST.get("typed", ""))
    if field is None or not is_suggested(field) or len(typed) < SHORTEST:
        return JsonResponse({"words": []})
    records = access.records_to_read(request.rights, request.user).select_related(None)
    return JsonResponse({"words": words_before(records, book, field, typed)})


def words_before(records: RecordQuerySet, book: Book, field: Field, typed: str) -> list[str]:
    """Return what stands in the field in these entries and begins like ``typed`` (folded).

    Only entries of the book count, and those of its unit and of years about the same.
    """
    first, last = book.year_from or book.opened_year, book.year_to or book.opened_year
    near = Q(number_year__range=(first - YEARS_AROUND, last + YEARS_AROUND), custodian=book.custodian_id)
    said = F(field.code) if field.head else KeyTextTransform(field.code, "content")
    folded = Func(F("said"), function="civreg_fold", output_field=TextField())
    found = (
        records.filter(Q(book=book) | near, kind=book.kind)
        .exclude(**_doubtful(field))
        .annotate(said=said)
        .annotate(folded=folded)
        .filter(folded__startswith=typed)
        .order_by()
        .values("said")
        .annotate(here=Count("pk", filter=Q(book=book)), often=Count("pk"))
    )
    return list(found.order_by("-here", "-often", "said").values_list("said", flat=True)[:MOST])


def _doubtful(field: Field) -> dict[str, object]:
    """What was not read with certainty is no word to type again; in the content it is a mapping, not a text."""
    if field.head:
        return {"head_states__has_key": field.code}
    return {f"content__{field.code}__has_key": "uncertain"}
