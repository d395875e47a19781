"""Passwords that are read aloud once and changed at the first log-in."""

from __future__ import annotations

import secrets

# A Vietnamese keyboard rewrites aa, ee, dd and the letters f j r s w x z, even in password fields: none of
# them may come up in one word. Nor may letters and digits that look alike on paper (i l o 0 1).
CONSONANTS = "bghkmnptv"
VOWEL_PAIRS = ("ae", "au", "ea", "eu", "ua", "ue")
DIGITS = "23456789"
WORDS = 4


def new_password() -> str:
    """Return a password such as ``kuna-vebu-tega-gahe-4827``: 47 bits, from the system's source of chance."""
    return "-".join([*(_word() for _ in range(WORDS)), "".join(secrets.choice(DIGITS) for _ in range(4))])


def _word() -> str:
    return "".join(secrets.choice(CONSONANTS) + vowel for vowel in secrets.choice(VOWEL_PAIRS))
