"""``manage.py rebuild_days [--campaign N]``: put days together that nobody closed."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from reports.models import Campaign
from reports.progress.gains import refresh_pace
from reports.progress.lately import prepare
from reports.progress.rebuild import rebuild_missing


class Command(BaseCommand):
    """Rebuilds what is missing of the running campaigns; one that is closed has to be named."""

    help = "Rebuild missing campaign days from what is written down of each entry, and name those that cannot be."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--campaign", type=int, help="only this one, running or closed")

    def handle(self, *args: Any, **options: Any) -> None:
        for campaign in self._campaigns(options["campaign"]):
            found = rebuild_missing(campaign)
            if found.busy:
                raise CommandError("A day is being closed at this moment. Try again in a minute.")
            for day in found.days:
                self.stdout.write(f"{day}: rebuilt")
            for day, entries in sorted(campaign.silent_days.values_list("day", "entries")):
                self.stdout.write(f"{day}: stays missing, {entries} entries have no history")
            if found.days and not campaign.closed:
                refresh_pace(campaign)
                prepare(campaign)

    def _campaigns(self, wanted: int | None) -> list[Campaign]:
        if wanted is None:
            return list(Campaign.objects.running())
        campaigns = list(Campaign.objects.filter(pk=wanted))
        if not campaigns:
            raise CommandError(f"There is no campaign {wanted}.")
        return campaigns
