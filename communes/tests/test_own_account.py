"""One's own account page: tokens are made, shown once and revoked here; and how the administrator sees them."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.contrib.sessions.models import Session
from django.test import Client

from communes import tokens
from communes.models import ApiToken, Role, TokenRight, User
from communes.tests.cast import PASSWORD, Office, log_in, make_office, make_person

pytestmark = pytest.mark.django_db
PAGE = "/tai-khoan/"
NEW = "/tai-khoan/ma-truy-cap/"


@pytest.fixture
def office() -> Office:
    return make_office()


@pytest.fixture
def desk(office: Office) -> Client:
    return log_in(office.officer)


def form(office: Office, **changes: Any) -> dict[str, Any]:
    return {
        "name": "Báo cáo hằng đêm",
        "unit": office.hop_nhat.pk,
        "rights": ["see_figures", "see_books"],
        "days": "30",
        "password": PASSWORD,
    } | changes


def secret_in(answer: Any) -> str:
    found = re.search(r"civreg_[A-Za-z0-9]{43}", answer.content.decode())
    assert found
    return found[0]


def test_the_secret_is_shown_once_and_is_in_no_other_place(office: Office, desk: Client) -> None:
    answer = desk.post(NEW, form(office))
    secret = secret_in(answer)
    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    assert tokens.find(secret) == ApiToken.objects.get()
    after = desk.get(PAGE)
    assert "civreg_" not in after.content.decode()
    assert "Báo cáo hằng đêm" in after.content.decode()
    kept = [str(session.get_decoded()) for session in Session.objects.all()]
    assert not any(secret in text for text in (*kept, str(desk.cookies), str(answer.headers)))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"name": ""}, "name"),
        ({"unit": "999999"}, "unit"),
        ({"rights": []}, "rights"),
        ({"rights": ["administer"]}, "rights"),
        ({"days": "366"}, "days"),
        ({"days": "0"}, "days"),
        ({"password": "khong-dung"}, "password"),
    ],
)
def test_a_faulty_form_makes_nothing_and_names_the_field(
    office: Office, desk: Client, change: dict[str, Any], field: str
) -> None:
    answer = desk.post(NEW, form(office, **change))
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert PASSWORD not in answer.content.decode()
    assert not ApiToken.objects.exists()


def test_a_right_of_another_post_is_refused_at_the_rights(office: Office) -> None:
    twice = make_person("twice", "Lê Thị Hai", Role.OFFICER, office.hop_nhat)
    twice.postings.create(unit=office.soc_dang, role=Role.LEADER, valid_from="2020-01-01")
    answer = log_in(twice).post(NEW, form(office, unit=office.soc_dang.pk, rights=["enter"]))
    assert list(answer.context["form"].errors) == ["rights"]


def test_the_form_offers_only_what_one_has_oneself(office: Office, desk: Client) -> None:
    chairman = make_person("chairman", "Bùi Văn Chủ", Role.CHAIRMAN, office.district)
    offered = log_in(chairman).get(PAGE).context["form"].fields["rights"].choices
    assert [value for value, _label in offered] == ["see_figures"]
    assert len(desk.get(PAGE).context["form"].fields["rights"].choices) == len(TokenRight)


def test_one_revokes_ones_own_and_nobody_elses(office: Office, desk: Client) -> None:
    own = tokens.find(secret_in(desk.post(NEW, form(office))))
    assert own is not None
    other = make_person("officer2", "Hà Thị Mai", Role.OFFICER, office.hop_nhat)
    address = f"{NEW}{own.pk}/thu-hoi/"
    assert log_in(other).post(address).status_code == 404
    assert desk.get(address).status_code == 405
    assert desk.post(address)["Location"] == PAGE
    own.refresh_from_db()
    assert own.revoked_by == office.officer
    assert f'action="{address}"' not in desk.get(PAGE).content.decode()


def test_the_administrator_sees_who_has_tokens_without_their_secrets_and_revokes_them(
    office: Office, desk: Client
) -> None:
    secret = secret_in(desk.post(NEW, form(office)))
    admin = log_in(office.admin)
    address = f"/quan-tri/tai-khoan/{office.officer.pk}/"
    page = admin.get(address).content.decode()
    assert "Báo cáo hằng đêm" in page
    assert secret not in page
    token = ApiToken.objects.get()
    foreign = f"/quan-tri/tai-khoan/{office.admin.pk}/ma-truy-cap/{token.pk}/thu-hoi/"
    assert admin.post(foreign).status_code == 404
    assert admin.post(f"{address}ma-truy-cap/{token.pk}/thu-hoi/")["Location"] == address
    assert tokens.find(secret) is None
    assert office.admin.name in desk.get(PAGE).content.decode()


def test_a_one_time_password_leads_to_another_first(office: Office, desk: Client) -> None:
    User.objects.filter(pk=office.officer.pk).update(must_change_password=True)
    for answer in (desk.get(PAGE), desk.post(NEW, form(office))):
        assert answer["Location"] == "/mat-khau/"


def test_somebody_without_a_post_sees_their_account_and_can_make_no_token(office: Office) -> None:
    nobody = log_in(make_person("without", "Lê Văn Không"))
    page = nobody.get(PAGE)
    assert page.status_code == 200
    assert NEW not in page.content.decode()
    assert nobody.post(NEW, form(office)).status_code == 403


def test_the_name_in_the_corner_leads_here(desk: Client) -> None:
    assert f'class="who" href="{PAGE}"' in desk.get(PAGE).content.decode()


def test_a_new_password_says_beforehand_which_tokens_end_with_it(office: Office, desk: Client) -> None:
    assert desk.get("/mat-khau/").context["working_tokens"] == 0
    secret = secret_in(desk.post(NEW, form(office)))
    assert desk.get("/mat-khau/").context["working_tokens"] == 1
    chosen = "gahe-tega-vebu-kuna"
    desk.post("/mat-khau/", {"old_password": PASSWORD, "new_password1": chosen, "new_password2": chosen})
    assert tokens.find(secret) is None
    assert desk.get("/mat-khau/").context["working_tokens"] == 0
