"""What tests of notices need: a task force, people in two communes, and letters already sent."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any
from uuid import uuid4

from communes.models import Notice, Role, Unit, User
from communes.notices import sending
from communes.tests.cast import Office, make_office, make_person


@dataclass(frozen=True, slots=True)
class Cast:
    """The office with who writes, and who reads in Hợp Nhất and Sóc Đăng."""

    office: Office
    taskforce: User
    officer: User
    leader: User
    helper: User
    other: User


def make_cast() -> Cast:
    """Set up the district with a task force, an officer, leader and helper in Hợp Nhất, an officer in Sóc Đăng."""
    office = make_office()
    return Cast(
        office=office,
        taskforce=make_person("taskforce", "Lý Thị Hoa", Role.TASK_FORCE, office.district),
        officer=office.officer,
        leader=make_person("leader", "Mai Văn Thọ", Role.LEADER, office.hop_nhat),
        helper=make_person("helper", "Tạ Thị Na", Role.HELPER, office.hop_nhat),
        other=make_person("officer.soc-dang", "Kiều Văn Sơn", Role.OFFICER, office.soc_dang),
    )


def send(cast: Cast, *units: Unit, **words: Any) -> Notice:
    """Send a notice (a directive where it has a number) of the task force; without units to Hợp Nhất."""
    directive = "number" in words
    said = {
        "kind": Notice.Kind.DIRECTIVE if directive else Notice.Kind.NOTICE,
        "number": "",
        "dated": "2024-12-02" if directive else None,
        "subject": "Giờ chốt số liệu",
        "body": "Chốt lúc 17 giờ.",
        "due_on": None,
    } | words
    return sending.send(
        by=cast.taskforce,
        office=cast.office.district,
        units=units or (cast.office.hop_nhat,),
        words=said,
        attachment=None,
        intent=uuid4(),
    )
