"""What books held when they came into a campaign."""

from __future__ import annotations

from pathlib import Path

import django.db.models.deletion
from django.db import migrations, models

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("digitization", "0013_declared_counts"),
        ("reports", "0006_last_look"),
    ]

    operations = [
        migrations.CreateModel(
            name="BookAtJoining",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("counted", models.PositiveIntegerField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="digitization.book"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="reports.campaign",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["campaign", "book", "id"], name="joining_of_book")],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
