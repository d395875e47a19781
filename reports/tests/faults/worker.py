"""A worker to be killed: at every line it reads it forks a child that does all tasks again and again, in any order.

It is a process of its own, started once; a fork of it is at work within milliseconds, and may be killed anywhere.
"""

from __future__ import annotations

import os
import sys
from random import Random
from typing import NoReturn
from unittest import mock

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "civreg.settings"
django.setup()

from django.conf import settings  # noqa: E402
from django.db import connections  # noqa: E402

from civreg import env  # noqa: E402
from reports import tasks  # noqa: E402
from reports.progress import reconcile  # noqa: E402

TASKS = (
    tasks.roll_up,
    tasks.cut_off,
    tasks.rebuild_days,
    tasks.refresh_paces,
    tasks.foresee,
    tasks.send_digests,
    tasks.reconcile_all,
)


def serve() -> None:
    """Fork a child for every seed read, say its number, and wait for its end."""
    for line in sys.stdin:
        child = os.fork()
        if not child:
            _work(line)
        _say(str(child))
        os.waitpid(child, 0)
        _say("gone")


def _say(word: str) -> None:
    sys.stdout.write(f"{word}\n")
    sys.stdout.flush()


def _work(seed: str) -> NoReturn:
    order = list(TASKS)
    chance = Random(seed)
    # A recount that finds figures one roll-up behind waits for it, asleep: nothing would be killed there.
    with mock.patch.object(reconcile.time, "sleep"):
        while True:
            chance.shuffle(order)
            for task in order:
                task()


if __name__ == "__main__":
    connections["default"].settings_dict["NAME"] = sys.argv[1]
    settings.MAIL_SERVER = env.MailServer("127.0.0.1", 1, "", "", tls=False, starttls=False)
    serve()
