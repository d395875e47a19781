"""The verbs of support: say what a unit has, ask for more, answer, deliver, close, withdraw.

A unit asks for itself (``ask_support``); the office above it answers and delivers (``lead_campaign``); either closes.
What the acting person may not do, what the request is not ready for and what nobody can mean is refused with a
ValidationError in the person's words; then nothing has happened. An intent acts once: sent again, it gets the first
answer; with other words it is refused. Whoever takes a step names the last one they were shown (``seen``, its id):
where somebody has taken another since, nothing happens, so that nobody overrules what they have not read.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import DatabaseError, IntegrityError
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.lib.vietnamese import clean, has_control_characters
from communes.acting import acting
from communes.models import (
    Means,
    MeansKind,
    RequestKind,
    RequestState,
    SupportRequest,
    SupportStep,
    Unit,
    User,
)
from communes.models.support import LARGEST_QUANTITY, LONGEST_WORDS
from communes.rights import Rights

# What the trigger that takes the steps says of one out of turn.
OUT_OF_TURN = "CV007"
_LONGEST_WHAT = 200


def asks_for(rights: Rights, unit: Unit) -> bool:
    """Tell whether the person speaks for the unit itself."""
    return unit.pk in rights.units_for("ask_support")


def answers_for(rights: Rights, unit: Unit) -> bool:
    """Tell whether the unit stands under an office whose campaign the person leads."""
    offices = rights.units_for("lead_campaign")
    return unit.pk in offices or unit.parent_id in offices


def state_means(*, by: User, unit: Unit, quantities: Mapping[MeansKind, int], intent: UUID) -> None:
    """Say how much of each kind the unit has today: computers, scanners and people as a number, the line in Mbit/s."""
    _allow(asks_for(Rights.of(by), unit))
    if not quantities or any(not 0 <= quantity <= LARGEST_QUANTITY for quantity in quantities.values()):
        raise ValidationError(_("Give a number from 0 to %(most)s.") % {"most": LARGEST_QUANTITY})
    try:
        with acting(by):
            Means.objects.bulk_create(
                Means(
                    unit=unit,
                    kind=kind,
                    quantity=quantity,
                    as_of=clock.today(),
                    by=by,
                    at=clock.now(),
                    intent=intent,
                )
                for kind, quantity in quantities.items()
            )
    except IntegrityError:
        said = Means.objects.filter(intent=intent, unit=unit, by=by).values_list("kind", "quantity")
        if dict(said) != {str(kind): quantity for kind, quantity in quantities.items()}:
            raise _used_already() from None


def ask(
    *,
    by: User,
    unit: Unit,
    kind: RequestKind,
    what: str,
    quantity: int,
    why: str,
    needed_by: date,
    intent: UUID,
) -> SupportRequest:
    """Ask the district for something the unit needs by a day that is still to come, or today."""
    _allow(asks_for(Rights.of(by), unit))
    if needed_by < clock.today():
        raise ValidationError({"needed_by": _("This day has passed.")})
    if not 1 <= quantity <= LARGEST_QUANTITY:
        raise ValidationError(
            {"quantity": _("Give a number from 1 to %(most)s.") % {"most": LARGEST_QUANTITY}}
        )
    asked: dict[str, Any] = {
        "kind": kind,
        "what": _said(what, "what", _LONGEST_WHAT),
        "quantity": quantity,
        "why": _said(why, "why", LONGEST_WORDS),
        "needed_by": needed_by,
    }
    if earlier := SupportRequest.objects.filter(steps__intent=intent).first():
        return _same_request(earlier, by, unit, asked)
    at = clock.now()
    try:
        with acting(by):
            one = SupportRequest.objects.create(unit=unit, **asked, asked_by=by, asked_at=at)
            SupportStep.objects.create(request=one, state=RequestState.ASKED, by=by, at=at, intent=intent)
    except IntegrityError:
        twin = SupportRequest.objects.filter(steps__intent=intent).first()
        if twin is None:
            raise
        return _same_request(twin, by, unit, asked)
    return one


def promise(
    *, by: User, one: SupportRequest, words: str, promised_for: date, seen: int, intent: UUID
) -> None:
    """Agree to a request and say until when it will be there; once more where the day is moved."""
    _allow(answers_for(Rights.of(by), one.unit))
    if promised_for < clock.today():
        raise ValidationError({"promised_for": _("This day has passed.")})
    _step(by, one, RequestState.AGREED, words, seen, intent, promised_for=promised_for)


def refuse(*, by: User, one: SupportRequest, words: str, seen: int, intent: UUID) -> None:
    """Say that a request cannot be met, and why."""
    _allow(answers_for(Rights.of(by), one.unit))
    _step(by, one, RequestState.REFUSED, words, seen, intent)


def deliver(*, by: User, one: SupportRequest, words: str, came_on: date, seen: int, intent: UUID) -> None:
    """Say what really came, and on which day."""
    _allow(answers_for(Rights.of(by), one.unit))
    if not one.asked_at.astimezone(clock.VIETNAM).date() <= came_on <= clock.today():
        raise ValidationError({"came_on": _("Give a day from the day of the request until today.")})
    _step(by, one, RequestState.DELIVERED, words, seen, intent, came_on=came_on)


def close(
    *,
    by: User,
    one: SupportRequest,
    words: str,
    effect: Mapping[str, Any] | None,
    seen: int,
    intent: UUID,
) -> None:
    """Close what was delivered or refused; ``effect`` is what was measured until now, as JSON, and stays as it is."""
    rights = Rights.of(by)
    _allow(asks_for(rights, one.unit) or answers_for(rights, one.unit))
    _step(
        by, one, RequestState.CLOSED, words, seen, intent, effect=dict(effect) if effect is not None else None
    )


def withdraw(*, by: User, one: SupportRequest, words: str, seen: int, intent: UUID) -> None:
    """Take a request back as long as nothing has come: the unit no longer needs it."""
    _allow(asks_for(Rights.of(by), one.unit))
    _step(by, one, RequestState.WITHDRAWN, words, seen, intent)


def _step(
    by: User, one: SupportRequest, state: RequestState, words: str, seen: int, intent: UUID, **facts: Any
) -> None:
    """Add a step behind the one seen last, unless this intent has added the same one before."""
    step = SupportStep(
        request=one,
        state=state,
        by=by,
        at=clock.now(),
        words=_said(words, "words", LONGEST_WORDS),
        intent=intent,
        **facts,
    )
    if _was_taken(step):
        return
    try:
        with acting(by):
            step.save(force_insert=True)
            _follows(step, seen)
    except IntegrityError:
        if not _was_taken(step):
            raise
    except DatabaseError as error:
        if getattr(error.__cause__, "pgcode", None) != OUT_OF_TURN:
            raise
        raise _gone_on() from None


def _follows(step: SupportStep, seen: int) -> None:
    """Refuse a step, already added, that does not come right behind the one its person saw.

    Asked afterwards: since it was added nobody else can add one to this request until the transaction ends.
    """
    others = SupportStep.objects.filter(request=step.request_id).exclude(pk=step.pk).order_by("-pk")
    if others.values_list("pk", flat=True).first() != seen:
        raise _gone_on()


def _was_taken(step: SupportStep) -> bool:
    """Tell whether the intent has taken this very step before; raises where it has done something else."""
    earlier = SupportStep.objects.filter(intent=step.intent).first()
    if earlier is None:
        return False
    for name in ("request_id", "state", "by_id", "words", "promised_for", "came_on"):
        if getattr(earlier, name) != getattr(step, name):
            raise _used_already()
    return True


def _same_request(earlier: SupportRequest, by: User, unit: Unit, asked: Mapping[str, Any]) -> SupportRequest:
    same = (earlier.asked_by_id, earlier.unit_id) == (by.pk, unit.pk)
    if not same or any(getattr(earlier, name) != value for name, value in asked.items()):
        raise _used_already()
    return earlier


def _said(words: str, field: str, limit: int) -> str:
    """Return words as they are kept; refuses none, too many, and letters nobody can see."""
    kept = clean(words)
    if not kept:
        raise ValidationError({field: _("Say it in a few words.")})
    if len(kept) > limit:
        raise ValidationError({field: _("Say it in %(limit)s letters at most.") % {"limit": limit}})
    if has_control_characters(kept):
        raise ValidationError({field: _("These words hold letters that nobody can see. Type them again.")})
    return kept


def _allow(allowed: bool) -> None:
    if not allowed:
        raise ValidationError(_("This is not yours to decide: it belongs to another unit or office."))


def _used_already() -> ValidationError:
    return ValidationError(_("This form was already sent once with other words. Open the page again."))


def _gone_on() -> ValidationError:
    return ValidationError(_("This request has gone on meanwhile. Look at it again: nothing was saved."))
