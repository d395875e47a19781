"""Percentages that never flatter: truncated, never rounded up (2,485 of 2,486 is 99.9 %, not 100 %)."""

from __future__ import annotations


def tenths_of_percent(part: int, whole: int) -> int | None:
    """Return the share in tenths of a percent, truncated; None where there is no whole to share."""
    return part * 1000 // whole if whole else None


def whole_percent(part: int, whole: int) -> int | None:
    """Return the share as a whole percent, truncated; None where there is no whole to share."""
    return part * 100 // whole if whole else None
