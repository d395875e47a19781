"""One's own password."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from communes.forms import OwnPasswordForm
from communes.models import User
from communes.tests.cast import PASSWORD, make_office

pytestmark = pytest.mark.django_db

PAGE = "/mat-khau/"
NEW = "nui-do-song-lo-1998"


def change(client: Client, old: str, new: str, again: str) -> int:
    """Send the form and return the status."""
    fields = {"old_password": old, "new_password1": new, "new_password2": again}
    return client.post(PAGE, fields).status_code


def test_a_password_given_by_the_administrator_is_changed_before_anything_else(client: Client) -> None:
    officer = make_office().officer
    User.objects.filter(pk=officer.pk).update(must_change_password=True)
    answer = client.post("/dang-nhap/", {"username": officer.username, "password": PASSWORD})
    assert answer["Location"] == PAGE
    assert client.get("/")["Location"] == PAGE
    assert change(client, PASSWORD, NEW, NEW) == 302
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert not officer.must_change_password


def test_a_change_keeps_this_browser_in_and_logs_the_others_out(client: Client) -> None:
    officer = make_office().officer
    other = Client()
    for browser in (client, other):
        browser.force_login(officer)
    assert change(client, PASSWORD, NEW, NEW) == 302
    assert client.get(reverse("communes:password_done")).status_code == 200
    assert other.get(PAGE).status_code == 302


def test_a_wrong_old_password_or_two_different_new_ones_change_nothing(client: Client) -> None:
    officer = make_office().officer
    client.force_login(officer)
    assert change(client, "wrong", NEW, NEW) == 422
    assert change(client, PASSWORD, NEW, NEW + "x") == 422
    assert change(client, PASSWORD, "123456", "123456") == 422
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_the_present_password_is_no_new_one_and_neither_is_ones_own_name(client: Client) -> None:
    officer = make_office().officer
    User.objects.filter(pk=officer.pk).update(must_change_password=True, name="Kimanhthuy Do")
    client.force_login(officer)
    assert change(client, PASSWORD, PASSWORD, PASSWORD) == 422
    assert change(client, PASSWORD, "kimanhthuydo", "kimanhthuydo") == 422
    officer.refresh_from_db()
    assert officer.must_change_password
    assert officer.check_password(PASSWORD)


def test_a_change_does_not_open_an_account_that_was_closed_meanwhile() -> None:
    officer = make_office().officer
    fields = {"old_password": PASSWORD, "new_password1": NEW, "new_password2": NEW}
    form = OwnPasswordForm(User.objects.get(pk=officer.pk), fields)
    User.objects.filter(pk=officer.pk).update(is_active=False)
    assert form.is_valid()
    form.save()
    officer.refresh_from_db()
    assert officer.check_password(NEW)
    assert not officer.is_active
