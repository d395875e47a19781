"""The fixed words of papers: Vietnamese in every language of the screen, because a paper is a legal text.

Nothing here goes through gettext on purpose.
"""

from __future__ import annotations

from datetime import date

# Two lines of about the same length, as the heading has room for.
TASK_FORCE = "Tổ công tác số hóa\ndữ liệu hộ tịch"
NOT_KNOWN = "–"


def day_in_words(day: date) -> str:
    """Write a day as Decree 30/2020 wants it: a leading zero for days under 10 and for months 1 and 2 only."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def place_and_day(place: str, day: date) -> str:
    """Write the line under the motto: "Đoan Hùng, ngày 05 tháng 12 năm 2024"."""
    return f"{place}, {day_in_words(day)}"


def tenths_in_words(tenths: int | None) -> str:
    """Write a share given in tenths of a percent: 838 is "83,8"; a dash where there is no whole."""
    return NOT_KNOWN if tenths is None else f"{tenths // 10},{tenths % 10}"
