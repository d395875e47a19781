"""Pictures of the pages of a book: what was sent, what became of it, and what is said of pages without a picture."""

from __future__ import annotations

import re
import secrets

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models import Unit, User
from digitization.models.book import Book

_LABEL = re.compile(r"0*([0-9]{1,5})\s*([A-Za-z]?)")
_LONGEST_NUMBER = 5
# Two pages of the open book in one picture.
_SPREAD = re.compile(r"0*([0-9]{1,5})\s*[-–]\s*0*([0-9]{1,5})")
# Labels that are no number ("bìa") stand behind all numbers.
_LAST = 10_000_000
QUARTERS = (0, 90, 180, 270)
# Parts of a picture are measured in this many parts of its width and height.
WHOLE = 10_000


def new_key() -> str:
    """Return a name nobody can guess: 128 random bits as 32 hexadecimal digits."""
    return secrets.token_hex(16)


def tidy_label(text: str) -> str:
    """Return a page label as it is kept: "012a" becomes "12A", "023–024" "23-24"; at most ten characters."""
    plain = " ".join(text.split())
    if found := _LABEL.fullmatch(plain):
        return f"{int(found[1])}{found[2].upper()}"
    if (found := _SPREAD.fullmatch(plain)) and int(found[2]) == int(found[1]) + 1:
        return f"{int(found[1])}-{int(found[2])}"
    return plain[:10]


def pages_in(label: str) -> tuple[int, ...]:
    """Return the numbers of the pages a picture with this label shows: "23" one, "23-24" two, "bìa" none."""
    numbers = label.split("-")
    return tuple(int(number) for number in numbers) if all(map(_is_number, numbers)) else ()


def labels_showing(label: str) -> tuple[str, ...]:
    """Return the labels of pictures that show a page: its own, then those of the open book it is half of."""
    if not _is_number(label):
        return (label,)
    number = int(label)
    return (label, f"{number - 1}-{number}", f"{number}-{number + 1}")


def sort_of(label: str) -> int:
    """Return the place of a label in the book: 1, 2, 2A, 3 …, then what is no number; "" comes last."""
    found = _LABEL.fullmatch(label)
    if found is None:
        shown = pages_in(label)
        return shown[0] * 32 if shown else _LAST + (not label)
    return int(found[1]) * 32 + (ord(found[2].upper()) - 64 if found[2] else 0)


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= _LONGEST_NUMBER


class ScanState(models.TextChoices):
    """How far a picture has come."""

    WAITING = "waiting", pgettext_lazy("scan", "Being worked on")
    READY = "ready", pgettext_lazy("scan", "Ready")
    REFUSED = "refused", pgettext_lazy("scan", "Refused")
    ASIDE = "aside", pgettext_lazy("scan", "Taken out of the book")


class ScanProblem(models.TextChoices):
    """Why a file, or one page of it, cannot be used, in words for whoever sent it."""

    UNKNOWN = "unknown", _("This is no JPEG, PNG, TIFF or PDF file, whatever its name says.")
    HEIC = (
        "heic",
        _("This is a HEIC picture. Set the phone's camera to “Most compatible” (JPEG) and send it again."),
    )
    DAMAGED = "damaged", _("The picture is damaged or cut off. Scan or copy it again.")
    ANIMATED = "animated", _("The picture moves. Send a still picture of the page.")
    TOO_LARGE = (
        "too_large",
        _("The picture has too many points (80 million at most). Scan with 200 to 300 dpi."),
    )
    TOO_MANY = "too_many", _("The file has more than 1,000 pages. Split it.")
    PASSWORD = "password", _("The PDF is locked with a password. Send it without one.")
    TOO_HARD = "too_hard", _("The picture needs too much memory or time. Scan or photograph the page anew.")


class Hint(models.TextChoices):
    """What may be wrong with a picture that can be used; a person decides."""

    SMALL = "small", pgettext_lazy("scan", "Too small")
    BLURRED = "blurred", pgettext_lazy("scan", "Blurred")
    DARK = "dark", pgettext_lazy("scan", "Too dark")
    ROTATED = "rotated", pgettext_lazy("scan", "Lies on its side?")
    EMPTY = "empty", pgettext_lazy("scan", "Blank page?")


