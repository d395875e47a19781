"""Several workers find the same outbox at the same moment."""

from __future__ import annotations

from threading import Thread

from django.db import connections

from communes import tasks
from communes.models import Mail, User
from communes.tests.mail.server import MailServer
from communes.tests.notices.making import make_cast, send


def test_two_workers_at_once_send_each_letter_once(committed_database: str, server: MailServer) -> None:
    cast = make_cast()
    for n, person in enumerate((cast.officer, cast.leader, cast.other)):
        User.objects.filter(pk=person.pk).update(email=f"person{n}@example.vn")
    send(cast, cast.office.hop_nhat, cast.office.soc_dang)

    def work() -> None:
        try:
            for _again in range(3):
                tasks.send_mail()
        finally:
            connections.close_all()

    workers = [Thread(target=work) for _ in range(4)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [mail.state for mail in Mail.objects.all()] == [Mail.State.SENT] * 3
    assert sorted(address for address, _text in server.letters) == [
        "person0@example.vn",
        "person1@example.vn",
        "person2@example.vn",
    ]
