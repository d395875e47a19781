"""Mistakes of configuration, found at start and said in one line each."""

from __future__ import annotations

from typing import Any

from django.core.checks import CheckMessage, Tags, Warning, register

from civreg.lib import database_rights


@register(Tags.security)
def two_roles(app_configs: Any, **_: Any) -> list[CheckMessage]:
    """Warn where the product runs as the owner of its tables: then nothing keeps it from rewriting history."""
    if database_rights.separate_roles():
        return []
    hint = "Set DATABASE_URL to a role without rights of its own, DATABASE_OWNER_URL to the owner (docs/operations.md)."
    return [Warning("The product runs as the owner of its tables.", hint=hint, id="civreg.W001")]
