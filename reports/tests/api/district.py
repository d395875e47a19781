"""A district in which everything the API speaks about is there once: two communes, each with a book and entries."""

from __future__ import annotations

from dataclasses import dataclass

from communes.models import Level, Role, Unit, User
from digitization.models import Book, Record
from digitization.tests.making import (
    LONG_AGO,
    make_book,
    make_commune,
    make_district,
    make_person,
    make_record,
)
from reports.progress.rollup import roll_up
from reports.tests.making import make_campaign


@dataclass(frozen=True, slots=True)
class District:
    """Units by slug, people by role, books and entries by the slug of their unit."""

    units: dict[str, Unit]
    people: dict[Role, User]
    books: dict[str, Book]
    records: dict[str, Record]


def make_whole_district() -> District:
    """Return the district; officer, helper and leader work in Sóc Đăng, whose entry the helper typed."""
    district, soc_dang, hop_nhat = make_district(), make_commune(), make_commune("Hợp Nhất", "hop-nhat")
    province = Unit.objects.create(
        slug="phu-tho", level=Level.PROVINCE, kind="tỉnh", name="Phú Thọ", valid_from=LONG_AGO
    )
    Unit.objects.filter(pk=district.pk).update(parent=province)
    places = {Role.OFFICER: soc_dang, Role.HELPER: soc_dang, Role.LEADER: soc_dang, Role.PROVINCE: province}
    people = {role: make_person(role.value, role, places.get(role, district)) for role in Role}
    books = {unit.slug: make_book(unit) for unit in (soc_dang, hop_nhat)}
    typist = make_person("officer.hop-nhat", Role.OFFICER, hop_nhat)
    records = {
        "soc-dang": make_record(books["soc-dang"], people[Role.HELPER]),
        "hop-nhat": make_record(books["hop-nhat"], typist, child_full_name="HÀ 4 QUYẾT"),
    }
    make_campaign(soc_dang, hop_nhat)
    roll_up()
    units = {unit.slug: unit for unit in Unit.objects.select_related("parent")}
    return District(units, people, books, records)
