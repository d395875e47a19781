"""Bodies that can be read, and nothing in them that would be left unread."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.utils.translation import gettext_lazy as _
from rest_framework import serializers
from rest_framework.exceptions import ParseError
from rest_framework.parsers import JSONParser

# More of the same mistake tells nobody anything.
LISTED = 20


class ShallowJSONParser(JSONParser):
    """Reads JSON; what is nested too deeply to read is the sender's fault, not ours."""

    def parse(
        self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None
    ) -> Any:
        """Return what the body says; raises ParseError. How large it may be is asked before, as of a form."""
        try:
            return super().parse(stream, media_type, parser_context)
        except ParseError:
            raise ParseError(_("The body is not JSON that can be read.")) from None
        except RecursionError:
            raise ParseError(_("The body is nested too deeply.")) from None


class Body(serializers.Serializer):
    """The shape of a body: a key it does not know is refused by name, for it may be a misspelt one."""

    def to_internal_value(self, data: Any) -> Any:
        """Return the checked values; raises ValidationError."""
        if isinstance(data, Mapping):
            refuse_unknown(data, self.fields)
        return super().to_internal_value(data)


def refuse_unknown(given: Iterable[str], known: Iterable[str]) -> None:
    """Raise ValidationError for names nobody reads: silently left out, a misspelt one would change the answer."""
    names = set(known)
    unknown = [name for name in given if name not in names]
    if unknown:
        words = _("There is no such name here.")
        raise serializers.ValidationError({name[:80]: [words] for name in unknown[:LISTED]})
