"""The door: log-in, log-out, the page a person lands on."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from communes.models import Role, User
from communes.tests.cast import PASSWORD, make_office, make_person

pytestmark = pytest.mark.django_db

LOGIN = "/dang-nhap/"


def test_an_officer_logs_in_with_any_letter_case_of_the_user_name(client: Client) -> None:
    officer = make_office().officer
    answer = client.post(LOGIN, {"username": "Officer.Hop-Nhat", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/")
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_a_wrong_password_keeps_the_user_name_and_says_why(client: Client) -> None:
    officer = make_office().officer
    answer = client.post(LOGIN, {"username": officer.username, "password": "wrong"})
    assert answer.status_code == 422
    assert 'value="officer.hop-nhat"' in answer.content.decode()
    assert answer.context["form"].non_field_errors()
    assert "wrong" not in answer.content.decode()


@pytest.mark.parametrize("change", [{"is_active": False}, {"ends_on": date(2021, 1, 1)}])
def test_a_closed_or_ended_account_stays_outside(client: Client, change: dict[str, object]) -> None:
    officer = make_office().officer
    User.objects.filter(pk=officer.pk).update(**change)
    assert client.post(LOGIN, {"username": officer.username, "password": PASSWORD}).status_code == 422


def test_an_account_closed_during_the_day_is_out_at_the_next_page(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    assert client.get(reverse("communes:password")).status_code == 200
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert client.get(reverse("communes:password"))["Location"].startswith(LOGIN)


def test_log_in_leads_back_to_the_page_the_person_came_for(client: Client) -> None:
    officer = make_office().officer
    answer = client.post(LOGIN + "?next=/mat-khau/", {"username": officer.username, "password": PASSWORD})
    assert answer["Location"] == "/mat-khau/"


@pytest.mark.parametrize("away", ["https://example.org/", "//example.org/x", "javascript:alert(1)"])
def test_log_in_never_leads_to_another_site(client: Client, away: str) -> None:
    officer = make_office().officer
    answer = client.post(LOGIN, {"username": officer.username, "password": PASSWORD, "next": away})
    assert answer["Location"] == "/"


def test_log_out_takes_a_button_not_a_link(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    assert client.get("/dang-xuat/").status_code == 405
    assert client.post("/dang-xuat/")["Location"] == LOGIN
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize(
    ("role", "room"),
    [
        (Role.ADMINISTRATOR, "communes:accounts"),
        (Role.OFFICER, "digitization:books"),
        (Role.HELPER, "digitization:books"),
        (Role.LEADER, "digitization:books"),
        (Role.TASK_FORCE, "reports:dashboard"),
        (Role.CHAIRMAN, "reports:dashboard"),
        (Role.PROVINCE, "reports:dashboard"),
    ],
)
def test_everyone_begins_the_day_in_their_own_room(client: Client, role: Role, room: str) -> None:
    office = make_office()
    client.force_login(make_person("somebody", "Lê Thị Mai", role, office.hop_nhat))
    assert client.get("/")["Location"] == reverse(room)


def test_a_person_without_a_post_is_told_so_and_a_stranger_is_sent_to_log_in(client: Client) -> None:
    make_office()
    assert client.get("/")["Location"] == f"{LOGIN}?next=/"
    client.force_login(make_person("nobody", "Lê Thị Mai"))
    assert client.get("/").status_code == 403


@pytest.mark.parametrize("door", [LOGIN, "/dang-nhap/?next=/so/", "abc"])
def test_the_door_is_no_page_to_come_for(client: Client, door: str) -> None:
    officer = make_office().officer
    client.force_login(officer)
    assert client.get(LOGIN, {"next": door})["Location"] == "/"
