"""What a commune has to work with, and what it asks its district for. Nothing of it is ever rewritten.

A request lives in its steps: the database takes each one, moves the request with it, and refuses one out of turn
(``MOVES``, and the trigger of migration 0004). Means are stated anew; the newest statement of a kind counts.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from communes.models.people import User
from communes.models.units import Unit

# Nobody has more computers, megabits or people; a larger number is a slip of the hand.
LARGEST_QUANTITY = 9_999
LONGEST_WORDS = 500


class MeansKind(models.TextChoices):
    """What work is done with. A line is measured in Mbit/s."""

    COMPUTERS = "computers", pgettext_lazy("means", "Computers")
    SCANNERS = "scanners", pgettext_lazy("means", "Scanners")
    LINE = "line", pgettext_lazy("means", "Line (Mbit/s)")
    STAFF = "staff", pgettext_lazy("means", "People")


class RequestKind(models.TextChoices):
    """What a commune asks for."""

    EQUIPMENT = "equipment", pgettext_lazy("support", "Equipment")
    LINE = "line", pgettext_lazy("support", "Line")
    PEOPLE = "people", pgettext_lazy("support", "People")
    OTHER = "other", pgettext_lazy("support", "Something else")


class RequestState(models.TextChoices):
    """How far a request is."""

    ASKED = "asked", pgettext_lazy("request", "Waits for an answer")
    AGREED = "agreed", pgettext_lazy("request", "Promised")
    REFUSED = "refused", pgettext_lazy("request", "Refused")
    DELIVERED = "delivered", pgettext_lazy("request", "Delivered")
    CLOSED = "closed", pgettext_lazy("request", "Closed")
    WITHDRAWN = "withdrawn", pgettext_lazy("request", "Withdrawn")


# Where a request may go from each state; the trigger of migration 0004 holds the same. A promise may be renewed.
MOVES: dict[RequestState, frozenset[RequestState]] = {
    RequestState.ASKED: frozenset({RequestState.AGREED, RequestState.REFUSED, RequestState.WITHDRAWN}),
    RequestState.AGREED: frozenset(
        {RequestState.AGREED, RequestState.REFUSED, RequestState.DELIVERED, RequestState.WITHDRAWN}
    ),
    RequestState.REFUSED: frozenset({RequestState.CLOSED}),
    RequestState.DELIVERED: frozenset({RequestState.CLOSED}),
    RequestState.CLOSED: frozenset(),
    RequestState.WITHDRAWN: frozenset(),
}
ENDED = (RequestState.CLOSED, RequestState.WITHDRAWN)
# A request without an answer for longer is one somebody has to be told of.
ANSWER_WITHIN = timedelta(days=2)


class MeansQuerySet(models.QuerySet["Means"]):
    """Sets of statements of means."""

    def newest(self) -> MeansQuerySet:
        """Return the last statement of each unit and kind."""
        return self.order_by("unit_id", "kind", "-pk").distinct("unit_id", "kind")


class Means(models.Model):
    """How much of a kind a unit had on a day. Rows are only added."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="means")
    kind = models.CharField(max_length=10, choices=MeansKind)
    quantity = models.PositiveIntegerField()
    as_of = models.DateField()
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    intent = models.UUIDField()

    objects = MeansQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("statement of means")
        indexes = [models.Index(fields=["unit", "kind", "-id"], name="means_newest")]
        constraints = [
            models.UniqueConstraint(fields=["intent", "kind"], name="means_once_per_intent"),
            models.CheckConstraint(condition=Q(kind__in=list(MeansKind)), name="means_kind_known"),
            models.CheckConstraint(condition=Q(quantity__lte=LARGEST_QUANTITY), name="means_quantity_likely"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id} {self.kind}: {self.quantity}"


class SupportRequestQuerySet(models.QuerySet["SupportRequest"]):
    """Sets of requests."""

    def open(self) -> SupportRequestQuerySet:
        """Return the requests nobody has closed or withdrawn."""
        return self.exclude(state__in=ENDED)

    def of_units(self, ids: Iterable[int]) -> SupportRequestQuerySet:
        """Return the requests of these units."""
        return self.filter(unit__in=list(ids))


class SupportRequest(models.Model):
    """Who of a commune asks for what, why and by when. ``state`` and ``promised_for`` follow its steps."""

    unit = models.ForeignKey(Unit, models.PROTECT, related_name="support_requests")
    kind = models.CharField(max_length=10, choices=RequestKind)
    what = models.CharField(max_length=200)
    quantity = models.PositiveIntegerField(default=1)
    why = models.CharField(max_length=LONGEST_WORDS)
    needed_by = models.DateField()
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    state = models.CharField(max_length=10, choices=RequestState, default=RequestState.ASKED)
    promised_for = models.DateField(null=True)

    objects = SupportRequestQuerySet.as_manager()

    class Meta:
        ordering = ["asked_at", "pk"]
        verbose_name = _("request for support")
        indexes = [
            models.Index(fields=["unit"], condition=~Q(state__in=list(ENDED)), name="support_request_open")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=list(RequestKind)), name="support_kind_known"),
            models.CheckConstraint(condition=Q(state__in=list(RequestState)), name="support_state_known"),
            models.CheckConstraint(
                condition=Q(quantity__gte=1, quantity__lte=LARGEST_QUANTITY), name="support_quantity_likely"
            ),
            models.CheckConstraint(condition=~Q(what="") & ~Q(why=""), name="support_says_what_and_why"),
        ]

    def __str__(self) -> str:
        return f"{self.unit_id}: {self.what}"

    @property
    def open(self) -> bool:
        """Tell whether nobody has closed or withdrawn it."""
        return self.state not in ENDED

    def may_become(self, state: RequestState) -> bool:
        """Tell whether its next step may be ``state``."""
        return state in MOVES[RequestState(self.state)]


