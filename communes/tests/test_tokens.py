"""Tokens: made by their owner, never more than the owner, and ended by whatever ends the owner's access."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from civreg.lib import clock
from communes import accounts, tokens
from communes.models import ApiToken, Posting, Role, TokenRight, User
from communes.rights import Rights
from communes.tests.cast import Office, make_office, make_person, make_unit
from communes.tokens import NewToken, TokenState

pytestmark = pytest.mark.django_db


@pytest.fixture
def office() -> Office:
    return make_office()


def token_of(person: User, **changes: Any) -> NewToken:
    unit = changes.pop("unit", None) or person.postings.get().unit
    asked: dict[str, Any] = {"rights": [TokenRight.BOOKS], "name": "Báo cáo hằng đêm", "days": 90} | changes
    return tokens.make_token(by=User.objects.get(pk=person.pk), unit=unit, **asked)


def test_the_secret_is_found_again_and_kept_nowhere(office: Office) -> None:
    made = token_of(office.officer)
    assert made.secret.startswith("civreg_")
    assert len(made.secret) == 50
    assert tokens.find(made.secret) == made.token
    with connection.cursor() as cursor:
        cursor.execute("SELECT t::text FROM communes_apitoken t")
        (row,) = cursor.fetchone()
    assert made.secret not in row
    assert made.secret[7:-4] not in row


def test_two_tokens_have_nothing_in_common(office: Office) -> None:
    secrets = {token_of(office.officer, name=f"Việc {n}").secret[7:20] for n in range(20)}
    assert len(secrets) == 20


@pytest.mark.parametrize("secret", ["", "civreg_", "civreg_" + "a" * 43, "x" * 50, "civreg_" + "ế" * 43])
def test_what_is_no_secret_opens_nothing(office: Office, secret: str) -> None:
    token_of(office.officer)
    assert tokens.find(secret) is None


def test_a_digest_read_from_the_database_is_no_secret(office: Office) -> None:
    made = token_of(office.officer)
    assert tokens.find(made.token.digest) is None
    assert tokens.find(f"civreg_{made.token.digest[:43]}") is None


def test_nobody_gives_a_right_they_do_not_have(office: Office) -> None:
    chairman = make_person("chairman", "Bùi Văn Chủ", Role.CHAIRMAN, office.district)
    with pytest.raises(ValidationError) as refused:
        token_of(chairman, rights=[TokenRight.RECORDS])
    assert list(refused.value.message_dict) == ["rights"]
    assert token_of(chairman, rights=[TokenRight.FIGURES]).token.rights == ["see_figures"]


def test_a_right_that_is_no_tokens_is_refused(office: Office) -> None:
    with pytest.raises(ValidationError):
        token_of(office.admin, rights=["administer"])


def test_nobody_makes_one_for_a_unit_of_others(office: Office) -> None:
    with pytest.raises(ValidationError):
        token_of(office.officer, unit=office.soc_dang)
    assert set(tokens.units_for_tokens(office.officer)) == {office.hop_nhat}


def test_justice_chooses_the_district_or_one_commune_under_it(office: Office) -> None:
    justice = make_person("justice", "Vũ Thị Thu", Role.JUSTICE, office.district)
    assert list(tokens.units_for_tokens(justice)) == [office.district, office.hop_nhat, office.soc_dang]
    assert token_of(justice, unit=office.soc_dang).token.unit == office.soc_dang


@pytest.mark.parametrize("days", [0, -1, 366, 10**6])
def test_it_lasts_from_a_day_to_a_year(office: Office, days: int) -> None:
    with pytest.raises(ValidationError) as refused:
        token_of(office.officer, days=days)
    assert list(refused.value.message_dict) == ["days"]


def test_it_never_outlasts_the_account(office: Office) -> None:
    ends_on = clock.today() + timedelta(days=12)
    User.objects.filter(pk=office.officer.pk).update(ends_on=ends_on)
    assert token_of(office.officer).token.ends_on == ends_on
    assert token_of(office.officer, days=3, name="Khác").token.last_day == clock.today() + timedelta(days=2)


def test_a_second_press_of_the_button_makes_no_second_token(office: Office) -> None:
    first = token_of(office.officer)
    with pytest.raises(ValidationError) as refused:
        token_of(office.officer, name="  Báo cáo  hằng đêm ")
    assert list(refused.value.message_dict) == ["name"]
    tokens.revoke(by=office.officer, token=first.token)
    assert token_of(office.officer).token.pk != first.token.pk


def end_the_post(owner: User, admin: User) -> None:
    Posting.objects.filter(user=owner).update(valid_to=clock.today())


def close_the_account(owner: User, admin: User) -> None:
    User.objects.filter(pk=owner.pk).update(is_active=False)


def reach_the_end_of_the_account(owner: User, admin: User) -> None:
    User.objects.filter(pk=owner.pk).update(ends_on=clock.today())


def choose_another_password(owner: User, admin: User) -> None:
    owner.set_password("gahe-tega-vebu-kuna")
    owner.save()


def be_given_a_password(owner: User, admin: User) -> None:
    accounts.reset_password(by=admin, account=owner)


def have_to_choose_a_password(owner: User, admin: User) -> None:
    User.objects.filter(pk=owner.pk).update(must_change_password=True)


def reach_its_end(owner: User, admin: User) -> None:
    ApiToken.objects.update(created_on=clock.today() - timedelta(days=10), ends_on=clock.today())


def be_revoked(owner: User, admin: User) -> None:
    tokens.revoke(by=admin, token=owner.tokens.get())


ENDS: list[tuple[Callable[[User, User], None], TokenState]] = [
    (end_the_post, TokenState.NO_POST),
    (close_the_account, TokenState.NO_POST),
    (reach_the_end_of_the_account, TokenState.NO_POST),
    (choose_another_password, TokenState.PASSWORD),
    (be_given_a_password, TokenState.PASSWORD),
    (have_to_choose_a_password, TokenState.PASSWORD),
    (reach_its_end, TokenState.ENDED),
    (be_revoked, TokenState.REVOKED),
]


@pytest.mark.parametrize(("happens", "state"), ENDS, ids=[one.__name__ for one, _state in ENDS])
def test_it_ends_at_once(office: Office, happens: Callable[[User, User], None], state: TokenState) -> None:
    made = token_of(office.officer)
    assert tokens.find(made.secret) is not None
    happens(User.objects.get(pk=office.officer.pk), office.admin)
    assert tokens.find(made.secret) is None
    assert tokens.state_of(ApiToken.objects.get()) is state


def test_a_password_chosen_later_does_not_bring_it_back(office: Office) -> None:
    made = token_of(office.officer)
    be_given_a_password(office.officer, office.admin)
    choose_another_password(office.officer, office.admin)
    User.objects.update(must_change_password=False)
    assert tokens.find(made.secret) is None


def test_it_ends_with_the_post_in_its_unit_whatever_other_posts_remain(office: Office) -> None:
    made = token_of(office.officer)
    end_the_post(office.officer, office.admin)
    Posting.objects.create(
        user=office.officer, unit=office.soc_dang, role=Role.OFFICER, valid_from=clock.today()
    )
    assert tokens.find(made.secret) is None


def test_a_post_given_again_later_does_not_bring_it_back(office: Office) -> None:
    made = token_of(office.officer)
    ApiToken.objects.update(created_on=clock.today() - timedelta(days=5))
    assert tokens.find(made.secret) is not None
    end_the_post(office.officer, office.admin)
    Posting.objects.create(
        user=office.officer, unit=office.hop_nhat, role=Role.OFFICER, valid_from=clock.today()
    )
    assert tokens.find(made.secret) is None
    again = token_of(office.officer, unit=office.hop_nhat, name="Sau này")
    assert tokens.find(again.secret) is not None


def edited(office: Office, **changes: Any) -> None:
    values = {"name": "Đỗ Thị Lan", "ends_on": None, "is_active": True} | changes
    account = User.objects.get(pk=office.officer.pk)
    accounts.edit_account(by=office.admin, account=account, values=values)


def test_an_account_closed_and_opened_again_has_no_token_left(office: Office) -> None:
    made = token_of(office.officer)
    edited(office, is_active=False)
    edited(office)
    assert tokens.find(made.secret) is None
    assert ApiToken.objects.get().revoked_by == office.admin


def test_an_end_given_to_the_account_is_the_tokens_end_too(office: Office) -> None:
    made, ends_on = token_of(office.officer), clock.today() + timedelta(days=3)
    edited(office, ends_on=ends_on)
    edited(office)
    assert ApiToken.objects.get().ends_on == ends_on
    assert tokens.find(made.secret) is not None


def test_a_revoked_token_keeps_who_revoked_it_first(office: Office) -> None:
    made = token_of(office.officer)
    tokens.revoke(by=office.admin, token=made.token)
    before = ApiToken.objects.get().revoked_at
    tokens.revoke(by=office.officer, token=made.token)
    assert (ApiToken.objects.get().revoked_at, ApiToken.objects.get().revoked_by) == (before, office.admin)


def test_its_use_is_written_down_once_a_day(office: Office, django_assert_num_queries: Any) -> None:
    token = token_of(office.officer).token
    tokens.note_use(token)
    assert ApiToken.objects.get().last_used_on == clock.today()
    with django_assert_num_queries(0):
        tokens.note_use(ApiToken(pk=token.pk, last_used_on=clock.today()))


def narrowed(person: User, unit: Any, *rights: str) -> Rights:
    return Rights.of(User.objects.get(pk=person.pk)).narrowed(unit, rights, since=clock.today())


def test_it_leaves_what_it_names_of_what_the_owner_has(office: Office) -> None:
    rights = narrowed(office.officer, office.hop_nhat, "see_books", "make_papers")
    assert [right for right in ("see_books", "see_records", "enter", "make_papers") if rights.may(right)] == [
        "see_books"
    ]
    assert rights.may("see_reference")


def test_it_leaves_the_posts_of_its_unit_alone(office: Office) -> None:
    Posting.objects.create(
        user=office.officer, unit=office.soc_dang, role=Role.LEADER, valid_from=clock.today()
    )
    rights = narrowed(office.officer, office.hop_nhat, *TokenRight)
    assert rights.own_units(*Role) == {office.hop_nhat.pk}


def test_justice_narrowed_to_a_commune_is_justice_of_that_commune_alone(office: Office) -> None:
    justice = make_person("justice", "Vũ Thị Thu", Role.JUSTICE, office.district)
    one = narrowed(justice, office.soc_dang, *TokenRight)
    whole = narrowed(justice, office.district, *TokenRight)
    assert one.own_units(Role.JUSTICE) == {office.soc_dang.pk}
    assert whole.own_units(Role.JUSTICE) == {office.district.pk}
    assert (one.covers(office.soc_dang), one.covers(office.hop_nhat), one.covers(office.district)) == (
        True,
        False,
        False,
    )
    assert (whole.covers(office.soc_dang), whole.covers(office.province)) == (True, False)


def test_a_token_of_the_province_covers_what_is_two_levels_under_it(office: Office) -> None:
    reader = make_person("province", "Lê Văn Tỉnh", Role.PROVINCE, office.province)
    assert narrowed(reader, office.province, "see_figures").covers(office.soc_dang)


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.JUSTICE}))
def test_no_other_post_of_the_district_reaches_into_a_commune(office: Office, role: Role) -> None:
    person = make_person("above", "Người trên", role, office.district)
    assert not narrowed(person, office.soc_dang, *TokenRight).postings


def test_a_unit_elsewhere_leaves_nothing(office: Office) -> None:
    elsewhere = make_unit("lap-thach", "Lập Thạch")
    assert not narrowed(office.officer, elsewhere, *TokenRight).postings


@pytest.mark.parametrize(
    "change",
    [
        lambda: {"rights": []},
        lambda: {"rights": ["administer"]},
        lambda: {"ends_on": clock.today()},
        lambda: {"ends_on": clock.today() + timedelta(days=366)},
        lambda: {"revoked_at": clock.now()},
    ],
)
def test_the_database_refuses_a_token_that_cannot_be(
    office: Office, change: Callable[[], dict[str, Any]]
) -> None:
    token_of(office.officer)
    with pytest.raises(IntegrityError), transaction.atomic():
        ApiToken.objects.update(**change())


def test_a_list_of_tokens_asks_no_more_with_more_of_them(
    office: Office, django_assert_max_num_queries: Any
) -> None:
    for n in range(5):
        token_of(office.officer, name=f"Việc {n}")
    with django_assert_max_num_queries(3):
        rows = tokens.listed(User.objects.get(pk=office.officer.pk))
    assert [row.state for row in rows] == [TokenState.IN_USE] * 5
