"""The curve as geometry: what is missing stays missing, and every label has its place."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from reports.room.curve import NARROW, WIDE, Ahead, Course, CourseGoal, draw, missing_days, round_counts

COURSE = Course(
    closed=tuple((date(2024, 12, day), day * 1000) for day in (1, 2, 3, 4, 5)),
    first=date(2024, 11, 30),
    deadline=date(2024, 12, 15),
    open_day=date(2024, 12, 6),
    share_of_open_day=0.25,
    done=5_200,
    total=10_000,
    per_day=1000.0,
)


def points(line: str) -> list[tuple[float, float]]:
    return [(float(x), float(y)) for x, y in (pair.split(",") for pair in line.split())]


def test_closed_days_and_today_are_one_rising_line() -> None:
    (line,) = draw(COURSE, WIDE).lines
    drawn = points(line)
    assert len(drawn) == 6
    assert drawn == sorted(drawn)
    assert [y for _, y in drawn] == sorted((y for _, y in drawn), reverse=True)


def test_a_missed_day_leaves_a_gap() -> None:
    course = replace(COURSE, closed=tuple(point for point in COURSE.closed if point[0].day != 3))
    picture = draw(course, WIDE)
    assert [len(points(line)) for line in picture.lines] == [2, 3]
    assert picture.missing == 1


def test_the_number_of_today_never_stands_in_the_line_of_the_goal() -> None:
    course = replace(COURSE, open_day=date(2024, 12, 14), done=9_900)
    picture = draw(course, WIDE)
    assert float(picture.today_label[1]) > float(picture.goal) + 12
    long = replace(course, first=date(2024, 9, 1), open_day=date(2024, 12, 16), done=10_000)
    at_the_edge = draw(long, WIDE)
    assert float(at_the_edge.today_label[1]) > float(at_the_edge.goal) + 12
    assert at_the_edge.today_label[2] == "end"


def test_a_day_that_has_just_ended_is_not_missing_yet() -> None:
    course = replace(COURSE, closed=COURSE.closed[:4], share_of_open_day=0.001)
    assert draw(course, WIDE).missing == 1
    assert draw(replace(course, awaited=True), WIDE).missing == 0
    closed_at_once = replace(COURSE, share_of_open_day=0.001, awaited=True)
    assert draw(closed_at_once, WIDE).missing == 0


def test_a_single_closed_day_between_gaps_is_a_dot() -> None:
    course = replace(COURSE, closed=((date(2024, 12, 1), 100),))
    picture = draw(course, WIDE)
    assert (picture.lines, len(picture.dots), picture.missing) == ((), 1, 4)


def test_no_history_draws_only_today() -> None:
    picture = draw(replace(COURSE, closed=()), WIDE)
    assert (picture.lines, picture.dots, picture.missing) == ((), (), 0)
    assert float(picture.today[0]) > WIDE.left


def test_the_forecast_ends_at_the_goal() -> None:
    picture = draw(COURSE, WIDE)
    assert points(picture.forecast)[-1][1] == float(picture.goal)


def test_a_forecast_never_leaves_the_picture() -> None:
    slow = draw(replace(COURSE, per_day=1.0), NARROW)
    assert points(slow.forecast)[-1][0] <= NARROW.line_end


def test_without_a_pace_there_is_no_forecast() -> None:
    assert draw(replace(COURSE, per_day=None), WIDE).forecast == ""
    assert draw(replace(COURSE, per_day=0.0), WIDE).forecast == ""


AHEAD = Ahead(
    first=date(2024, 12, 6),
    slow=(5_500, 6_300, 7_000, 7_800, 8_600, 9_300, 10_000),
    middle=(6_000, 7_100, 8_200, 9_300, 10_000, 10_000, 10_000),
    fast=(6_400, 8_000, 9_700, 10_000, 10_000, 10_000, 10_000),
)


def test_the_cone_opens_at_today_and_closes_at_the_goal() -> None:
    picture = draw(replace(COURSE, ahead=AHEAD), WIDE)
    outline = points(picture.cone)
    today = tuple(float(place) for place in picture.today)
    assert outline[0] == outline[-1] == today
    assert min(y for _, y in outline) == float(picture.goal)
    fast, slow = outline[1:8], outline[8:15][::-1]
    assert all(f_y <= s_y and f_x == s_x for (f_x, f_y), (s_x, s_y) in zip(fast, slow, strict=True))


def test_the_likely_course_runs_inside_the_cone() -> None:
    picture = draw(replace(COURSE, ahead=AHEAD), WIDE)
    outline, middle = points(picture.cone), points(picture.forecast)
    for (_, fast), (_, y), (_, slow) in zip(outline[1:8], middle[1:], outline[8:15][::-1], strict=True):
        assert fast <= y <= slow


def test_without_a_forecast_there_is_no_cone_and_the_average_leads_on() -> None:
    picture = draw(COURSE, WIDE)
    assert picture.cone == ""
    assert picture.forecast


def test_a_cone_that_ends_after_the_deadline_makes_the_picture_longer() -> None:
    late = replace(AHEAD, slow=tuple(range(5_300, 10_001, 300)), middle=AHEAD.middle * 3, fast=AHEAD.fast * 3)
    plain, longer = (draw(replace(COURSE, ahead=ahead), WIDE) for ahead in (AHEAD, late))
    assert float(longer.due) < float(plain.due)
    assert all(x <= WIDE.line_end for x, _ in points(longer.cone))


def test_a_cone_of_yesterday_begins_today() -> None:
    old = replace(AHEAD, first=date(2024, 12, 4))
    xs = [x for x, _ in points(draw(replace(COURSE, ahead=old), WIDE).forecast)]
    assert xs == sorted(xs)


def test_a_stored_cone_is_read_as_counts() -> None:
    stored = {"first": "2024-12-06", "slow": [40, 30], "middle": [30, 10], "fast": [20, 0]}
    ahead = Ahead.of(stored, total=100)
    assert (ahead.slow, ahead.middle, ahead.fast) == ((60, 70), (70, 90), (80, 100))


def test_everything_stays_inside_both_pictures() -> None:
    for size in (WIDE, NARROW):
        picture = draw(COURSE, size)
        for x, y in (*points(picture.lines[0]), *points(picture.forecast)):
            assert size.left <= x <= size.line_end
            assert 0 <= y <= size.foot


def test_a_campaign_past_its_deadline_still_shows_both() -> None:
    late = draw(replace(COURSE, open_day=date(2025, 1, 10)), WIDE)
    assert float(late.due) < float(late.today[0]) <= WIDE.line_end


def test_a_district_with_nothing_to_do_yet_is_drawn() -> None:
    assert draw(replace(COURSE, closed=(), done=0, total=0), NARROW).counts


def test_counts_on_the_axis_are_round() -> None:
    assert list(round_counts(92_203, 5)) == [0, 20_000, 40_000, 60_000, 80_000]
    assert list(round_counts(7, 5)) == [0, 2, 4, 6]


def test_missing_days_are_counted_since_the_first_closed_one() -> None:
    days = [date(2024, 12, day) for day in (1, 2, 5)]
    assert missing_days(days, open_day=date(2024, 12, 6)) == 2
    assert missing_days([], open_day=date(2024, 12, 6)) == 0


def test_milestones_lie_on_their_day_and_their_share() -> None:
    goals = (CourseGoal(date(2024, 12, 10), 50, met=True), CourseGoal(date(2024, 12, 1), 5, met=False))
    later, early = draw(replace(COURSE, goals=goals), WIDE).goals
    ceiling, room = 10_000 * 1.06, WIDE.height - WIDE.top - WIDE.bottom
    (x, y), *_others = points(later.corners)
    assert abs(y + 5 - (WIDE.foot - room * 5_000 / ceiling)) < 0.1
    due = float(draw(COURSE, WIDE).due)
    assert points(early.corners)[0][0] < x < due
    assert (later.anchor, early.anchor) == ("end", "start")
