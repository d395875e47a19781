"""Nothing asks the computer for the time but ``civreg.lib.clock``: business time may stand apart from it."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
ALLOWED = {
    Path("civreg/lib/clock.py"),
}
# Measuring how long something took is no business time: ``monotonic`` and ``perf_counter`` stay free.
CALLS = re.compile(
    r"timezone\.now\(|timezone\.localdate\(|timezone\.localtime\(\)|datetime\.now\(|datetime\.utcnow\(|"
    r"datetime\.today\(|date\.today\(|time\.time\(|\bNow\(\)|from time import time\b|auto_now"
)


def test_only_the_clock_asks_for_the_time() -> None:
    callers = [
        f"{path.relative_to(ROOT)}:{number}"
        for floor in ("civreg", "communes", "digitization", "reports")
        for path in sorted((ROOT / floor).rglob("*.py"))
        if path.relative_to(ROOT) not in ALLOWED and not {"tests", "migrations"} & set(path.parts)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CALLS.search(line)
    ]
    assert not callers


def test_a_caller_would_be_seen() -> None:
    assert CALLS.search("limit = timezone.now() - timedelta(days=1)")
    assert CALLS.search("day = date.today()")