class PictureKind(models.TextChoices):
    """What a file is, by its first bytes."""

    JPEG = "jpeg", "JPEG"
    PNG = "png", "PNG"
    TIFF = "tiff", "TIFF"
    PDF = "pdf", "PDF"


class ScanQuerySet(models.QuerySet["Scan"]):
    """Sets of pictures."""

    def ready(self) -> ScanQuerySet:
        """Return the pictures that can be looked at and were not replaced by a better one."""
        return self.filter(state=ScanState.READY, replaced_by__isnull=True)

    def of_page(self, book: Book, label: str) -> ScanQuerySet:
        """Return the pictures of one page of a book; ``label`` as typed, "012" finds page 12, and pages 11-12."""
        return self.filter(book=book, page__in=labels_showing(tidy_label(label)))

    def in_the_book(self) -> ScanQuerySet:
        """Return the pictures the book has: not those replaced by better ones, nor those taken out of it."""
        return self.filter(replaced_by__isnull=True).exclude(state=ScanState.ASIDE)

    def put_away(self) -> ScanQuerySet:
        """Return the pictures that were replaced or taken out."""
        return self.filter(Q(replaced_by__isnull=False) | Q(state=ScanState.ASIDE))

    def to_turn(self) -> ScanQuerySet:
        """Return the pictures somebody turned that are still served as they were."""
        return self.filter(state=ScanState.READY).exclude(turned=models.F("turned_as_served"))


