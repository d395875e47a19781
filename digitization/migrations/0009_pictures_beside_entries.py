"""Pictures beside entries, turned or taken out of a book; and the words a person writes short."""

from __future__ import annotations

import django.db.models.deletion
import django.db.models.expressions
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
        ("digitization", "0008_found_early"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="RecordScan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("ordinal", models.PositiveSmallIntegerField(default=1)),
                ("left", models.PositiveSmallIntegerField(null=True)),
                ("top", models.PositiveSmallIntegerField(null=True)),
                ("width", models.PositiveSmallIntegerField(null=True)),
                ("height", models.PositiveSmallIntegerField(null=True)),
            ],
            options={
                "verbose_name": "place of an entry in a picture",
                "ordering": ["ordinal"],
            },
        ),
        migrations.CreateModel(
            name="Shorthand",
            fields=[
                (
                    "user",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                ("words", models.JSONField(default=dict)),
            ],
        ),
        migrations.AddField(
            model_name="scan",
            name="aside_at",
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name="scan",
            name="aside_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="scan",
            name="turned",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddField(
            model_name="scan",
            name="turned_as_served",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AlterField(
            model_name="scan",
            name="state",
            field=models.CharField(
                choices=[
                    ("waiting", "Being worked on"),
                    ("ready", "Ready"),
                    ("refused", "Refused"),
                    ("aside", "Taken out of the book"),
                ],
                default="waiting",
                max_length=8,
            ),
        ),
        migrations.AddIndex(
            model_name="scan",
            index=models.Index(
                condition=models.Q(("turned", models.F("turned_as_served")), _negated=True),
                fields=["id"],
                name="scan_to_turn",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("aside_at__isnull", False), ("aside_by__isnull", False), ("state", "aside")),
                    models.Q(
                        models.Q(("state", "aside"), _negated=True), ("aside_at", None), ("aside_by", None)
                    ),
                    _connector="OR",
                ),
                name="scan_taken_out_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="scan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("turned__in", (0, 90, 180, 270)), ("turned_as_served__in", (0, 90, 180, 270))
                ),
                name="scan_turned_by_quarters",
            ),
        ),
        migrations.AddField(
            model_name="recordscan",
            name="record",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="pictures",
                to="digitization.record",
            ),
        ),
        migrations.AddField(
            model_name="recordscan",
            name="scan",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="entries", to="digitization.scan"
            ),
        ),
        migrations.AddConstraint(
            model_name="recordscan",
            constraint=models.UniqueConstraint(fields=("record", "ordinal"), name="record_scan_once"),
        ),
        migrations.AddConstraint(
            model_name="recordscan",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("height", None), ("left", None), ("top", None), ("width", None)),
                    models.Q(
                        ("height__gt", 0),
                        ("height__isnull", False),
                        ("left__isnull", False),
                        (
                            "left__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.Value(10000), "-", models.F("width")
                            ),
                        ),
                        ("top__isnull", False),
                        (
                            "top__lte",
                            django.db.models.expressions.CombinedExpression(
                                models.Value(10000), "-", models.F("height")
                            ),
                        ),
                        ("width__gt", 0),
                        ("width__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="record_scan_part_is_inside",
            ),
        ),
    ]
