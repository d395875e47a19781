"""Every role and every token against every address of the API, as a table written by hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from communes import tokens
from communes.models import Role, User
from digitization.tests.making import make_record
from reports.tests.api.district import District, make_whole_district

pytestmark = pytest.mark.django_db

# -s and -h are about Sóc Đăng and Hợp Nhất. E is typing: an empty body is 400 for whoever may type.
ADDRESSES = {
    "P": "/api/v1/progress/",
    "Ps": "/api/v1/progress/?unit=soc-dang",
    "Ph": "/api/v1/progress/?unit=hop-nhat",
    "B": "/api/v1/books/",
    "Bs": "/api/v1/books/{book_soc}/",
    "Bh": "/api/v1/books/{book_hop}/",
    "R": "/api/v1/records/",
    "Rs": "/api/v1/records/{record_soc}/",
    "Rh": "/api/v1/records/{record_hop}/",
    "Es": "/api/v1/books/{book_soc}/entries/",
    "Eh": "/api/v1/books/{book_hop}/entries/",
    "U": "/api/v1/units/",
    "Uh": "/api/v1/units/hop-nhat/",
    "K": "/api/v1/kinds/",
    "Kk": "/api/v1/kinds/KS/",
    "S": "/api/v1/schema/",
}
EVERYBODY = "U Uh K Kk S "
# What is open, and what is not there for them; everything else is 403.
WITH_A_LOG_IN = {
    Role.OFFICER: ("P Ps Ph B Bs R Rs Es", "Bh Rh Eh"),
    Role.HELPER: ("B Bs R Rs Es", "Bh Rh Eh"),
    Role.LEADER: ("P Ps Ph B Bs R Rs", "Bh Rh"),
    Role.JUSTICE: ("P Ps Ph B Bs Bh R Rs Rh", ""),
    Role.TASK_FORCE: ("P Ps Ph", ""),
    Role.CHAIRMAN: ("P Ps Ph", ""),
    Role.PROVINCE: ("P Ps Ph", ""),
    Role.ADMINISTRATOR: ("P Ps Ph", ""),
}
WITH_A_TOKEN = {
    (Role.OFFICER, "soc-dang", "see_figures"): ("Ps", "Ph"),
    (Role.OFFICER, "soc-dang", "see_books"): ("B Bs", "Bh"),
    (Role.OFFICER, "soc-dang", "see_records"): ("R Rs", "Rh"),
    (Role.OFFICER, "soc-dang", "enter"): ("Es", "Eh"),
    (Role.OFFICER, "soc-dang", "see_books enter"): ("B Bs Es", "Bh Eh"),
    (Role.HELPER, "soc-dang", "see_books"): ("B Bs", "Bh"),
    (Role.HELPER, "soc-dang", "see_records"): ("R Rs", "Rh"),
    (Role.HELPER, "soc-dang", "enter"): ("Es", "Eh"),
    (Role.LEADER, "soc-dang", "see_figures"): ("Ps", "Ph"),
    (Role.LEADER, "soc-dang", "see_books"): ("B Bs", "Bh"),
    (Role.LEADER, "soc-dang", "see_records"): ("R Rs", "Rh"),
    (Role.JUSTICE, "huyen-doan-hung", "see_figures"): ("P Ps Ph", ""),
    (Role.JUSTICE, "huyen-doan-hung", "see_books"): ("B Bs Bh", ""),
    (Role.JUSTICE, "huyen-doan-hung", "see_records"): ("R Rs Rh", ""),
    (Role.JUSTICE, "soc-dang", "see_figures"): ("Ps", "Ph"),
    (Role.JUSTICE, "soc-dang", "see_books"): ("B Bs", "Bh"),
    (Role.JUSTICE, "soc-dang", "see_records"): ("R Rs", "Rh"),
    (Role.JUSTICE, "hop-nhat", "see_books see_records"): ("B Bh R Rh", "Bs Rs"),
    (Role.TASK_FORCE, "huyen-doan-hung", "see_figures"): ("P Ps Ph", ""),
    (Role.CHAIRMAN, "huyen-doan-hung", "see_figures"): ("P Ps Ph", ""),
    (Role.PROVINCE, "phu-tho", "see_figures"): ("P Ps Ph", ""),
    (Role.ADMINISTRATOR, "huyen-doan-hung", "see_figures"): ("P Ps Ph", ""),
}


@pytest.fixture
def district(db: None) -> District:
    return make_whole_district()


def asked(district: District, client: Client, **headers: str) -> dict[str, int]:
    """Return the status of every address."""
    ids = {
        **{f"book_{slug[:3]}": book.pk for slug, book in district.books.items()},
        **{f"record_{slug[:3]}": record.pk for slug, record in district.records.items()},
    }
    found = {}
    for name, address in ADDRESSES.items():
        where = address.format(**ids)
        answer = (
            client.post(where, {}, content_type="application/json", headers=headers)
            if name.startswith("E")
            else client.get(where, headers=headers)
        )
        found[name] = answer.status_code
    return found


def table(opened: str, missing: str) -> dict[str, int]:
    """Return the statuses a line of the tables stands for."""
    names = {name: 404 for name in missing.split()}
    names |= {name: 400 if name.startswith("E") else 200 for name in (EVERYBODY + opened).split()}
    return {name: names.get(name, 403) for name in ADDRESSES}


def token(district: District, role: Role, slug: str, rights: str) -> dict[str, str]:
    """Return the header of a new token of the person with this role."""
    owner = User.objects.get(pk=district.people[role].pk)
    made = tokens.make_token(
        by=owner, unit=district.units[slug], rights=rights.split(), name=f"{slug} {rights}", days=30
    )
    return {"authorization": f"Bearer {made.secret}"}


@pytest.mark.parametrize("role", list(Role))
def test_a_role_is_admitted_to_its_duties_and_to_its_own(district: District, role: Role) -> None:
    client = Client()
    client.force_login(district.people[role])
    assert asked(district, client) == table(*WITH_A_LOG_IN[role])


@pytest.mark.parametrize(("role", "slug", "rights"), list(WITH_A_TOKEN))
def test_a_token_opens_what_it_names_in_its_unit(
    district: District, role: Role, slug: str, rights: str
) -> None:
    expected = table(*WITH_A_TOKEN[role, slug, rights])
    assert asked(district, Client(), **token(district, role, slug, rights)) == expected


def test_every_right_every_role_can_give_is_in_the_table(district: District) -> None:
    given = {
        (role, unit.slug, right)
        for role, person in district.people.items()
        for unit in tokens.units_for_tokens(person)
        for right in tokens.rights_in(person, unit)
    }
    lines = {(role, slug, right) for role, slug, rights in WITH_A_TOKEN for right in rights.split()}
    assert given - lines == {(Role.JUSTICE, "hop-nhat", "see_figures")}


def test_lists_hold_the_tokens_unit_alone(district: District) -> None:
    headers = token(district, Role.JUSTICE, "soc-dang", "see_books see_records")
    books, records = (
        Client().get(f"/api/v1/{name}/", headers=headers).json() for name in ("books", "records")
    )
    assert [book["unit"] for book in books] == ["soc-dang"]
    assert [record["unit"] for record in records] == ["soc-dang"]
    for name in ("books", "records"):
        answer = Client().get(f"/api/v1/{name}/", {"unit": "hop-nhat"}, headers=headers)
        assert answer.status_code == 404


def test_a_helpers_token_sees_what_the_helper_typed(district: District) -> None:
    headers = token(district, Role.HELPER, "soc-dang", "see_records")
    assert len(Client().get("/api/v1/records/", headers=headers).json()) == 1
    officers = token(district, Role.OFFICER, "soc-dang", "see_records")
    make_record(district.books["soc-dang"], district.people[Role.OFFICER])
    assert len(Client().get("/api/v1/records/", headers=headers).json()) == 1
    assert len(Client().get("/api/v1/records/", headers=officers).json()) == 2


def test_a_right_lost_by_the_owner_is_lost_by_the_token(district: District) -> None:
    headers = token(district, Role.OFFICER, "soc-dang", "see_figures see_books")
    posting = district.people[Role.OFFICER].postings.get()
    posting.role = Role.HELPER
    posting.save()
    found: Any = asked(district, Client(), **headers)
    assert (found["Ps"], found["Bs"]) == (403, 200)


def test_strangers_get_nothing(district: District) -> None:
    assert set(asked(district, Client()).values()) == {401}


def test_the_district_is_not_told_to_a_token_of_one_commune_and_it_says_what_to_do(
    district: District,
) -> None:
    headers = token(district, Role.OFFICER, "soc-dang", "see_figures") | {"accept-language": "en"}
    assert "?unit=<slug>" in Client().get("/api/v1/progress/", headers=headers).json()["detail"]
