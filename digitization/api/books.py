"""``/api/v1/books/``: the books a person works with, how full they are, and which number comes next."""

from __future__ import annotations

from typing import Any

import django_filters
from django.db.models import F, Model, Prefetch, Q, QuerySet
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy as _
from drf_spectacular.types import OpenApiTypes
from drf_spectacular.utils import OpenApiExample, OpenApiParameter, OpenApiResponse, extend_schema
from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from communes.api.endpoints import Endpoint, ListEndpoint
from communes.api.errors import refusals
from communes.api.filtering import TruthFilter
from communes.api.permissions import role_permission
from communes.models import Role
from communes.rights import Rights
from digitization.book_counts import with_counts
from digitization.filters import KINDS, places_in_sight, units_in_hand
from digitization.models import Basis, Book, BookTotal, Decision, Declaration
from digitization.numbering import next_numbers

BOOK_ID = OpenApiParameter("book_id", OpenApiTypes.INT64, "path", description=_("Id of the book."))


class BookFilters(django_filters.FilterSet):
    """What the list of books can be narrowed by."""

    unit = django_filters.ModelChoiceFilter(
        field_name="custodian", label=_("Kept by"), queryset=units_in_hand, to_field_name="slug"
    )
    kind = django_filters.ChoiceFilter(label=_("Kind of entry"), choices=KINDS)
    year = django_filters.NumberFilter(
        field_name="opened_year", label=_("Year opened"), min_value=1850, max_value=9999, decimal_places=0
    )
    place = django_filters.ModelChoiceFilter(
        label=_("Place of registration"), queryset=places_in_sight, to_field_name="slug"
    )
    complete = TruthFilter(label=_("Has a total, and is full"), method="that_are_complete")

    class Meta:
        model = Book
        fields: tuple[str, ...] = ()

    def that_are_complete(self, queryset: QuerySet[Book], name: str, value: bool) -> QuerySet[Book]:
        """Return the books that are complete, or those that are not."""
        full = Q(total__isnull=False, total__lte=F("digitized"))
        return queryset.filter(full if value else ~full)


class BookSerializer(serializers.ModelSerializer):
    """A book with its counts. Automation depends on the first six."""

    year = serializers.IntegerField(source="opened_year", help_text=_("Year opened."))
    counted = serializers.IntegerField(
        source="digitized",
        help_text=_("Entries that count as digitized: held here, or declared to be in the national system."),
    )
    held = serializers.IntegerField(
        source="counted", help_text=_("Entries held here. With declared it is never added up.")
    )
    next_number = serializers.IntegerField(help_text=_("The number after the highest one typed."))
    kind = serializers.ChoiceField(choices=KINDS, help_text=_("Kind of entry."))
    unit = serializers.SlugField(source="custodian.slug", help_text=_("Slug of the unit that keeps it now."))
    place = serializers.SlugField(
        source="place.slug", help_text=_("Slug of the place of registration, as it was; it never changes.")
    )
    quyen_so = serializers.CharField(help_text=_("Number of the book as offices write it."))
    basis = serializers.ChoiceField(
        choices=Basis.choices, allow_blank=True, help_text=_("What the total rests on.")
    )
    complete = serializers.SerializerMethodField(help_text=_("Has a total, and is full."))

    class Meta:
        model = Book
        fields: tuple[str, ...] = (
            "id",
            "quyen_so",
            "year",
            "total",
            "counted",
            "next_number",
            "kind",
            "unit",
            "place",
            "series",
            "year_from",
            "year_to",
            "closed_on",
            "pages",
            "basis",
            "complete",
            "held",
            "declared",
        )
        read_only_fields = fields
        extra_kwargs = {  # noqa: RUF012 - Django reads this as a class attribute; it never changes it
            "total": {"help_text": _("Entries to digitize; null until a total is confirmed.")},
            "year_from": {"help_text": _("Year of its first entries.")},
            "year_to": {"help_text": _("Year of its last entries.")},
            "closed_on": {"help_text": _("When it was locked, if that is known.")},
            "declared": {
                "help_text": _("Entries the national system is declared to hold; 0 where nobody has.")
            },
            "pages": {"help_text": _("How many pages it has, if that is known.")},
        }

    def get_complete(self, book: Book) -> bool:
        """Tell whether the book has a total and is full."""
        return book.total is not None and book.digitized >= book.total  # type: ignore[attr-defined]


class StatementSerializer(serializers.ModelSerializer):
    """One statement of a book's total."""

    by = serializers.CharField(source="by.name", help_text=_("Who stated it."))
    decided_by = serializers.CharField(source="decided_by.name", allow_null=True)
    basis = serializers.ChoiceField(choices=Basis.choices)
    decision = serializers.ChoiceField(choices=Decision.choices)

    class Meta:
        model = BookTotal
        fields = ("at", "total", "basis", "reason", "by", "decision", "decided_by", "decided_at")
        read_only_fields = fields


