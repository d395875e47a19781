"""What a unit declares the national system to hold of a book, day by day, and the papers that say so."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import User
from digitization.models.book import Book
from digitization.models.scans import new_key
from digitization.rules.books import B07


class ProofKind(models.TextChoices):
    """What a file is, by its content."""

    PDF = "pdf", "PDF"
    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    XLSX = "xlsx", "Excel"


class Proof(models.Model):
    """A file that shows what the national system holds; kept byte for byte under its key, never rewritten.

    It may speak of many books: every declaration that rests on it points to it.
    """

    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(max_length=4, choices=ProofKind)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveIntegerField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        verbose_name = _("file of a declaration")
        constraints = [models.UniqueConstraint(fields=["by", "sha256"], name="proof_once_of_a_person")]

    def __str__(self) -> str:
        return f"{self.kind} {self.sha256[:12]}"


class Declaration(models.Model):
    """How many entries of a book the national system holds at the end of a day: the whole number, not what is new.

    Rows are only ever added: of a day the last revision holds, of a book the last day. A trigger keeps
    ``Book.declared``, and refuses more than the book's total, and less than before without a note.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="declarations", db_index=False)
    day = models.DateField(_("day"))
    revision = models.PositiveSmallIntegerField(_("revision"), default=1)
    n = models.PositiveIntegerField(_("entries in the national system"))
    note = models.CharField(_("note"), max_length=500, blank=True)
    proof = models.ForeignKey(
        Proof, models.PROTECT, null=True, blank=True, related_name="declarations", verbose_name=_("file")
    )
    by = models.ForeignKey(User, models.PROTECT, related_name="+", verbose_name=_("declared by"))
    at = models.DateTimeField(_("declared at"))

    class Meta:
        ordering = ["-day", "-revision"]
        verbose_name = _("declaration of a book")
        constraints = [
            models.UniqueConstraint(fields=["book", "day", "revision"], name="declaration_once"),
            models.CheckConstraint(
                condition=~Q(note="") | Q(proof__isnull=False),
                name="declaration_rests_on_something",
                violation_error_code=B07.id,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.day} r{self.revision}: {self.n}"


class BookPages(models.Model):
    """How many pages of a book are accounted for: scanned, or said to be blank, damaged or lost; each once.

    Of a book whose page count is stated, only pages up to it. Exact at commit, written only by triggers.
    """

    book = models.OneToOneField(
        Book, models.PROTECT, primary_key=True, related_name="page_tally", db_constraint=False
    )
    scanned = models.PositiveIntegerField(default=0)

    def __str__(self) -> str:
        return f"{self.book_id}: {self.scanned}"
