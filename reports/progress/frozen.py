"""What is frozen stays checkable: one canonical spelling of JSON, and its fingerprint."""

from __future__ import annotations

import json
from hashlib import sha256
from typing import Any


def canonical(value: Any) -> str:
    """Write JSON in the one canonical way: keys sorted, no blanks, letters as they are."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False)


def fingerprint(value: Any) -> str:
    """Return the SHA-256 of the canonical JSON as hexadecimal digits."""
    return sha256(canonical(value).encode("utf-8")).hexdigest()