def is_unanswered(state: str, asked_at: datetime, now: datetime) -> bool:
    """Tell whether a request has waited for its answer for longer than it should."""
    return state == RequestState.ASKED and now - asked_at > ANSWER_WITHIN


def is_overdue(state: str, promised_for: date | None, today: date) -> bool:
    """Tell whether the day promised has passed and nothing has come."""
    return state == RequestState.AGREED and promised_for is not None and promised_for < today


class SupportStep(models.Model):
    """One step in the life of a request, with who, when and what they said. Rows are only added.

    ``promised_for`` belongs to a promise, ``came_on`` to a delivery; ``effect`` is what whoever closes it measured.
    """

    request = models.ForeignKey(SupportRequest, models.PROTECT, related_name="steps")
    state = models.CharField(max_length=10, choices=RequestState)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    words = models.CharField(max_length=LONGEST_WORDS, blank=True)
    promised_for = models.DateField(null=True)
    came_on = models.DateField(null=True)
    effect = models.JSONField(null=True)
    intent = models.UUIDField(unique=True)

    class Meta:
        ordering = ["pk"]
        verbose_name = _("step of a request for support")
        constraints = [
            models.CheckConstraint(condition=Q(state__in=list(RequestState)), name="support_step_known"),
            models.CheckConstraint(
                condition=Q(state=RequestState.ASKED) | ~Q(words=""), name="support_step_says_something"
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.AGREED, promised_for__isnull=False)
                | (~Q(state=RequestState.AGREED) & Q(promised_for__isnull=True)),
                name="support_promise_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.DELIVERED, came_on__isnull=False)
                | (~Q(state=RequestState.DELIVERED) & Q(came_on__isnull=True)),
                name="support_delivery_has_a_day",
            ),
            models.CheckConstraint(
                condition=Q(state=RequestState.CLOSED) | Q(effect__isnull=True),
                name="support_effect_when_closed",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.request_id}: {self.state}"
