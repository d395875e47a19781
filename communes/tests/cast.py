"""A small office for the tests of communes: one district, two communes, and the people who work there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.test import Client

from communes.models import Installation, Level, Posting, Role, SupportRequest, Unit, User

PASSWORD = "kuna-vebu-tega-4827"
LONG_AGO = date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Office:
    """The units of the tests, their administrator and the officer of Hợp Nhất."""

    province: Unit
    district: Unit
    hop_nhat: Unit
    soc_dang: Unit
    admin: User
    officer: User


def make_office() -> Office:
    """Set up an installation with a province, its district, two communes and two people."""
    province = make_unit("phu-tho", "Phú Thọ", level=Level.PROVINCE, kind="tỉnh")
    district = make_unit("huyen-doan-hung", "Đoan Hùng", level=Level.DISTRICT, kind="huyện", parent=province)
    hop_nhat = make_unit("hop-nhat", "Hợp Nhất", parent=district)
    soc_dang = make_unit("soc-dang", "Sóc Đăng", parent=district)
    Installation.objects.create(office=district)
    return Office(
        province,
        district,
        hop_nhat,
        soc_dang,
        admin=make_person("admin", "Trần Văn Quản", Role.ADMINISTRATOR, district),
        officer=make_person("officer.hop-nhat", "Đỗ Thị Lan", Role.OFFICER, hop_nhat),
    )


def make_unit(
    slug: str,
    name: str,
    *,
    level: Level = Level.COMMUNE,
    kind: str = "xã",
    parent: Unit | None = None,
    valid_from: date = LONG_AGO,
    valid_to: date | None = None,
) -> Unit:
    """Make one unit."""
    return Unit.objects.create(
        slug=slug, name=name, level=level, kind=kind, parent=parent, valid_from=valid_from, valid_to=valid_to
    )


def make_person(username: str, name: str, role: Role | None = None, unit: Unit | None = None) -> User:
    """Make an account that may log in, with one post when a role and a unit are given."""
    person = User.objects.create_user(username, name=name, password=PASSWORD)
    if role is not None and unit is not None:
        Posting.objects.create(user=person, unit=unit, role=role, valid_from=LONG_AGO)
    return person


def log_in(person: User) -> Client:
    """Return a browser in which the person has logged in."""
    browser = Client()
    browser.force_login(person)
    return browser


def last_of(one: SupportRequest) -> int:
    """Return the id of the last step of a request: what somebody knows who looks at it now."""
    return one.steps.latest("pk").pk
