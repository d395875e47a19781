"""Sharing a whole number out so that the parts add up to it exactly."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction


def share_out(whole: int, weights: Sequence[int], *, most: Sequence[int] | None = None) -> list[int]:
    """Return whole parts in proportion to ``weights`` (largest remainder), none above its ``most``.

    Ties go to the earlier part. Raises ValueError when the parts cannot hold the whole.
    """
    room = list(most) if most is not None else [whole] * len(weights)
    if sum(room) < whole or (whole and not any(weights)):
        raise ValueError(f"{whole} do not fit into {sum(room)}")
    parts = [0] * len(weights)
    while left := whole - sum(parts):
        open_parts = [at for at in range(len(parts)) if parts[at] < room[at]]
        for at, extra in zip(open_parts, _quotas(left, [weights[at] or 1 for at in open_parts]), strict=True):
            parts[at] = min(parts[at] + extra, room[at])
    return parts


def _quotas(whole: int, weights: Sequence[int]) -> list[int]:
    shares = [Fraction(whole * weight, sum(weights)) for weight in weights]
    parts = [int(share) for share in shares]
    by_remainder = sorted(range(len(parts)), key=lambda at: (parts[at] - shares[at], at))
    for at in by_remainder[: whole - sum(parts)]:
        parts[at] += 1
    return parts
