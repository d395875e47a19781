"""Telling the database who acts."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction

from communes.models import User


@contextmanager
def acting(user: User) -> Iterator[None]:
    """Run the block in one transaction in which the database knows the acting person (``civreg.actor``).

    Triggers that keep evidence read the setting; it ends with the transaction.
    """
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('civreg.actor', %s, true)", [str(user.pk)])
        yield
