"""Pages of declared counts: all books of a unit at once, one book with its history, and the files they rest on."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import FileResponse, Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_safe

from civreg.lib import clock
from civreg.lib.private_files import sealed
from communes.guards import OfficeRequest, role_required
from digitization import access
from digitization.book_counts import IN_NATIONAL_ORDER, with_counts
from digitization.declaring import proofs
from digitization.declaring.forms import StatementForm
from digitization.declaring.sheet import Row, Typed, lines_of, rows_of, typed_in
from digitization.declaring.verb import LOOK_AT_LINES, NotTrue, declare, newest
from digitization.models import Book, Proof
from digitization.posted import intent_in
from digitization.refusals import as_form_error
from digitization.verbs import Refused

# One field a book: a posted form has room for a thousand.
ON_ONE_PAGE = 300


@require_http_methods(["GET", "POST"])
@role_required("manage_books")
def declare_unit(request: OfficeRequest) -> HttpResponse:
    """Declare the books of one unit; ``?don-vi=`` chooses it, for whoever has several."""
    books = access.books_to_read(request.rights).filter(second_copy_of__isnull=True)
    keeping = access.units_to_inventory(request.rights).filter(pk__in=books.values("custodian"))
    units = list(keeping)
    asked = request.GET.get("don-vi")
    unit = next((unit for unit in units if unit.slug == asked), units[0] if units else None)
    if unit is None:
        return render(request, "digitization/declare_unit.html", {"units": []})
    of_unit = with_counts(books.filter(custodian=unit)).order_by(
        IN_NATIONAL_ORDER, "opened_year", "book_no", "pk"
    )
    page = Paginator(of_unit, ON_ONE_PAGE).get_page(request.GET.get("trang"))
    sent = _Sent(request, books.filter(custodian=unit))
    if sent.taken:
        return redirect(f"{reverse('digitization:declare_unit')}?don-vi={unit.slug}&trang={page.number}")
    context = {
        "units": units,
        "unit": unit,
        "page": page,
        "query": f"don-vi={unit.slug}&",
        **sent.context(list(page.object_list)),
    }
    return render(request, "digitization/declare_unit.html", context, status=sent.status)


@require_http_methods(["GET", "POST"])
@role_required("see_records")
def declare_book(request: OfficeRequest, book_id: int) -> HttpResponse:
    """Declare one book, for whoever keeps its inventory line, and show everything declared of it so far."""
    mine = with_counts(access.books_to_read(request.rights))
    book = get_object_or_404(mine, pk=book_id)
    may_declare = access.may_manage(request.rights, book) and book.second_copy_of_id is None
    if not access.reads_whole_book(request.rights, book) or (request.method == "POST" and not may_declare):
        raise Http404
    sent = _Sent(request, Book.objects.filter(pk=book.pk))
    if sent.taken:
        return redirect("digitization:declare_book", book.pk)
    context = {
        "book": book,
        "may_declare": may_declare,
        "history": book.declarations.select_related("by", "proof"),
        **sent.context([book]),
    }
    return render(request, "digitization/declare_book.html", context, status=sent.status)


@require_safe
@role_required("see_records")
def proof(request: OfficeRequest, key: str) -> HttpResponseBase:
    """Answer a file declarations rest on, as an attachment, to whoever reads one of their books whole."""
    found = get_object_or_404(Proof, key=key)
    books = Book.objects.filter(declarations__proof=found).select_related("custodian").distinct()
    if found.by != request.user and not any(access.reads_whole_book(request.rights, book) for book in books):
        raise Http404
    try:
        file = proofs.path_of(found).open("rb")
    except FileNotFoundError as error:
        raise Http404 from error
    # The name a file came with is no name to give back: only what it is.
    answer = FileResponse(
        file,
        as_attachment=True,
        filename=f"khai-bao-{found.pk}.{proofs.EXTENSIONS[proofs.ProofKind(found.kind)]}",
        content_type=proofs.TYPES[proofs.ProofKind(found.kind)],
    )
    return sealed(answer)


class _Sent:
    """A sheet as it was sent, or a fresh one: taken, or to be shown again with everything that was typed."""

    def __init__(self, request: OfficeRequest, books: QuerySet[Book]) -> None:
        self.request, self.books = request, books
        posted = request.method == "POST"
        self.form = StatementForm(
            request.POST if posted else None,
            request.FILES if posted else None,
            by=request.user,
            initial={"day": clock.today()},
        )
        self.typed: Mapping[int, Typed] = {}
        self.wrong: dict[int, str | Promise] = {}
        self.taken = posted and self._take()

    @property
    def status(self) -> int:
        """Return the status to answer with."""
        return 422 if self.form.errors or self.wrong else 200

    def context(self, books: Sequence[Book]) -> dict[str, Any]:
        """Return what the templates of a sheet need."""
        return {
            "form": self.form,
            "rows": self._rows(books),
            "kept": self.form.kept,
            "intent": self.request.POST.get("intent") or uuid4(),
        }

    def _rows(self, books: Sequence[Book]) -> Sequence[Row]:
        return rows_of(books, newest(self.books), self.typed, self.wrong)

    def _take(self) -> bool:
        theirs = set(self.books.values_list("pk", flat=True))
        self.typed = {book: one for book, one in typed_in(self.request.POST).items() if book in theirs}
        lines, wrong = lines_of(self.typed)
        self.wrong.update(wrong)
        if wrong:
            self.form.add_error(None, as_form_error(NotTrue(LOOK_AT_LINES)))
        if not self.form.is_valid():
            return False
        try:
            n = declare(
                by=self.request.user,
                day=self.form.cleaned_data["day"],
                lines=lines,
                note=self.form.cleaned_data["note"],
                proof=self.form.kept,
                intent=intent_in(self.request.POST),
            )
        except Refused as refusal:
            self.wrong.update(refusal.lines if isinstance(refusal, NotTrue) else {})
            self.form.add_error(None, as_form_error(refusal))
            return False
        told = ngettext("%(n)s book was declared.", "%(n)s books were declared.", n)
        messages.success(self.request, told % {"n": n})
        return True
