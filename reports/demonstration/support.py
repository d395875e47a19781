"""What the communes of the demonstration have, and what they asked for, one request in every state. All invented."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from random import Random
from typing import Any
from uuid import UUID

from civreg.lib.clock import VIETNAM
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
from reports.support.effect import effect_of

_STATED = date(2024, 11, 18)
_NONE: tuple[Any, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Step:
    """A step: who by user name without the commune, when, what they said."""

    state: RequestState
    by: str
    at: datetime
    words: str
    promised_for: date | None = None
    came_on: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Asked:
    """A request and what became of it."""

    slug: str
    kind: RequestKind
    what: str
    quantity: int
    why: str
    needed_by: date
    at: datetime
    steps: tuple[_Step, ...] = _NONE


def _at(day: int, hour: int, minute: int) -> datetime:
    return datetime(2024, 12 if day < 17 else 11, day, hour, minute, tzinfo=VIETNAM)


def _day(day: int) -> date:
    return _at(day, 0, 0).date()


_S = RequestState
_ASKED = (
    _Asked(
        slug="hung-xuyen",
        kind=RequestKind.EQUIPMENT,
        what="Máy tính để bàn",
        quantity=2,
        why="Bốn người nhập luân phiên trên hai máy; buổi tối phải nghỉ vì máy hỏng nguồn.",
        needed_by=_day(26),
        at=_at(20, 8, 40),
        steps=(
            _Step(
                state=_S.AGREED,
                by="taskforce",
                at=_at(21, 9, 5),
                words="Điều hai máy của phòng Văn hóa và Thông tin.",
                promised_for=_day(25),
            ),
            _Step(
                state=_S.DELIVERED,
                by="taskforce",
                at=_at(25, 16, 20),
                words="Đã giao 02 máy, kèm màn hình.",
                came_on=_day(25),
            ),
            _Step(
                state=_S.CLOSED,
                by="leader",
                at=_at(4, 15, 30),
                words="Hai máy chạy tốt, đã đủ chỗ ngồi nhập.",
            ),
        ),
    ),
    _Asked(
        slug="van-du",
        kind=RequestKind.PEOPLE,
        what="Người nhập liệu buổi tối",
        quantity=3,
        why="Một công chức nghỉ thai sản; sổ khai sinh 1990–1999 còn nguyên.",
        needed_by=_day(2),
        at=_at(27, 14, 10),
        steps=(
            _Step(
                state=_S.AGREED,
                by="taskforce",
                at=_at(28, 8, 15),
                words="Đoàn Thanh niên huyện cử người, mỗi tối hai giờ.",
                promised_for=_day(2),
            ),
            _Step(
                state=_S.DELIVERED,
                by="taskforce",
                at=_at(2, 19, 0),
                words="02 đoàn viên bắt đầu từ tối nay; người thứ ba bận thi.",
                came_on=_day(2),
            ),
        ),
    ),
    _Asked(
        slug="tay-coc",
        kind=RequestKind.PEOPLE,
        what="Người nhập liệu",
        quantity=2,
        why="Đang mùa gặt, hai người hỗ trợ của thôn đã nghỉ.",
        needed_by=_day(5),
        at=_at(30, 10, 25),
        steps=(
            _Step(
                state=_S.AGREED,
                by="taskforce",
                at=_at(2, 8, 30),
                words="Hội Phụ nữ huyện cử người sang giúp.",
                promised_for=_day(4),
            ),
        ),
    ),
    _Asked(
        slug="hung-long",
        kind=RequestKind.EQUIPMENT,
        what="Máy quét khổ A3",
        quantity=1,
        why="Sổ trước năm 1998 khổ A3, máy của xã chỉ quét được A4; từ ngày 01/12 không nhập được.",
        needed_by=_day(6),
        at=_at(2, 7, 50),
    ),
    _Asked(
        slug="tieu-son",
        kind=RequestKind.EQUIPMENT,
        what="Máy tính xách tay",
        quantity=4,
        why="Để nhập tại nhà văn hóa thôn.",
        needed_by=_day(4),
        at=_at(28, 9, 30),
        steps=(
            _Step(
                state=_S.REFUSED,
                by="chairman",
                at=_at(29, 10, 0),
                words="Sổ gốc không được mang ra khỏi trụ sở; xã bố trí thêm chỗ tại phòng họp.",
            ),
        ),
    ),
    _Asked(
        slug="minh-phu",
        kind=RequestKind.OTHER,
        what="Người sửa mạng nội bộ",
        quantity=1,
        why="Hai máy ở phòng một cửa mất mạng.",
        needed_by=_day(29),
        at=_at(27, 8, 5),
        steps=(
            _Step(
                state=_S.WITHDRAWN, by="officer", at=_at(27, 15, 40), words="Thay dây mạng xong, đã có mạng."
            ),
        ),
    ),
    _Asked(
        slug="hop-nhat",
        kind=RequestKind.LINE,
        what="Nâng đường truyền lên 100 Mbit/s",
        quantity=1,
        why="Buổi tối cả bốn máy cùng gửi ảnh trang sổ thì nghẽn, mỗi ảnh mất gần một phút.",
        needed_by=_day(9),
        at=_at(4, 20, 5),
    ),
)


def load_support(units: Mapping[str, Unit], people: Mapping[str, User], slugs: Sequence[str]) -> None:
    """Say what every commune has, and ask and answer for those among ``slugs``; needs the history of the campaign."""
    Means.objects.bulk_create(
        means for slug in slugs for means in _means(units[slug], people[f"officer.{slug}"])
    )
    for asked in _ASKED:
        if asked.slug in slugs:
            _load(asked, units[asked.slug], people)


def _means(unit: Unit, by: User) -> Iterator[Means]:
    rng = Random(f"means/{unit.slug}")
    quantities = {
        MeansKind.COMPUTERS: rng.choice((2, 2, 3, 3, 4)),
        MeansKind.SCANNERS: rng.choice((0, 1, 1, 1, 2)),
        MeansKind.LINE: rng.choice((20, 30, 50, 80)),
        MeansKind.STAFF: rng.choice((2, 3, 3, 4, 5)),
    }
    at = datetime.combine(_STATED, datetime.min.time(), tzinfo=VIETNAM).replace(
        hour=8, minute=rng.randrange(60)
    )
    intent = _intent(rng)
    for kind, quantity in quantities.items():
        yield Means(unit=unit, kind=kind, quantity=quantity, as_of=_STATED, by=by, at=at, intent=intent)


def _load(asked: _Asked, unit: Unit, people: Mapping[str, User]) -> None:
    rng = Random(f"support/{asked.slug}")
    officer = people[f"officer.{asked.slug}"]
    one = SupportRequest.objects.create(
        unit=unit,
        kind=asked.kind,
        what=asked.what,
        quantity=asked.quantity,
        why=asked.why,
        needed_by=asked.needed_by,
        asked_by=officer,
        asked_at=asked.at,
    )
    SupportStep.objects.create(request=one, state=_S.ASKED, by=officer, at=asked.at, intent=_intent(rng))
    for step in asked.steps:
        effect = effect_of(one, one.steps.all()) if step.state == _S.CLOSED else None
        SupportStep.objects.create(
            request=one,
            state=step.state,
            by=people.get(step.by) or people[f"{step.by}.{asked.slug}"],
            at=step.at,
            words=step.words,
            promised_for=step.promised_for,
            came_on=step.came_on,
            effect=effect.published() if effect else None,
            intent=_intent(rng),
        )


def _intent(rng: Random) -> UUID:
    return UUID(int=rng.getrandbits(128), version=4)
