"""The only clock of the product. Business time may stand apart from real time in a demonstration.

Business time says when records were entered, which campaign day it is and what a paper prints. Sessions,
intents and evidence use real time. Nothing else in the code base may ask the computer for the time.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_offset: timedelta | None = None


def _no_offset() -> timedelta | None:
    return timedelta()


_provider: Callable[[], timedelta | None] = _no_offset


def use_offset(provider: Callable[[], timedelta | None]) -> None:
    """Take the offset (real time minus business time) from ``provider``; None means "not known yet, ask again"."""
    global _provider, _offset
    _provider, _offset = provider, None


def forget_offset() -> None:
    """Ask the provider again at the next call: the installation has just been set up."""
    global _offset
    _offset = None


def offset() -> timedelta:
    """Return real time minus business time: zero in production."""
    global _offset
    if _offset is None:
        _offset = _provider()
    return _offset or timedelta()


def real_now() -> datetime:
    """Return the moment by the computer's clock, aware, in UTC."""
    return datetime.now(UTC)


def now() -> datetime:
    """Return the moment in business time, aware, in UTC."""
    return real_now() - offset()


def today() -> date:
    """Return the business date in Viet Nam (a UTC date would be wrong for seven hours a day)."""
    return now().astimezone(VIETNAM).date()


def as_business(moment: datetime) -> datetime:
    """Turn a moment of the real clock (a heartbeat, a transaction time) into business time."""
    return moment - offset()
