"""E-mail leaves through the outbox: once for each person, whatever the mail server or the worker does."""

from __future__ import annotations

import logging
from datetime import timedelta
from time import monotonic
from typing import Any

import pytest

from civreg.lib import clock
from communes import tasks
from communes.mail import sending as outbox
from communes.models import Mail, Posting, Role, User
from communes.notices import sending
from communes.tests.cast import LONG_AGO, log_in
from communes.tests.mail.server import MailServer
from communes.tests.notices.making import Cast, make_cast, send

pytestmark = pytest.mark.django_db
State = Mail.State


@pytest.fixture
def cast() -> Cast:
    cast = make_cast()
    give_address(cast.officer, "lan@example.vn")
    return cast


def give_address(person: User, address: str, **choices: Any) -> None:
    User.objects.filter(pk=person.pk).update(email=address, **choices)


def states() -> list[str]:
    return list(Mail.objects.order_by("pk").values_list("state", flat=True))


def later(monkeypatch: pytest.MonkeyPatch, after: timedelta) -> None:
    moment = clock.real_now() + after
    monkeypatch.setattr(clock, "real_now", lambda: moment)


def test_a_letter_says_what_came_and_where_to_read_it_and_no_more(cast: Cast, server: MailServer) -> None:
    notice = send(cast, subject="Đẩy nhanh tiến độ", body="Nội dung chỉ đọc trong phần mềm")
    tasks.send_mail()
    ((address, text),) = server.letters
    assert address == "lan@example.vn"
    assert f"https://hotich.example.vn/thong-bao/{notice.pk}/" in text
    assert "Auto-Submitted: auto-generated" in text
    assert "Nội dung" not in text
    assert states() == [State.SENT]
    tasks.send_mail()
    assert len(server.letters) == 1


def test_without_a_mail_server_nothing_is_laid_out(cast: Cast) -> None:
    send(cast)
    tasks.send_mail()
    assert states() == []


def test_sending_a_notice_never_speaks_to_the_server(cast: Cast, server: MailServer) -> None:
    server.manners = "silent"
    send(cast)
    assert server.connections == 0
    assert states() == [State.WAITING]


def test_who_has_no_address_or_wants_none_is_left_alone(cast: Cast, server: MailServer) -> None:
    give_address(cast.officer, "lan@example.vn", mail_notices=False)
    send(cast)
    assert states() == []


def test_somebody_at_two_units_gets_one_letter(cast: Cast, server: MailServer) -> None:
    Posting.objects.create(
        user=cast.officer, unit=cast.office.soc_dang, role=Role.LEADER, valid_from=LONG_AGO
    )
    send(cast, cast.office.hop_nhat, cast.office.soc_dang)
    assert states() == [State.WAITING]


def test_who_reads_it_first_in_the_product_gets_no_letter(cast: Cast, server: MailServer) -> None:
    notice = send(cast)
    log_in(cast.officer).get(f"/thong-bao/{notice.pk}/")
    tasks.send_mail()
    assert (states(), server.letters) == ([State.DROPPED], [])


@pytest.mark.parametrize("change", ["withdrawn", "left", "closed", "changed her mind"])
def test_what_is_no_longer_wanted_is_not_sent(cast: Cast, server: MailServer, change: str) -> None:
    notice = send(cast)
    if change == "withdrawn":
        sending.withdraw(by=cast.taskforce, notice=notice, why="Nhầm")
    elif change == "left":
        cast.officer.postings.update(valid_to=clock.today())
    elif change == "closed":
        User.objects.filter(pk=cast.officer.pk).update(is_active=False)
    else:
        give_address(cast.officer, "")
    tasks.send_mail()
    assert (states(), server.letters) == ([State.DROPPED], [])


