"""What every page shows around its content: the office, the person, and what they may do."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from communes.models import Installation
from communes.rights import Rights


def office(request: HttpRequest) -> dict[str, Any]:
    """Return ``installation``, ``may`` and ``posting`` for the templates; nothing is read before a page asks."""
    rights = getattr(request, "rights", None) or Rights.of(request.user)
    return {
        "installation": SimpleLazyObject(Installation.current),
        "may": rights,
        "posting": rights.main_posting(),
    }
