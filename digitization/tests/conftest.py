"""The cast of the tests of this floor: two communes of a district, and the people who work there."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest

from communes.models import Role
from digitization.tests.making import make_book, make_commune, make_district, make_person


@pytest.fixture
def cast(db: None) -> Any:
    """Return the people and places most tests are about.

    Lan and Mai are officers of Sóc Đăng, Bình its leader, Tú its helper; Minh is officer of Hợp Nhất;
    Thu is the district's justice office, Hoa the task force, Sơn the administrator.
    """
    district = make_district()
    soc_dang = make_commune()
    hop_nhat = make_commune("Hợp Nhất", "hop-nhat")
    return SimpleNamespace(
        district=district,
        soc_dang=soc_dang,
        hop_nhat=hop_nhat,
        book=make_book(soc_dang),
        lan=make_person("lan", Role.OFFICER, soc_dang, name="Đỗ Thị Lan"),
        mai=make_person("mai", Role.OFFICER, soc_dang, name="Hà Thị Mai"),
        tu=make_person("tu", Role.HELPER, soc_dang, name="Lê Anh Tú"),
        binh=make_person("binh", Role.LEADER, soc_dang, name="Phùng Văn Bình"),
        minh=make_person("minh", Role.OFFICER, hop_nhat, name="Cao Văn Minh"),
        thu=make_person("thu", Role.JUSTICE, district, name="Vũ Thị Thu"),
        hoa=make_person("hoa", Role.TASK_FORCE, district, name="Nguyễn Thị Hòa"),
        son=make_person("son", Role.ADMINISTRATOR, district, name="Trần Sơn"),
    )
