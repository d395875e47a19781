"""The plan of the demonstration's campaign: documents, milestones, what every commune signed. All of it is invented."""

from __future__ import annotations

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime

from django.conf import settings
from PIL import Image, ImageDraw, ImageFont

from civreg.lib.clock import VIETNAM
from communes.models import Unit, User
from reports.campaigns import files
from reports.demonstration.figures import Commune, Size
from reports.models import Campaign, CampaignChange, CampaignDocument, Commitment, Milestone

_SET_UP = datetime(2024, 11, 12, 9, 15, tzinfo=VIETNAM)
_SIGNED = datetime(2024, 11, 14, 15, 0, tzinfo=VIETNAM)
_RAISED = datetime(2024, 11, 30, 10, 30, tzinfo=VIETNAM)
_MILESTONES = ((date(2024, 11, 28), 50, "Nửa chặng đường"), (date(2024, 12, 10), 95, ""))
# These promised more when they fell behind.
_RAISE = {"hop-nhat": 20, "tay-coc": 60, "bang-doan": 40}
_PLAN = ("00/KH-UBND", date(2024, 11, 11), "Số hóa sổ hộ tịch trên địa bàn huyện năm 2024 (văn bản minh họa)")
_DIRECTIVE = ("00/UBND-TP", date(2024, 11, 25), "Đôn đốc tiến độ số hóa sổ hộ tịch (văn bản minh họa)")
_OFFICE = "UBND huyện Đoan Hùng"
_What = CampaignChange.What


def load_plan(campaign: Campaign, size: Size, units: Mapping[str, Unit], people: Mapping[str, User]) -> None:
    """Write how the campaign was set up, its milestones, and the commitments of all communes."""
    justice, task_force = people["justice"], people["taskforce"]
    told = {
        "starts": campaign.starts.isoformat(),
        "deadline": campaign.deadline.isoformat(),
        "kinds": list(campaign.kinds),
        "units": [units[commune.slug].full_name for commune in size.communes],
    }
    changes = [CampaignChange(campaign=campaign, what=_What.CREATED, after=told, by=justice, at=_SET_UP)]
    for day, percent, name in _MILESTONES:
        Milestone.objects.create(campaign=campaign, day=day, percent=percent, name=name)
        after = {"day": day.isoformat(), "percent": percent, "name": name}
        changes.append(
            CampaignChange(
                campaign=campaign,
                what=_What.MILESTONE_SET,
                after=after,
                reason="Theo kế hoạch",
                by=task_force,
                at=_SET_UP,
            )
        )
    CampaignChange.objects.bulk_create(changes)
    Commitment.objects.bulk_create(_commitments(campaign, size, units, people))


def load_plan_file(campaign: Campaign, by: User) -> None:
    """Add the plan, drawn, and a directive without a file. Files cannot be taken back: call it last."""
    picture = _drawn()
    with files.arrived(_Sent(picture)) as file:
        plan = _document(campaign, CampaignDocument.Kind.PLAN, _PLAN, by)
        plan.file_kind, plan.bytes, plan.sha256 = file.kind, file.bytes, file.sha256
        files.keep(file, plan.key)
        plan.save(force_insert=True)
    _document(campaign, CampaignDocument.Kind.DIRECTIVE, _DIRECTIVE, by).save(force_insert=True)
    for document in campaign.documents.all():
        CampaignChange.objects.create(
            campaign=campaign,
            what=_What.DOCUMENT_ADDED,
            after={"kind": document.kind, "number": document.number, "dated": document.dated.isoformat()},
            by=by,
            at=document.added_at,
        )


def _commitments(
    campaign: Campaign, size: Size, units: Mapping[str, Unit], people: Mapping[str, User]
) -> Iterator[Commitment]:
    for place, commune in enumerate(size.communes):
        leader = people[f"leader.{commune.slug}"]
        in_person = place % 3 != 0
        first = Commitment(
            campaign=campaign,
            unit=units[commune.slug],
            signer=leader.name,
            position=f"Chủ tịch UBND {units[commune.slug].full_name}",
            signed_on=_SIGNED.date(),
            per_day=_quota(campaign, commune),
            in_person=in_person,
            by=leader if in_person else people["taskforce"],
            at=_SIGNED,
        )
        yield first
        if more := _RAISE.get(commune.slug):
            yield Commitment(
                campaign=campaign,
                unit=first.unit,
                signer=first.signer,
                position=first.position,
                signed_on=_RAISED.date(),
                per_day=first.per_day + more,
                reason="Bổ sung hai người nhập liệu hỗ trợ từ ngày 02/12/2024",
                in_person=True,
                by=leader,
                at=_RAISED,
            )


def _quota(campaign: Campaign, commune: Commune) -> int:
    """Return what was signed: the total over all days of the campaign, up to a round number."""
    days = (campaign.deadline - campaign.starts).days + 1
    return -(-commune.total // (days * 10)) * 10


def _document(
    campaign: Campaign, kind: CampaignDocument.Kind, words: tuple[str, date, str], by: User
) -> CampaignDocument:
    number, dated, subject = words
    return CampaignDocument(
        campaign=campaign,
        kind=kind,
        number=number,
        dated=dated,
        office=_OFFICE,
        subject=subject,
        added_by=by,
        added_at=max(datetime.combine(dated, _SET_UP.timetz()), _SET_UP),
    )


class _Sent:
    """A drawn page as a form would hand it over."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self.size: int | None = len(data)

    def chunks(self) -> Iterator[bytes]:
        yield self._data


def _drawn() -> bytes:
    """Return the first page of the plan as PNG; it says that it is no real document."""
    number, dated, _subject = _PLAN
    page = Image.new("L", (1240, 1754), 255)
    pen = ImageDraw.Draw(page)
    lines = (
        (120, "UBND HUYỆN ĐOAN HÙNG", "Bold", 34),
        (175, f"Số: {number}", "Regular", 32),
        (300, f"Đoan Hùng, ngày {dated:%d} tháng {dated:%m} năm {dated:%Y}", "Italic", 30),
        (430, "KẾ HOẠCH", "Bold", 44),
        (500, "Số hóa sổ hộ tịch trên địa bàn huyện năm 2024", "Bold", 36),
        (660, "VĂN BẢN MINH HỌA CỦA BẢN DÙNG THỬ", "Bold", 40),
        (730, "Không phải văn bản thật; không có giá trị pháp lý.", "Regular", 34),
    )
    for top, words, style, height in lines:
        pen.text((620, top), words, 0, _font(style, height), anchor="ma")
    out = io.BytesIO()
    page.save(out, "PNG", optimize=True)
    return out.getvalue()


def _font(style: str, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(settings.BASE_DIR / f"static/fonts/print/Tinos-{style}.ttf", size)
