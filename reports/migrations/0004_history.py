"""History that stays: why a snapshot was taken, who keeps a book since when, and nothing published rewritten."""

from __future__ import annotations

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).with_name("0004_history.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
        ("digitization", "0012_apart_stays_and_pages_hold_entries"),
        ("reports", "0003_campaign_plans"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.AddField(
            model_name="dailysnapshot",
            name="by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="dailysnapshot",
            name="reason",
            field=models.CharField(blank=True, max_length=500),
        ),
        migrations.CreateModel(
            name="UnitLately",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign_id",
                        "unit_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("day", models.DateField()),
                ("opening", models.PositiveIntegerField(null=True)),
                ("before", models.PositiveIntegerField(null=True)),
                ("week_closing", models.PositiveIntegerField(null=True)),
                ("week_opening", models.PositiveIntegerField(null=True)),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="+", to="reports.campaign"
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communes.unit"
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Custody",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("since", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="digitization.book",
                    ),
                ),
                (
                    "former",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communes.unit",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communes.unit"
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["book", "since"], name="custody_of_book")],
            },
        ),
        migrations.CreateModel(
            name="SilentDay",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign_id", "day", blank=True, editable=False, primary_key=True, serialize=False
                    ),
                ),
                ("day", models.DateField()),
                ("entries", models.PositiveIntegerField()),
                ("tried_at", models.DateTimeField()),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="silent_days",
                        to="reports.campaign",
                    ),
                ),
            ],
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
