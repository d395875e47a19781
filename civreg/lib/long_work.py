"""Work that is known to take long, in a database that gives everybody short limits (``DATABASES`` in the settings)."""

from __future__ import annotations

from django.db import connection

_OWN_PACE = ("statement_timeout", "idle_in_transaction_session_timeout")


def lift_time_limits(*, patient: bool = True) -> None:
    """Lift the time limits of statements and pauses for the rest of the current transaction.

    With ``patient`` the transaction also waits as long as it must for what others hold; without, it gives up like
    everybody, for work whose waiting would make others wait. Nothing happens outside of a transaction.
    """
    with connection.cursor() as cursor:
        for limit in (*_OWN_PACE, "lock_timeout") if patient else _OWN_PACE:
            cursor.execute(f"SET LOCAL {limit} = 0")
