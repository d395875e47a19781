"""Thresholds of the rules are data, by the time from which they hold."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from civreg.lib.partial_dates import PartialDate
from digitization.record_types.checks import RULES
from digitization.record_types.law import THRESHOLDS, constant, in_force, surely_in_force


def test_every_threshold_belongs_to_a_rule_and_says_where_it_comes_from() -> None:
    assert THRESHOLDS.keys() <= RULES.keys()
    assert all(at.values and at.source for lines in THRESHOLDS.values() for at in lines)


def test_the_thresholds_of_a_rule_stand_in_the_order_of_time() -> None:
    for lines in THRESHOLDS.values():
        since = [at.since or date.min for at in lines]
        assert since == sorted(set(since))


def test_a_term_begins_on_its_day() -> None:
    begins = date(2006, 4, 1)
    assert in_force("KS3", begins) == {"days": 60}
    assert in_force("KS3", begins - timedelta(days=1)) == {"days": 30}
    assert in_force("KS3", date(1990, 1, 1)) is None


def test_a_date_that_may_lie_on_both_sides_of_an_act_has_no_term() -> None:
    assert surely_in_force("KS3", PartialDate("2006")) is None
    assert surely_in_force("KS3", PartialDate("2007")) == {"days": 60}


def test_an_act_that_changes_nothing_makes_no_doubt() -> None:
    assert surely_in_force("KH2", PartialDate("1987")) == {"men": 20, "women": 18}


def test_what_changed_is_no_constant() -> None:
    assert constant("KT2", "oldest") == 120
    with pytest.raises(ValueError, match="unpack"):
        constant("KS3", "days")
