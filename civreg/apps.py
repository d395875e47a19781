"""The ground's own place among the installed apps: its templates tags, commands and checks."""

from __future__ import annotations

from django.apps import AppConfig


class GroundConfig(AppConfig):
    """Registers what is wrong with a configuration before anybody works with it."""

    name = "civreg"

    def ready(self) -> None:
        from civreg import checks  # noqa: F401, PLC0415 - registers itself; Django finds checks only from here on
