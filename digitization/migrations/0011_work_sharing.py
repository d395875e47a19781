"""Ranges of numbers and pages given to people, where each stopped in a book, and what was returned on which day."""

from __future__ import annotations

from pathlib import Path

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Coalesce

from digitization.models.sharing import Span

SQL = Path(__file__).with_name("0011_work_sharing.sql").read_text(encoding="utf-8")


def _person(**rest):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **rest
    )


def _own(to, **rest):
    return models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name="+", to=to, **rest)


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
        ("digitization", "0010_cross_checks"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="WorkRange",
            fields=[
                ("id", _id()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="ranges",
                        to="digitization.book",
                    ),
                ),
                ("person", _person(verbose_name="for")),
                (
                    "measure",
                    models.CharField(choices=[("numbers", "Numbers"), ("pages", "Pages")], max_length=7),
                ),
                ("year", models.PositiveSmallIntegerField(null=True)),
                ("first", models.PositiveIntegerField()),
                ("last", models.PositiveIntegerField()),
                ("until", models.DateField(null=True)),
                ("note", models.CharField(blank=True, max_length=200)),
                ("given_by", _person()),
                ("given_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[("open", "Open"), ("done", "Done"), ("returned", "Given back")],
                        default="open",
                        max_length=8,
                    ),
                ),
                ("ended_by", _person(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "range of work",
                "ordering": ["pk"],
                "indexes": [
                    models.Index(condition=Q(("state", "open")), fields=["person"], name="range_of_person")
                ],
                "constraints": [
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=Q(("state", "open")),
                        expressions=[
                            ("book", "="),
                            ("measure", "="),
                            (Coalesce("year", Value(0)), "="),
                            (Span(F("first"), F("last")), "&&"),
                        ],
                        name="range_once_while_open",
                    ),
                    django.contrib.postgres.constraints.ExclusionConstraint(
                        condition=Q(("state", "open")),
                        expressions=[("book", "="), ("measure", "<>")],
                        name="range_one_measure_while_open",
                    ),
                    models.CheckConstraint(
                        condition=Q(("first__gte", 1), ("last__gte", F("first")), ("last__lte", 100000)),
                        name="range_ends_in_order",
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("measure", "numbers"), ("year__isnull", False)),
                            Q(("measure", "pages"), ("year__isnull", True)),
                            _connector="OR",
                        ),
                        name="range_numbers_are_of_a_year",
                    ),
                    models.CheckConstraint(
                        condition=Q(("state__in", ["open", "done", "returned"])), name="range_state_known"
                    ),
                    models.CheckConstraint(
                        condition=Q(
                            Q(("ended_at__isnull", True), ("ended_by__isnull", True), ("state", "open")),
                            Q(
                                Q(("state", "open"), _negated=True),
                                ("ended_at__isnull", False),
                                ("ended_by__isnull", False),
                            ),
                            _connector="OR",
                        ),
                        name="range_ended_by_somebody",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Bookmark",
            fields=[
                ("id", _id()),
                ("user", _own(settings.AUTH_USER_MODEL)),
                ("book", _own("digitization.book")),
                ("record", _own("digitization.record", db_index=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "book"), name="bookmark_once")],
            },
        ),
        migrations.AddIndex(
            "recordevent",
            models.Index(condition=Q(("verb", "send_back")), fields=["at"], name="event_sent_back"),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
