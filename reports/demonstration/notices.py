"""What the district wrote to its communes in the demonstration: two directives and a notice, read by some."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID, uuid5

from civreg.lib import clock
from communes.models import (
    Notice,
    NoticeDelivery,
    NoticeReading,
    NoticeReport,
    NoticeUnit,
    Unit,
    User,
)
from reports.demonstration.figures import NOW

_SPACE = UUID("6d8f5a34-51f0-4d2e-9c53-7a2e8f0f5b10")
_TODAY = NOW.astimezone(clock.VIETNAM).date()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Letter:
    """One letter; of each ten communes ``read`` have opened it and ``reported`` have done what it asks."""

    kind: Notice.Kind
    number: str = ""
    dated: date | None = None
    subject: str
    body: str
    due_on: date | None = None
    by: str
    sent_at: datetime
    read: int
    reported: int = 0
    reminded_at: datetime | None = None


_LETTERS = (
    _Letter(
        kind=Notice.Kind.DIRECTIVE,
        number="00/UBND-TP",
        dated=_TODAY - timedelta(days=3),
        subject="Rà soát, xác nhận tổng số trường hợp của các sổ chưa có số liệu",
        body="Văn bản minh họa.\n\nỦy ban nhân dân huyện yêu cầu Ủy ban nhân dân các xã, thị trấn:\n"
        "1. Đếm lại số trường hợp của từng sổ, đối chiếu với trang kết sổ.\n"
        "2. Ghi tổng số vào phần mềm, kèm căn cứ.\n"
        "3. Báo cáo kết quả ngay trên trang này.",
        due_on=_TODAY - timedelta(days=1),
        by="chairman",
        sent_at=NOW.replace(hour=9, minute=5) - timedelta(days=3),
        read=9,
        reported=7,
        reminded_at=NOW.replace(hour=16, minute=30) - timedelta(days=1),
    ),
    _Letter(
        kind=Notice.Kind.DIRECTIVE,
        number="01/UBND-TP",
        dated=_TODAY - timedelta(days=1),
        subject="Bố trí người nhập liệu ngoài giờ tại các xã chậm tiến độ",
        body="Văn bản minh họa.\n\nCác xã có tốc độ nhập thấp hơn mức cần đạt mỗi ngày bố trí thêm người nhập "
        "liệu ngoài giờ hành chính, kể cả thứ Bảy, Chủ nhật, cho đến khi đạt tiến độ.\n\n"
        "Xã thiếu máy tính hoặc đường truyền báo ngay Phòng Tư pháp.",
        due_on=_TODAY + timedelta(days=1),
        by="taskforce",
        sent_at=NOW.replace(hour=15, minute=40) - timedelta(days=1),
        read=6,
        reported=2,
    ),
    _Letter(
        kind=Notice.Kind.NOTICE,
        subject="Giờ chốt số liệu hằng ngày: 17 giờ",
        body="Văn bản minh họa.\n\nSố liệu của ngày được chốt lúc 17 giờ và gửi Tổ công tác. Trường hợp lưu sau "
        "17 giờ được tính vào ngày hôm sau.",
        by="justice",
        sent_at=NOW.replace(hour=17, minute=20),
        read=4,
    ),
)


def load_notices(
    units: Mapping[str, Unit], office: Unit, people: Mapping[str, User], slugs: Sequence[str]
) -> None:
    """Write the letters, whom they went to, and who has opened and answered them."""
    for letter in _LETTERS:
        notice = _send(letter, office, people, len(slugs))
        addresses = NoticeUnit.objects.bulk_create(
            NoticeUnit(notice=notice, unit=units[slug]) for slug in slugs
        )
        sender = people[letter.by]
        first = _deliver(addresses, letter.sent_at, sender)
        NoticeReading.objects.bulk_create(_readings(letter, first, slugs, people))
        NoticeReport.objects.bulk_create(_reports(letter, addresses, slugs, people))
        if letter.reminded_at:
            silent = [address for at, address in enumerate(addresses) if not _within(at, letter.reported)]
            _deliver(silent, letter.reminded_at, sender)


def _send(letter: _Letter, office: Unit, people: Mapping[str, User], addressed: int) -> Notice:
    return Notice.objects.create(
        kind=letter.kind,
        number=letter.number,
        dated=letter.dated,
        subject=letter.subject,
        body=letter.body,
        due_on=letter.due_on,
        office=office,
        addressed=addressed,
        sent_by=people[letter.by],
        sent_at=letter.sent_at,
        intent=uuid5(_SPACE, letter.subject),
    )


def _deliver(addresses: Sequence[NoticeUnit], at: datetime, by: User) -> list[NoticeDelivery]:
    day = at.astimezone(clock.VIETNAM).date()
    return NoticeDelivery.objects.bulk_create(
        NoticeDelivery(address=address, day=day, at=at, by=by) for address in addresses
    )


def _readings(
    letter: _Letter, deliveries: Sequence[NoticeDelivery], slugs: Sequence[str], people: Mapping[str, User]
) -> list[NoticeReading]:
    return [
        NoticeReading(
            delivery=deliveries[at],
            user=people[f"{post}.{slug}"],
            at=letter.sent_at + timedelta(minutes=7 + 5 * at),
        )
        for at, slug in enumerate(slugs)
        if _within(at, letter.read)
        for post in ("officer", "leader")[: 1 + at % 2]
    ]


def _reports(
    letter: _Letter, addresses: Sequence[NoticeUnit], slugs: Sequence[str], people: Mapping[str, User]
) -> list[NoticeReport]:
    return [
        NoticeReport(
            address=addresses[at],
            words="Đã thực hiện xong theo yêu cầu của văn bản.",
            by=people[f"officer.{slug}"],
            at=letter.sent_at + timedelta(hours=3, minutes=13 * at % 60),
            intent=uuid5(_SPACE, f"{letter.subject} {slug}"),
        )
        for at, slug in enumerate(slugs)
        if _within(at, letter.reported)
    ]


def _within(at: int, of_ten: int) -> bool:
    """Tell whether a commune is among so many of ten, spread over the list and the first one last of all."""
    return (at * 7 + 9) % 10 < of_ten
