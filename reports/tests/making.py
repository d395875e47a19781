"""What tests of figures need: campaigns, and many entries at once in any status and standing."""

from __future__ import annotations

from datetime import date, datetime

from civreg.lib import clock
from communes.models import Role, Unit, User
from digitization.models import Book, Record, Standing, Status
from digitization.tests.making import make_commune, make_district, make_person
from reports.models import Campaign, CampaignUnit

STARTS = date(2024, 11, 17)
DEADLINE = date(2024, 12, 15)
EVENING = datetime(2024, 12, 5, 20, 40, tzinfo=clock.VIETNAM)


def make_campaign(*units: Unit, kinds: tuple[str, ...] = ("KS", "KH"), closed: bool = False) -> Campaign:
    """Return a campaign of the founding example's length; without units it has one commune."""
    campaign = Campaign.objects.create(
        title="Peak campaign",
        office=make_district(),
        kinds=list(kinds),
        starts=STARTS,
        deadline=DEADLINE,
    )
    for unit in units or (make_commune(),):
        CampaignUnit.objects.create(campaign=campaign, unit=unit)
    if closed:
        # Last: nothing of a closed campaign is changed any more.
        campaign.closed = True
        campaign.save(update_fields=["closed"])
    return campaign


def typist() -> User:
    """Return somebody who types."""
    known = User.objects.filter(username="typist").first()
    return known or make_person("typist", Role.OFFICER, make_commune())


def type_in(
    book: Book,
    count: int,
    *,
    status: Status = Status.ENTERED,
    standing: Standing = Standing.NORMAL,
    at: datetime = EVENING,
    **columns: object,
) -> list[Record]:
    """Put so many entries without a number into a book, as one statement."""
    by = typist()
    return Record.objects.bulk_create(
        Record(
            book=book,
            kind=book.kind,
            place_id=book.place_id,
            custodian_id=book.custodian_id,
            status=status,
            standing=standing,
            entered_by=by,
            entered_at=at,
            **columns,
        )
        for _ in range(count)
    )
