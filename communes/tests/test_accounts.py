"""The administrator's pages about accounts."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.test import Client
from django.utils import translation

from civreg.lib import clock
from communes import accounts
from communes.models import Posting, Role, User
from communes.one_time_passwords import new_password
from communes.tests.cast import PASSWORD, Office, log_in, make_office, make_person

pytestmark = pytest.mark.django_db

LIST = "/quan-tri/tai-khoan/"
NEW = "/quan-tri/tai-khoan/moi/"


def new_helper(office: Office, **changes: object) -> dict[str, object]:
    """Return the form of a new helper of Hợp Nhất."""
    return {
        "name": "Lê  Thị Mai ",
        "username": "Helper.Hop-Nhat",
        "ends_on": "31/12/2199",
        "posting-role": Role.HELPER,
        "posting-unit": office.hop_nhat.pk,
        "posting-valid_from": "01/11/2024",
        "posting-valid_to": "",
    } | changes


def test_only_the_administrator_enters(client: Client) -> None:
    officer = make_office().officer
    assert client.get(LIST)["Location"] == f"/dang-nhap/?next={LIST}"
    client.force_login(officer)
    for address in (LIST, NEW, f"{LIST}{officer.pk}/"):
        assert client.get(address).status_code == 403
    assert client.post(f"{LIST}{officer.pk}/mat-khau/").status_code == 403
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_a_new_account_opens_with_the_password_shown_once() -> None:
    office = make_office()
    desk = log_in(office.admin)
    answer = desk.post(NEW, new_helper(office))
    password = answer.context["handover"].password
    assert password in answer.content.decode()
    helper = User.objects.get(username="helper.hop-nhat")
    assert helper.name == "Lê Thị Mai"
    assert helper.must_change_password
    assert helper.postings.get().unit == office.hop_nhat
    assert Client().login(username="helper.hop-nhat", password=password)
    assert password not in desk.get(f"{LIST}{helper.pk}/").content.decode()


@pytest.mark.parametrize(
    ("change", "form", "field"),
    [
        ({"name": ""}, "form", "name"),
        ({"username": "officer.hop-nhat"}, "form", "username"),
        ({"username": "có dấu"}, "form", "username"),
        ({"ends_on": "31/02/2025"}, "form", "ends_on"),
        ({"posting-unit": ""}, "posting_form", "unit"),
        ({"posting-valid_to": "01/10/2024"}, "posting_form", "__all__"),
    ],
)
def test_a_faulty_form_opens_nothing_names_the_field_and_keeps_what_was_typed(
    change: dict[str, object], form: str, field: str
) -> None:
    office = make_office()
    desk = log_in(office.admin)
    before = User.objects.count()
    answer = desk.post(NEW, new_helper(office, **change))
    assert answer.status_code == 422
    assert field in answer.context[form].errors
    assert 'value="31/12/2199"' in answer.content.decode() or "ends_on" in change
    assert User.objects.count() == before


def test_the_list_is_searched_without_accents_by_name_user_name_and_unit() -> None:
    office = make_office()
    desk = log_in(office.admin)
    make_person("leader.soc-dang", "Hà Văn Sơn", Role.LEADER, office.soc_dang)
    found = {
        words: [row.user.username for row in desk.get(LIST, {"words": words}).context["page"]]
        for words in ("do lan", "HOP NHAT", "soc-dang", "khong co ai")
    }
    assert found == {
        "do lan": ["officer.hop-nhat"],
        "HOP NHAT": ["officer.hop-nhat"],
        "soc-dang": ["leader.soc-dang"],
        "khong co ai": [],
    }
    leaders = desk.get(LIST, {"role": Role.LEADER}).context["page"]
    assert [row.user.username for row in leaders] == ["leader.soc-dang"]


def test_closed_accounts_are_listed_on_request() -> None:
    office = make_office()
    officer = office.officer
    desk = log_in(office.admin)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert officer.username not in desk.get(LIST).content.decode()
    assert officer.username in desk.get(LIST, {"everybody": "on"}).content.decode()


def test_the_list_asks_the_database_the_same_number_of_questions_for_many_accounts(
    django_assert_max_num_queries: object,
) -> None:
    office = make_office()
    desk = log_in(office.admin)
    for number in range(30):
        make_person(f"helper.{number}", "Lê Thị Mai", Role.HELPER, office.hop_nhat)
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        desk.get(LIST)


def test_name_and_end_can_be_changed_and_the_account_closed() -> None:
    office = make_office()
    officer = office.officer
    desk = log_in(office.admin)
    answer = desk.post(f"{LIST}{officer.pk}/", {"name": "Đỗ Thị Lan Anh", "ends_on": "01/02/2199"})
    assert answer.status_code == 302
    officer.refresh_from_db()
    assert (officer.name, officer.is_active) == ("Đỗ Thị Lan Anh", False)
    assert f"{officer.ends_on:%d/%m/%Y}" == "01/02/2199"


def test_the_administrator_cannot_lock_themselves_out() -> None:
    office = make_office()
    admin = office.admin
    desk = log_in(office.admin)
    answer = desk.post(f"{LIST}{admin.pk}/", {"name": admin.name, "ends_on": ""})
    assert answer.status_code == 422
    post = admin.postings.get()
    desk.post(f"{LIST}{admin.pk}/phan-cong/{post.pk}/ket-thuc/")
    admin.refresh_from_db()
    post.refresh_from_db()
    assert admin.is_active
    assert post.valid_to is None


def test_a_post_is_added_once_and_ended_from_today() -> None:
    office = make_office()
    officer = office.officer
    desk = log_in(office.admin)
    address = f"{LIST}{officer.pk}/phan-cong/"
    post = {"role": Role.HELPER, "unit": office.soc_dang.pk, "valid_from": "01/11/2024", "valid_to": ""}
    assert desk.post(address, post).status_code == 302
    again = desk.post(address, post)
    assert again.status_code == 422
    assert again.context["posting_form"].non_field_errors()
    held = officer.postings.get(role=Role.HELPER)
    desk.post(f"{address}{held.pk}/ket-thuc/")
    held.refresh_from_db()
    assert held.valid_to == clock.today()
    assert not Posting.objects.at(clock.today()).filter(pk=held.pk).exists()


def test_a_post_that_has_not_begun_is_ended_the_day_after_it_begins() -> None:
    office = make_office()
    officer = office.officer
    desk = log_in(office.admin)
    later = clock.today() + timedelta(days=30)
    post = Posting.objects.create(user=officer, unit=office.soc_dang, role=Role.OFFICER, valid_from=later)
    desk.post(f"{LIST}{officer.pk}/phan-cong/{post.pk}/ket-thuc/")
    post.refresh_from_db()
    assert post.valid_to == later + timedelta(days=1)


def test_a_post_is_ended_on_the_page_of_its_own_person_only() -> None:
    office = make_office()
    officer = office.officer
    admin = office.admin
    desk = log_in(office.admin)
    post = officer.postings.get()
    assert desk.post(f"{LIST}{admin.pk}/phan-cong/{post.pk}/ket-thuc/").status_code == 404


def test_a_new_password_replaces_the_old_one_and_ends_its_sessions() -> None:
    office = make_office()
    officer = office.officer
    desk = log_in(office.admin)
    browser = Client()
    browser.force_login(officer)
    answer = desk.post(f"{LIST}{officer.pk}/mat-khau/")
    officer.refresh_from_db()
    assert officer.check_password(answer.context["handover"].password)
    assert not officer.check_password(PASSWORD)
    assert officer.must_change_password
    assert browser.get("/mat-khau/").status_code == 302


def test_passwords_read_aloud_survive_a_vietnamese_keyboard() -> None:
    made = {new_password() for _ in range(500)}
    assert len(made) == 500
    for password in made:
        *words, digits = password.split("-")
        assert re.fullmatch(r"[2-9]{4}", digits)
        assert len(words) == 4
        assert all(re.fullmatch(r"(?:[bghkmnptv][aeu]){2}", word) and word[1] != word[3] for word in words)


def test_nobody_gives_a_post_to_themselves() -> None:
    office = make_office()
    desk = log_in(office.admin)
    post = {"role": Role.OFFICER, "unit": office.hop_nhat.pk, "valid_from": "01/11/2024", "valid_to": ""}
    answer = desk.post(f"{LIST}{office.admin.pk}/phan-cong/", post)
    assert answer.status_code == 422
    assert answer.context["posting_form"].non_field_errors()
    assert office.admin.postings.count() == 1


def test_a_post_on_the_last_day_of_the_calendar_is_left_with_words() -> None:
    office = make_office()
    desk = log_in(office.admin)
    post = Posting.objects.create(
        user=office.officer, unit=office.soc_dang, role=Role.OFFICER, valid_from=date.max
    )
    answer = desk.post(f"{LIST}{office.officer.pk}/phan-cong/{post.pk}/ket-thuc/", follow=True)
    assert answer.status_code == 200
    assert list(answer.context["messages"])
    post.refresh_from_db()
    assert post.valid_to is None


def test_the_end_of_a_post_is_asked_for_twice() -> None:
    office = make_office()
    page = log_in(office.admin).get(f"{LIST}{office.officer.pk}/").content.decode()
    before, after = page.split("/ket-thuc/", 1)
    assert before.rindex("<details>") > before.rindex("<tr")
    assert after.index("</form>") < after.index("</details>")


def test_an_account_opened_by_somebody_else_at_the_same_moment_is_said_at_its_field() -> None:
    office = make_office()
    twin = User(username=office.officer.username, name="Lê Thị Mai")
    posting = Posting(role=Role.HELPER, unit=office.hop_nhat, valid_from=date(2024, 11, 1))
    with pytest.raises(ValidationError) as refused:
        accounts.open_account(by=office.admin, account=twin, posting=posting)
    assert set(refused.value.message_dict) == {"username"}


def test_a_post_given_by_somebody_else_at_the_same_moment_is_refused_with_words() -> None:
    office = make_office()
    held = office.officer.postings.get()
    again = Posting(user=office.officer, unit=held.unit, role=held.role, valid_from=held.valid_from)
    again.validate_constraints = lambda exclude=None: None  # type: ignore[method-assign]
    with translation.override("en"), pytest.raises(ValidationError, match="already holds"):
        accounts.add_posting(by=office.admin, posting=again)


def test_a_fault_that_is_no_clash_stays_a_fault() -> None:
    office = make_office()
    nowhere = Posting(user=office.officer, role=Role.HELPER, valid_from=date(2024, 11, 1))
    with pytest.raises(IntegrityError):
        accounts.add_posting(by=office.admin, posting=nowhere)
