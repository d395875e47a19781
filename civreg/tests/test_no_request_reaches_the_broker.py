"""No request calls the broker: a frozen one would hold the page for half a minute. The worker finds its work itself."""

from __future__ import annotations

import re
from pathlib import Path

ROOT = Path(__file__).parents[2]
CALLS = re.compile(
    r"\.delay\(|\.apply_async\(|send_task\(|AsyncResult|on_commit\(.*task|\bchord\(|\bgroup\(.*\.s\("
)


def test_no_module_publishes_a_task() -> None:
    callers = [
        f"{path.relative_to(ROOT)}:{number}"
        for floor in ("civreg", "communes", "digitization", "reports")
        for path in sorted((ROOT / floor).rglob("*.py"))
        if "tests" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1)
        if CALLS.search(line)
    ]
    assert not callers


def test_no_view_module_knows_the_tasks() -> None:
    knowing = [
        str(path.relative_to(ROOT))
        for path in ROOT.glob("*/**/*.py")
        if path.name not in {"tasks.py"} and not {"tests", "walks", ".venv"} & set(path.parts)
        if re.search(r"import .*\btasks\b|from .*\.tasks import", path.read_text(encoding="utf-8"))
    ]
    assert not knowing


def test_a_publisher_would_be_seen() -> None:
    assert CALLS.search("roll_up.delay(unit.pk)")
