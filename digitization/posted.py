"""Reading what every posted form of this floor carries: an intent, and the version the person was looking at."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import QueryDict


def intent_in(data: QueryDict) -> UUID:
    """Return the form's intent; a new one where it is missing or spoilt, so that the act still has one."""
    try:
        return UUID(data.get("intent", ""))
    except ValueError:
        return uuid4()


def version_in(data: QueryDict) -> int:
    """Return the version the form was made from; 0, which matches nothing, where it is missing or spoilt."""
    return whole(data.get("version", ""))


def whole(text: str) -> int:
    """Return a small natural number; 0 for anything else."""
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
