"""Two people who save the same thing at once: the database lets one through, and the other reads why not."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from communes.models import Posting, Succession, Unit

# PostgreSQL names the constraint of a unique column itself.
_OF_FIELDS: dict[str, tuple[str, Promise]] = {
    "communes_user_username_key": ("username", _("This user name is taken.")),
    "communes_unit_slug_key": ("slug", _("Another unit has this short name.")),
}
_OF_TABLES: dict[str, Any] = {
    constraint.name: constraint.violation_error_message
    for model in (Unit, Posting, Succession)
    for constraint in model._meta.constraints
}


@contextmanager
def clashes_said() -> Iterator[None]:
    """Turn a clash that a form could not see coming into the ValidationError it would have shown."""
    try:
        yield
    except IntegrityError as clash:
        name = clash.__cause__.diag.constraint_name  # type: ignore[union-attr]
        if name in _OF_FIELDS:
            field, words = _OF_FIELDS[name]
            raise ValidationError({field: words}) from clash
        if name in _OF_TABLES:
            raise ValidationError(_OF_TABLES[name]) from clash
        raise
