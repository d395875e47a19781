"""The word of somebody that two entries which look like one are two: given, taken back, and ended by a correction.

It is in the history of both entries with who, when and why; of the other entry that says no more than its number, and
only where the same unit keeps both. The words are shown to those who may read both entries.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from civreg.lib import clock
from communes.models import User
from digitization import findings, histories
from digitization.models import ApartReason, Record, ToldApart, Verb
from digitization.numbering import PERSONS
from digitization.record_types import codes_of
from digitization.record_types.contract import Label, LifeEvent
from digitization.verbs import NotAllowedNow, keepable, once

LONGEST_WORDS = 500
# The mother's birth says nothing of whether two children are one.
_KEY_FIELDS = dict.fromkeys(codes_of(LifeEvent.BIRTH), PERSONS[:4])


@dataclass(frozen=True, slots=True)
class SaidApart:
    """What somebody says of an entry while typing another: that it is not that one, and why."""

    other: Record
    reason: str
    words: str

    @property
    def as_json(self) -> list[Any]:
        """Return it as it is told in an intent."""
        return [self.other.pk, self.reason, self.words]


def statements_about(record: Record) -> QuerySet[ToldApart]:
    """Return the statements that hold about an entry, with both entries."""
    about = ToldApart.objects.filter(Q(first=record) | Q(second=record), ended_at__isnull=True)
    return about.select_related("by", "first__book__custodian", "second__book__custodian")


def told_apart_from(record: int) -> set[int]:
    """Return the ids of the entries an entry, by its id, is said not to be."""
    about = ToldApart.objects.filter(Q(first=record) | Q(second=record), ended_at__isnull=True)
    pairs = about.values_list("first_id", "second_id")
    return {pk for pair in pairs for pk in pair} - {record}


def tell_apart(
    *, by: User, record: Record, other: Record, reason: str, words: str, intent: UUID
) -> ToldApart:
    """State that two entries are two. Raises NotAllowedNow without a reason of the list and words, or if it holds."""
    said = checked(other, reason, words)

    def act() -> int:
        first, second = _locked(record, other)
        return _write(by, first, second, said)

    body = {"record": record.pk, "said": said.as_json}
    pk = once(act, by=by, verb=Verb.TELL_APART, intent=intent, body=body)
    return ToldApart.objects.get(pk=pk)


def take_back(*, by: User, statement: ToldApart, intent: UUID) -> None:
    """Take a statement back: both entries are asked about again. Raises NotAllowedNow where it has ended."""

    def act() -> bool:
        holding = ToldApart.objects.filter(pk=statement.pk, ended_at__isnull=True)
        if not holding.update(ended_by=by, ended_at=clock.now()):
            raise NotAllowedNow(_("This statement has ended already."))
        pair = _locked(statement.first, statement.second)
        histories.add(pair, verb=Verb.TAKE_BACK_APART, by=by, moved=False)
        return True

    once(act, by=by, verb=Verb.TAKE_BACK_APART, intent=intent, body={"statement": statement.pk})


def checked(other: Record, reason: str, words: str) -> SaidApart:
    """Return what is said of another entry; raises NotAllowedNow without a reason of the list, or without words."""
    if reason not in ApartReason.values:
        raise NotAllowedNow(_("Choose why the two entries are not one."))
    kept = keepable(words, limit=LONGEST_WORDS)
    if not kept:
        raise NotAllowedNow(
            _("Say in a few words what the books have: numbers, pages, what tells the two apart.")
        )
    return SaidApart(other, reason, kept)


def write_for(record: Record, said: Iterable[SaidApart], *, by: User) -> None:
    """Write down what was said while an entry was typed, in the transaction that saves it."""
    told = list(said)
    # The other entries lose a question, maybe while somebody answers it.
    list(Record.objects.select_for_update().filter(pk__in=[one.other.pk for one in told]).order_by("pk"))
    for one in told:
        if not _holding(record, one.other).exists():
            _write(by, *_in_order(record, one.other), one)


def end_where_changed(record: Record, columns: Mapping[str, Any], *, by: User) -> None:
    """End what was said about an entry whose persons are corrected, in the transaction that saves it."""
    fields = _KEY_FIELDS.get(record.kind, PERSONS)
    if any(getattr(record, name) != columns[name] for name in fields):
        about = ToldApart.objects.filter(Q(first=record) | Q(second=record), ended_at__isnull=True)
        about.update(ended_by=by, ended_at=clock.now())


def _write(by: User, first: Record, second: Record, said: SaidApart) -> int:
    if _holding(first, second).exists():
        raise NotAllowedNow(_("This was said already, and holds."))
    at = clock.now()
    told = ToldApart.objects.create(
        first=first, second=second, reason=said.reason, words=said.words, by=by, at=at
    )
    for one, other in ((first, second), (second, first)):
        histories.add([one], verb=Verb.TELL_APART, by=by, reason=_reason(one, other, said), moved=False)
    findings.let_go([first, second])
    return told.pk


def _holding(record: Record, other: Record) -> QuerySet[ToldApart]:
    first, second = sorted((record.pk, other.pk))
    return ToldApart.objects.filter(first=first, second=second, ended_at__isnull=True)


def _in_order(record: Record, other: Record) -> tuple[Record, Record]:
    return (record, other) if record.pk < other.pk else (other, record)


def _locked(record: Record, other: Record) -> tuple[Record, Record]:
    """Lock both entries in the order of their ids, so that two people cannot lock each other out."""
    if record.pk == other.pk:
        raise NotAllowedNow(_("An entry is not another than itself."))
    pks = [record.pk, other.pk]
    first, second = Record.objects.select_for_update().filter(pk__in=pks).order_by("pk")
    return first, second


def _reason(record: Record, other: Record, said: SaidApart) -> str:
    """History is written in Vietnamese, as the papers are; it may be read by whoever may read this entry alone."""
    with override("vi"):
        label: Label = ApartReason(said.reason).label
        if record.custodian_id != other.custodian_id:
            return str(label)
        return f"{other.kind} {other.number_text}: {label}"
