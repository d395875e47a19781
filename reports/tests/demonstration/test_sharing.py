"""Parts that add up to the whole."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reports.demonstration.sharing import share_out


@given(st.integers(0, 100_000), st.lists(st.integers(1, 500), min_size=1, max_size=40))
def test_parts_add_up_and_follow_their_weights(whole: int, weights: list[int]) -> None:
    parts = share_out(whole, weights)
    assert sum(parts) == whole
    assert all(
        abs(part - whole * weight / sum(weights)) < 1 for part, weight in zip(parts, weights, strict=True)
    )


@given(st.lists(st.tuples(st.integers(0, 50), st.integers(0, 30)), min_size=1, max_size=20), st.data())
def test_no_part_is_above_its_most(parts: list[tuple[int, int]], data: st.DataObject) -> None:
    weights, most = [weight + 1 for weight, _ in parts], [top for _, top in parts]
    whole = data.draw(st.integers(0, sum(most)))
    shared = share_out(whole, weights, most=most)
    assert sum(shared) == whole
    assert all(part <= top for part, top in zip(shared, most, strict=True))


def test_it_refuses_what_does_not_fit() -> None:
    with pytest.raises(ValueError, match="do not fit"):
        share_out(7, [1, 1], most=[3, 3])
