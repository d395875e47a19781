"""What a person ticked in a list of entries."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet
from django.http import QueryDict

from digitization.entry_lists import PAGE
from digitization.models import Record
from digitization.posted import intent_in, whole


@dataclass(frozen=True, slots=True)
class Pick:
    """What a person ticked: ids with the versions they saw, and the intent of the press."""

    picked: dict[int, int]
    intent: UUID

    @classmethod
    def of(cls, data: QueryDict) -> Pick:
        """Read ticks of the form ``<id>:<version>``; whatever has another form was not ticked on our page."""
        pairs = (tick.partition(":") for tick in data.getlist("pick")[: PAGE * 4])
        picked = {whole(pk): whole(version) for pk, _, version in pairs if whole(pk)}
        return cls(picked, intent_in(data))

    def within(self, records: QuerySet[Record]) -> dict[int, int]:
        """Return the picked ids that are among ``records``: a stranger's id is simply not there."""
        allowed = set(records.filter(pk__in=self.picked).values_list("pk", flat=True))
        return {pk: version for pk, version in self.picked.items() if pk in allowed}