def test_a_reminder_is_a_letter_of_its_own(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = send(cast)
    tasks.send_mail()
    tomorrow = clock.today() + timedelta(days=1)
    monkeypatch.setattr(clock, "today", lambda: tomorrow)
    sending.remind(by=cast.taskforce, notice=notice)
    tasks.send_mail()
    assert len(server.letters) == 2
    assert Mail.objects.last().subject.startswith("Nhắc lại")  # type: ignore[union-attr]


def test_a_person_the_server_does_not_know_is_not_tried_again(cast: Cast, server: MailServer) -> None:
    server.manners = "unknown"
    send(cast)
    tasks.send_mail()
    assert states() == [State.REFUSED]


@pytest.mark.parametrize(
    "answer",
    [
        b"550 5.1.1 The account does not exist",
        b"550-5.1.1 The account\r\n550 5.1.1 does not exist",
        b"553 5.1.3 Bad address syntax",
        b"550 5.1.10 Recipient not found",
        b"550 No such user here",
        b"550 <lan@example.vn>: User unknown in local recipient table",
        b"551 User not local",
        b"553 Mailbox name not allowed",
    ],
)
def test_an_address_that_is_wrong_is_given_up(cast: Cast, server: MailServer, answer: bytes) -> None:
    server.of_people = answer + b"\r\n"
    send(cast)
    tasks.send_mail()
    assert states() == [State.REFUSED]


@pytest.mark.parametrize(
    "answer",
    [
        b"550 relay denied",
        b"550 5.7.1 Unable to relay",
        b"550 5.7.1 Relaying denied for unknown user",
        b"553 sorry, that domain isn't in my list of allowed rcpthosts",
        b"550 5.1.8 Sender address rejected: Domain not found",
        b"550 5.1.7 Invalid sender",
        b"550 Unknown sender address",
        b"550 Blocked, see our policy",
        b"550 nobody",
        b"553 This user is not allowed to send from here",
        b"550 Requested action not taken: mailbox unavailable",
        b"552 5.2.2 Mailbox full",
        b"554 5.7.0 No such user, or spam",
        b"530 5.7.0 Authentication required",
        b"500 what?",
    ],
)
def test_a_refusal_that_is_not_about_the_address_is_asked_again(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    server.of_people = answer + b"\r\n"
    send(cast)
    tasks.send_mail()
    assert states() == [State.WAITING]
    server.of_people = b""
    later(monkeypatch, timedelta(minutes=2))
    tasks.send_mail()
    assert (states(), len(server.letters)) == ([State.SENT], 1)


def test_a_server_that_names_the_address_only_after_the_letter_is_believed(
    cast: Cast, server: MailServer
) -> None:
    server.of_letters = b"550 5.1.1 nobody\r\n"
    send(cast)
    tasks.send_mail()
    assert states() == [State.REFUSED]


@pytest.mark.parametrize("manners", ["busy", "silent"])
def test_a_server_that_does_not_take_it_is_asked_again_later(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch, manners: str
) -> None:
    server.manners = manners
    send(cast)
    tasks.send_mail()
    assert states() == [State.WAITING]
    server.manners = "fine"
    tasks.send_mail()
    assert server.letters == []
    later(monkeypatch, timedelta(minutes=2))
    tasks.send_mail()
    assert (states(), len(server.letters)) == ([State.SENT], 1)


def test_a_server_that_is_away_for_a_day_is_given_up(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    server.stop()
    send(cast)
    waits, at = [], clock.real_now()
    while states() == [State.WAITING]:
        tasks.send_mail()
        if states() == [State.WAITING]:
            mail = Mail.objects.get()
            waits.append(mail.next_try - at)
            at = mail.next_try
            monkeypatch.setattr(clock, "real_now", lambda now=at: now)
    assert states() == [State.REFUSED]
    assert waits == sorted(waits)
    assert max(waits) <= timedelta(hours=1)
    assert len(waits) < 40


@pytest.mark.parametrize("manners", ["dies", "hangs", "mumbles"])
def test_a_letter_the_server_may_have_is_never_sent_again(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch, manners: str
) -> None:
    server.manners = manners
    send(cast)
    tasks.send_mail()
    server.manners = "fine"
    later(monkeypatch, timedelta(hours=5))
    tasks.send_mail()
    assert (states(), len(server.letters)) == ([State.UNKNOWN], 1)


def test_a_letter_that_is_refused_is_no_worse_for_the_next(cast: Cast, server: MailServer) -> None:
    give_address(cast.leader, "tho@example.vn")
    server.manners = "spam"
    send(cast)
    tasks.send_mail()
    assert states() == [State.WAITING, State.WAITING]
    assert server.connections == 1


def test_what_has_waited_too_long_does_not_leave_any_more(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(cast)
    later(monkeypatch, timedelta(days=3))
    tasks.send_mail()
    assert (states(), server.letters, server.connections) == ([State.REFUSED], [], 0)


@pytest.mark.parametrize("manners", ["slow", "drips"])
def test_a_slow_server_holds_the_worker_no_longer_than_a_round(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch, manners: str
) -> None:
    """One letter takes 1.8 seconds with the greeting, and none is begun in the second half; what drips has no end."""
    monkeypatch.setattr(outbox, "ROUND", 3.0)
    give_address(cast.leader, "tho@example.vn")
    server.manners, server.thinks = manners, 0.3
    send(cast)
    began = monotonic()
    tasks.send_mail()
    assert monotonic() - began < 3.7
    assert sorted(states()) == ([State.SENT, State.WAITING] if manners == "slow" else [State.WAITING] * 2)
    server.manners = "fine"
    later(monkeypatch, timedelta(minutes=2))
    tasks.send_mail()
    assert states() == [State.SENT, State.SENT]
    assert len(server.letters) == 2


def test_a_letter_is_not_handed_over_where_no_time_is_left_to_hear_the_answer(
    cast: Cast, server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The server is ready for the letter after 1.2 seconds, and an answer may take a second."""
    monkeypatch.setattr(outbox, "ROUND", 2.0)
    server.manners, server.thinks = "slow", 0.24
    send(cast)
    tasks.send_mail()
    assert (states(), server.letters) == ([State.WAITING], [])


def test_what_a_dead_worker_had_in_hand_is_not_sent_twice(cast: Cast, server: MailServer) -> None:
    send(cast)
    assert outbox._take() is not None
    tasks.send_mail()
    assert (states(), server.letters) == ([State.UNKNOWN], [])


def test_an_address_the_server_cannot_read_stops_nobody_else(cast: Cast, server: MailServer) -> None:
    give_address(cast.officer, "lan@đoanhùng.vn")
    give_address(cast.leader, "tho@example.vn")
    send(cast)
    tasks.send_mail()
    assert sorted(states()) == [State.REFUSED, State.SENT]


def test_no_log_names_anybody(
    cast: Cast, server: MailServer, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    send(cast, subject="Chuyện riêng")
    for at, manners in enumerate(("silent", "busy", "unknown")):
        server.manners = manners
        later(monkeypatch, timedelta(hours=at))
        tasks.send_mail()
    assert "does not answer" in caplog.text
    for told in ("lan@example.vn", cast.officer.name, "Chuyện riêng"):
        assert told not in caplog.text
