"""The digest by e-mail: laid into the outbox once the cut-off has closed a day, once per person and day."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from django.conf import settings
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _

from civreg.lib import clock
from civreg.templatetags.figures import day as day_words
from communes.mail.outbox import lay_out, mail_works, waits_for
from communes.models import Mail, Posting, User
from communes.rights import ROLES
from reports.models import Campaign, CampaignUnit, DailySnapshot
from reports.room.choosing import KEY


def lay_out_digests() -> None:
    """Lay out what is missing of the digests of the day that ended last, for every running campaign.

    A day that was not closed has none, and what is older is no news: turning mail on sends no past days.
    """
    if not mail_works():
        return
    for campaign in Campaign.objects.running():
        day = campaign.day_of(clock.now()) - timedelta(days=1)
        if DailySnapshot.objects.of_days().filter(campaign=campaign, day=day).exists():
            lay_out(_missing(campaign, day))


def _missing(campaign: Campaign, day: date) -> Iterable[Mail]:
    about = f"digest {campaign.pk} {day}"
    told = Mail.objects.filter(about=about).values("user")
    for user in _readers(campaign).exclude(pk__in=told):
        yield waits_for(
            user,
            kind=Mail.Kind.DIGEST,
            about=about,
            subject=_subject(user, day),
            path=f"{reverse('reports:digest_of_day', args=[day.isoformat()])}?{KEY}={campaign.pk}",
        )


def _readers(campaign: Campaign) -> QuerySet[User]:
    """Return who asked for it and has a post today in the campaign's office or in one of its communes."""
    communes = CampaignUnit.objects.filter(campaign=campaign).values("unit")
    concerned = Q(unit=campaign.office, role__in=ROLES["lead_campaign"]) | Q(
        unit__in=communes, role__in=ROLES["get_notices"]
    )
    posts = Posting.objects.at(clock.today()).filter(concerned)
    return User.objects.filter(pk__in=posts.values("user"), mail_digest=True, is_active=True).exclude(
        email=""
    )


def _subject(user: User, day: date) -> str:
    with translation.override(user.language or settings.LANGUAGE_CODE):
        return _("Digest of %(day)s") % {"day": day_words(day)}