class Scan(models.Model):
    """One picture of one page.

    The file is kept byte for byte under the key of its first part; each page of a TIFF or PDF file is a part of its
    own, whose ``source`` is the first. ``page`` is what the file's name says until a person confirms it.
    """

    book = models.ForeignKey(Book, models.PROTECT, related_name="scans")
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    source = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="further_parts")
    part = models.PositiveSmallIntegerField(default=1)
    name = models.CharField(_("file name"), max_length=200)
    kind = models.CharField(max_length=4, choices=PictureKind)
    sha256 = models.CharField(max_length=64)
    bytes = models.PositiveBigIntegerField()
    width = models.PositiveIntegerField(default=0)
    height = models.PositiveIntegerField(default=0)
    state = models.CharField(max_length=8, choices=ScanState, default=ScanState.WAITING)
    problem = models.CharField(max_length=10, choices=ScanProblem, blank=True)
    hints: models.JSONField[list[str], list[str]] = models.JSONField(default=list)
    page = models.CharField(_("page"), max_length=10, blank=True)
    sort = models.PositiveIntegerField(default=_LAST + 1)
    confirmed = models.BooleanField(default=False)
    # Degrees clockwise: as a person wants it, and as what is served was made.
    turned = models.PositiveSmallIntegerField(default=0)
    turned_as_served = models.PositiveSmallIntegerField(default=0)
    uploaded_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField()
    replaced_by = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="+")
    # Who took a ready picture out of the book, which it was sent into by mistake; it can be brought back.
    aside_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    aside_at = models.DateTimeField(null=True, blank=True)

    objects = ScanQuerySet.as_manager()

    class Meta:
        ordering = ["sort", "name", "part", "pk"]
        verbose_name = _("scan")
        indexes = [
            models.Index(fields=["book", "sort"], name="scan_by_page"),
            models.Index(fields=["id"], condition=Q(state=ScanState.WAITING), name="scan_waiting"),
            models.Index(
                fields=["id"], condition=~Q(turned=models.F("turned_as_served")), name="scan_to_turn"
            ),
        ]
        constraints = [
            models.UniqueConstraint(fields=["book", "sha256", "part"], name="scan_once"),
            models.CheckConstraint(
                condition=Q(state=ScanState.REFUSED, problem__gt="")
                | (~Q(state=ScanState.REFUSED) & Q(problem="")),
                name="scan_refused_for_a_reason",
            ),
            models.CheckConstraint(
                condition=Q(state=ScanState.ASIDE, aside_by__isnull=False, aside_at__isnull=False)
                | (~Q(state=ScanState.ASIDE) & Q(aside_by=None, aside_at=None)),
                name="scan_taken_out_by_somebody",
            ),
            models.CheckConstraint(
                condition=Q(part=1, source__isnull=True) | Q(part__gt=1, source__isnull=False),
                name="scan_parts_have_a_source",
            ),
            models.CheckConstraint(
                condition=Q(turned__in=QUARTERS, turned_as_served__in=QUARTERS),
                name="scan_turned_by_quarters",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.page or '?'}: {self.key}"

    @property
    def hint_words(self) -> list[str]:
        """Return the hints in words."""
        return [str(Hint(code).label) for code in self.hints if code in Hint.values]


class RecordScan(models.Model):
    """Where an entry stands: the picture it was typed from and, if somebody showed it, the part of it.

    The part is measured in ten-thousandths of the picture's width and height, as the picture is turned.
    """

    record = models.ForeignKey("digitization.Record", models.PROTECT, related_name="pictures", db_index=False)
    scan = models.ForeignKey(Scan, models.PROTECT, related_name="entries")
    ordinal = models.PositiveSmallIntegerField(default=1)
    left = models.PositiveSmallIntegerField(null=True)
    top = models.PositiveSmallIntegerField(null=True)
    width = models.PositiveSmallIntegerField(null=True)
    height = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["ordinal"]
        verbose_name = _("place of an entry in a picture")
        constraints = [
            models.UniqueConstraint(fields=["record", "ordinal"], name="record_scan_once"),
            models.CheckConstraint(
                condition=Q(left=None, top=None, width=None, height=None)
                | Q(
                    # A comparison with nothing is not false: PostgreSQL would let it pass.
                    left__isnull=False,
                    top__isnull=False,
                    width__isnull=False,
                    height__isnull=False,
                    width__gt=0,
                    height__gt=0,
                    left__lte=WHOLE - models.F("width"),
                    top__lte=WHOLE - models.F("height"),
                ),
                name="record_scan_part_is_inside",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.record_id}: {self.scan_id}"


class PageState(models.TextChoices):
    """What a person says of a page of the paper book."""

    NORMAL = "normal", pgettext_lazy("page", "Normal")
    BLANK = "blank", pgettext_lazy("page", "Blank")
    DAMAGED = "damaged", pgettext_lazy("page", "Damaged")
    MISSING = "missing", pgettext_lazy("page", "Missing from the book")


class BookPage(models.Model):
    """What was said last of one page: blank, damaged and lost pages account for the book's page count, too."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="page_states")
    label = models.CharField(_("page"), max_length=10)
    sort = models.PositiveIntegerField()
    state = models.CharField(_("state"), max_length=8, choices=PageState, default=PageState.NORMAL)
    note = models.CharField(_("note"), max_length=200, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["sort", "label"]
        verbose_name = _("page of a book")
        constraints = [
            models.UniqueConstraint(fields=["book", "label"], name="book_page_once"),
            models.CheckConstraint(condition=~Q(label=""), name="book_page_has_label"),
        ]

    def __str__(self) -> str:
        return f"{self.book_id} {self.label}: {self.state}"


class ScanDuty(models.Model):
    """C23: whether the entries a unit keeps need a picture of their page to be approved. The last row of a unit holds.

    Rows are only ever added. A unit without one is free: its books may have been typed before pictures were kept, and
    an update of the product must lock nobody out. The justice office decides, with a reason, either way.
    """

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="scan_duties")
    required = models.BooleanField(_("a picture of the page is needed"))
    reason = models.CharField(_("why"), max_length=500)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["-pk"]
        verbose_name = _("duty to scan")
        indexes = [models.Index(fields=["unit", "-id"], name="scan_duty_of_unit")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="scan_duty_has_reason")]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.required}"


class Upload(models.Model):
    """A file on its way, piece by piece. It goes when the file has arrived, or after a day of silence."""

    book = models.ForeignKey(Book, models.PROTECT, related_name="+")
    user = models.ForeignKey(User, models.CASCADE, related_name="+")
    key = models.CharField(max_length=32, unique=True, default=new_key, editable=False)
    name = models.CharField(max_length=200)
    page = models.CharField(max_length=10, blank=True)
    size = models.PositiveBigIntegerField()
    received = models.PositiveBigIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(received__lte=models.F("size")), name="upload_no_more_than_promised"
            )
        ]

    def __str__(self) -> str:
        return f"{self.key}: {self.received}/{self.size}"
