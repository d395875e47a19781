"""How passwords are kept."""

from __future__ import annotations

from django.contrib.auth.hashers import Argon2PasswordHasher


class OfficeArgon2PasswordHasher(Argon2PasswordHasher):
    """Argon2id with 19 MiB, two passes, one lane: the OWASP minimum.

    Django's default of 100 MiB and eight lanes lets an old office server answer six log-ins a second; these
    values answer about fifty, which is what half past seven in the morning needs.
    """

    time_cost = 2
    memory_cost = 19 * 1024
    parallelism = 1