class DeclarationSerializer(serializers.ModelSerializer):
    """One declaration of what the national system holds of a book."""

    by = serializers.CharField(source="by.name", help_text=_("Who declared it."))

    class Meta:
        model = Declaration
        fields = ("day", "revision", "n", "note", "by", "at")
        read_only_fields = fields
        extra_kwargs = {  # noqa: RUF012 - Django reads this as a class attribute; it never changes it
            "n": {"help_text": _("All entries of the book there at the end of the day, not what was added.")},
            "revision": {"help_text": _("Of a day the last revision holds.")},
        }


class WholeBookSerializer(BookSerializer):
    """A book with everything stated about its total and declared of it, newest first."""

    totals = StatementSerializer(many=True)
    declarations = DeclarationSerializer(many=True)

    class Meta(BookSerializer.Meta):
        fields = (*BookSerializer.Meta.fields, "note", "totals", "declarations")
        read_only_fields = fields


_BOOK = {
    "id": 4711,
    "quyen_so": "01/1998",
    "year": 1998,
    "total": 120,
    "counted": 46,
    "next_number": 47,
    "kind": "KS",
    "unit": "hop-nhat",
    "place": "hop-nhat",
    "series": "",
    "year_from": 1998,
    "year_to": 1998,
    "closed_on": "1998-12-31",
    "pages": 60,
    "basis": "counted",
    "complete": False,
    "held": 46,
    "declared": 30,
}
_STATEMENT = {
    "at": "2024-11-20T09:14:00+07:00",
    "total": 120,
    "basis": "counted",
    "reason": "Đếm từng trang",
    "by": "Đỗ Thị Lan",
    "decision": "confirmed",
    "decided_by": "Vũ Thị Thu",
    "decided_at": "2024-11-20T16:02:00+07:00",
}
_DECLARATION = {
    "day": "2024-12-03",
    "revision": 1,
    "n": 30,
    "note": "Theo màn hình thống kê của phần mềm",
    "by": "Đỗ Thị Lan",
    "at": "2024-12-03T16:40:00+07:00",
}


@extend_schema(
    summary=_("Books"),
    description=_(
        "The books kept in the units of the person or of the token. Second copies of a book are not listed: "
        "they never count."
    ),
    responses={
        200: OpenApiResponse(BookSerializer(many=True), _("A page of books.")),
        **refusals(400, 401, 403, 404),
    },
    examples=[OpenApiExample("book", response_only=True, value=_BOOK)],
)
class Books(ListEndpoint):
    """The list; its first six keys and its shape are a contract."""

    permission_classes = (role_permission("see_books"),)
    serializer_class = BookSerializer
    filterset_class = BookFilters

    def get_queryset(self) -> QuerySet[Book]:
        """Return the books in the person's hands."""
        return _books(self.rights)

    def paginate_queryset(self, queryset: Any) -> list[Model] | None:  # type: ignore[override]
        """Return the page, each book with its next number."""
        rows: Any = super().paginate_queryset(queryset)
        return _counted(rows)  # type: ignore[return-value]


@extend_schema(
    summary=_("One book"),
    description=_("The same of one book, with every statement of its total, newest first."),
    parameters=[BOOK_ID],
    responses={200: OpenApiResponse(WholeBookSerializer, _("The book.")), **refusals(400, 401, 403, 404)},
    examples=[
        OpenApiExample(
            "book",
            response_only=True,
            value={**_BOOK, "note": "Rách bìa", "totals": [_STATEMENT], "declarations": [_DECLARATION]},
        )
    ],
)
class OneBook(Endpoint):
    """One of them."""

    permission_classes = (role_permission("see_books"),)

    def get(self, request: Request, book_id: int) -> Response:
        """Answer one book."""
        books = _books(self.rights).prefetch_related(
            "totals__by", "totals__decided_by", _declared(self.rights)
        )
        (book,) = _counted([get_object_or_404(books, pk=book_id)])
        return Response(WholeBookSerializer(book).data)


def _books(rights: Rights) -> QuerySet[Book]:
    return with_counts(Book.objects.visible_to(rights).counted().select_related("custodian", "place"))


def _declared(rights: Rights) -> Prefetch[str]:
    """Fetch what was declared of books the person sees whole: a helper is told only of their own typing."""
    whole = Declaration.objects.filter(rights.reach("book__custodian", Role.OFFICER, Role.LEADER))
    return Prefetch("declarations", whole.select_related("by"))


def _counted(books: list[Book]) -> list[Book]:
    """Give each book its next number."""
    numbers = next_numbers(books)
    for book in books:
        book.next_number = numbers[book.pk]  # type: ignore[attr-defined]
    return books
