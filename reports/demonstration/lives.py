"""What happened to each typed entry, step by step, as the verbs of the product would have written it down."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta
from enum import IntEnum
from random import Random
from typing import NamedTuple

from digitization.models.states import Standing, Status, Verb
from reports.demonstration.figures import NOW, Commune
from reports.demonstration.names import pick
from reports.demonstration.stints import Stint
from reports.demonstration.timeline import Timeline


class Hand(IntEnum):
    """Who did something, by post; the first three are the typists of ``stints``."""

    OFFICER = 0
    SECOND = 1
    HELPER = 2
    LEADER = 3
    JUSTICE = 4


class Step(NamedTuple):
    """One event of an entry. ``version`` is the version it led to."""

    at: datetime
    hand: Hand
    verb: Verb
    from_status: str
    to_status: str
    from_standing: str
    to_standing: str
    reason: str
    version: int


_STANDING_VERBS: dict[Standing, tuple[Verb, Hand | None, str]] = {
    Standing.CANCELLED_IN_BOOK: (Verb.CANCEL_IN_BOOK, None, "Trong sổ gạch chéo, có ghi “Hủy” và đóng dấu."),
    Standing.UNREADABLE: (Verb.MARK_UNREADABLE, None, "Trang sổ bị ẩm mốc, không đọc được chữ."),
    Standing.UNREADABLE_ACCEPTED: (
        Verb.ACCEPT_UNREADABLE,
        Hand.JUSTICE,
        "Biên bản kiểm tra ngày {:%d/%m/%Y} của Tổ công tác",
    ),
    Standing.DUPLICATE: (Verb.MARK_DUPLICATE, None, "Nhập hai lần cùng một trường hợp."),
    Standing.WITHDRAWN: (Verb.WITHDRAW, None, "Mất mạng khi lưu nên đã nhập lại; bản này bỏ."),
}
_WRONG = (
    "Sai tên đệm của người mẹ so với sổ gốc.",
    "Ngày đăng ký không khớp với sổ gốc, đề nghị xem lại.",
    "Thiếu họ tên người ký.",
    "Sai dấu trong họ tên, sổ ghi khác.",
    "Năm sinh của người cha nhập nhầm.",
    "Thiếu ghi chú bên lề trang sổ.",
)
_CORRECTED_SHARE = 0.035
_TWO_HOURS = timedelta(hours=2)


def lives(commune: Commune, stints: Sequence[Stint]) -> Iterator[list[Step]]:
    """Yield the steps of every typed entry, in the order of ``stints``, each list in the order of time."""
    rng = Random(f"lives/{commune.slug}/{commune.total}")
    until = commune.until + timedelta(hours=30) if commune.until else None
    reviewing = Timeline(f"{commune.slug}/review", commune.drive, until=until, first_day=1)
    checks = sum(1 for stint in stints if stint.status in (Status.CHECKED, Status.APPROVED))
    approvals = sum(1 for stint in stints if stint.status is Status.APPROVED)
    checked = approved = 0
    for stint in stints:
        life = _Life(rng, stint)
        if stint.status is Status.RETURNED:
            life.returned(_later(reviewing.at(rng.uniform(0.7, 1.0)), stint.at))
        elif stint.status is not Status.ENTERED:
            checked += 1
            life.checked(_later(reviewing.at(checked / checks), stint.at))
            if stint.status is Status.APPROVED:
                approved += 1
                life.approved(reviewing.at(approved / approvals))
        yield life.steps


def _later(planned: datetime, typed: datetime) -> datetime:
    """Nobody checks an entry within a quarter of an hour of its typing, nor later than tonight."""
    return max(planned, min(typed + timedelta(minutes=15), typed + (NOW - typed) / 2))


class _Life:
    """Adds step after step, keeping status, standing and version."""

    def __init__(self, rng: Random, stint: Stint) -> None:
        self._rng = rng
        self._typist = Hand(stint.typist)
        self._status, self._standing, self._version = "", "", 0
        self.steps: list[Step] = []
        self._add(stint.at, self._typist, Verb.ENTER, status=Status.ENTERED, standing=Standing.NORMAL)
        if stint.standing is not Standing.NORMAL:
            self._turned(stint)

    def _add(
        self, at: datetime, hand: Hand, verb: Verb, *, status: str = "", standing: str = "", reason: str = ""
    ) -> None:
        self._version += 1
        to_status, to_standing = status or self._status, standing or self._standing
        self.steps.append(
            Step(at, hand, verb, self._status, to_status, self._standing, to_standing, reason, self._version)
        )
        self._status, self._standing = to_status, to_standing

    def _turned(self, stint: Stint) -> None:
        """Give it its standing within the minutes after typing: before anybody checks it."""
        at = stint.at + (NOW - stint.at) / 2
        soon = min(stint.at + timedelta(seconds=self._rng.randint(20, 400)), at)
        if stint.standing is Standing.UNREADABLE_ACCEPTED:
            verb, _, reason = _STANDING_VERBS[Standing.UNREADABLE]
            self._add(soon, self._typist, verb, standing=Standing.UNREADABLE, reason=reason)
            soon += (at - soon) / 4
        verb, hand, reason = _STANDING_VERBS[stint.standing]
        hand = self._typist if hand is None else hand
        self._add(soon, hand, verb, standing=stint.standing, reason=reason.format(soon))

    def _checker(self) -> Hand:
        """Never the typist: the other officer of the commune, now and then somebody of the district."""
        drawn = self._rng.random()
        if drawn < 0.08:
            return Hand.JUSTICE
        if self._typist is Hand.HELPER:
            return Hand.OFFICER if drawn < 0.6 else Hand.SECOND
        return Hand.SECOND if self._typist is Hand.OFFICER else Hand.OFFICER

    def returned(self, at: datetime) -> None:
        self._send_back(max(at, self.steps[-1].at), self._checker())

    def _send_back(self, at: datetime, checker: Hand) -> None:
        self._add(at, checker, Verb.SEND_BACK, status=Status.RETURNED, reason=pick(self._rng, _WRONG))

    def checked(self, at: datetime) -> None:
        """Check it at a moment, or soon after what happened last; a few were returned and corrected first."""
        last = self.steps[-1].at
        at, checker = max(at, last + (NOW - last) / 8 if at <= last else at), self._checker()
        if at - last > _TWO_HOURS and self._rng.random() < _CORRECTED_SHARE:
            self._send_back(at - timedelta(minutes=self._rng.randint(50, 90)), checker)
            corrected = at - timedelta(minutes=self._rng.randint(15, 40))
            self._add(corrected, self._typist, Verb.CORRECT, status=Status.ENTERED)
        self._add(at, checker, Verb.CHECK, status=Status.CHECKED)

    def approved(self, at: datetime) -> None:
        """Approve it with others, on a full ten minutes."""
        last = self.steps[-1].at
        earliest = max(at, last + timedelta(minutes=2))
        batch = earliest.replace(second=0, microsecond=0) + timedelta(minutes=10 - earliest.minute % 10)
        tonight = max(at, last + (NOW - last) / 2)
        self._add(batch if batch < NOW else tonight, Hand.LEADER, Verb.APPROVE, status=Status.APPROVED)
