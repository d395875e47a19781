"""What every page shows around its content: the office, the person, and what they may do."""

from __future__ import annotations

from typing import Any

from django.db.models import Q
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from civreg.lib import clock
from communes.models import Installation, Posting, Role, User
from communes.navigation import doors
from communes.notices.unread import unread_column
from communes.rights import Rights


def office(request: HttpRequest) -> dict[str, Any]:
    """Return what the templates may ask for; nothing is read before one does.

    ``installation``, ``may`` (the rights), ``doors`` (of the rooms), ``posting``, ``unread`` (how many notices wait),
    ``administrators`` (names) and ``printed_at`` (now).
    """
    rights = getattr(request, "rights", None) or Rights.of(request.user)
    # Every page names its office; how many notices wait comes with it, so that no page asks more for them.
    installation = SimpleLazyObject(lambda: Installation.current(unread=unread_column(request.user, rights)))
    return {
        "installation": installation,
        "may": rights,
        # A list: a page prints it twice, beside the office and in the menu of a phone.
        "doors": SimpleLazyObject(lambda: list(doors(request, rights))),
        "posting": rights.main_posting(),
        "unread": lambda: getattr(installation, "unread", 0),
        "administrators": administrators,
        "printed_at": clock.now,
    }


def administrators() -> list[str]:
    """Return the names of those who can give a right today: what a page says that refuses somebody."""
    today = clock.today()
    open_accounts = User.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), is_active=True)
    in_office = Posting.objects.at(today).filter(role=Role.ADMINISTRATOR, user__in=open_accounts)
    return sorted(set(in_office.values_list("user__name", flat=True)))
