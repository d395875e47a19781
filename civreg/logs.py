"""Log lines without personal data: an exception is logged by its type and place, never by its message.

A database error quotes the row it refused and a value error quotes what was typed; both hold names.
"""

from __future__ import annotations

import logging
import traceback
from types import TracebackType


class TypeAndPlaceFormatter(logging.Formatter):
    """Format exceptions as their class and stack frames, leaving out every message."""

    def formatException(
        self, ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]
    ) -> str:
        kind, _, trace = ei
        frames = "".join(traceback.format_tb(trace)).rstrip()
        return f"{frames}\n{kind.__module__}.{kind.__qualname__}" if kind else frames
