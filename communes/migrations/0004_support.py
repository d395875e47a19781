"""What communes have to work with, and what they ask their district for."""

from __future__ import annotations

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

SQL = Path(__file__).with_name("0004_support.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
    ]

    operations = [
        migrations.CreateModel(
            name="SupportRequest",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("equipment", "Equipment"),
                            ("line", "Line"),
                            ("people", "People"),
                            ("other", "Something else"),
                        ],
                        max_length=10,
                    ),
                ),
                ("what", models.CharField(max_length=200)),
                ("quantity", models.PositiveIntegerField(default=1)),
                ("why", models.CharField(max_length=500)),
                ("needed_by", models.DateField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("agreed", "Promised"),
                            ("refused", "Refused"),
                            ("delivered", "Delivered"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        default="asked",
                        max_length=10,
                    ),
                ),
                ("promised_for", models.DateField(null=True)),
                (
                    "asked_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="support_requests",
                        to="communes.unit",
                    ),
                ),
            ],
            options={
                "verbose_name": "request for support",
                "ordering": ["asked_at", "pk"],
            },
        ),
        migrations.CreateModel(
            name="SupportStep",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "Waits for an answer"),
                            ("agreed", "Promised"),
                            ("refused", "Refused"),
                            ("delivered", "Delivered"),
                            ("closed", "Closed"),
                            ("withdrawn", "Withdrawn"),
                        ],
                        max_length=10,
                    ),
                ),
                ("at", models.DateTimeField()),
                ("words", models.CharField(blank=True, max_length=500)),
                ("promised_for", models.DateField(null=True)),
                ("came_on", models.DateField(null=True)),
                ("effect", models.JSONField(null=True)),
                ("intent", models.UUIDField(unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "request",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="steps",
                        to="communes.supportrequest",
                    ),
                ),
            ],
            options={
                "verbose_name": "step of a request for support",
                "ordering": ["pk"],
            },
        ),
        migrations.CreateModel(
            name="Means",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("computers", "Computers"),
                            ("scanners", "Scanners"),
                            ("line", "Line (Mbit/s)"),
                            ("staff", "People"),
                        ],
                        max_length=10,
                    ),
                ),
                ("quantity", models.PositiveIntegerField()),
                ("as_of", models.DateField()),
                ("at", models.DateTimeField()),
                ("intent", models.UUIDField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="means", to="communes.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "statement of means",
                "ordering": ["pk"],
                "indexes": [models.Index(fields=["unit", "kind", "-id"], name="means_newest")],
                "constraints": [
                    models.UniqueConstraint(fields=("intent", "kind"), name="means_once_per_intent"),
                    models.CheckConstraint(
                        condition=models.Q(("kind__in", ["computers", "scanners", "line", "staff"])),
                        name="means_kind_known",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("quantity__lte", 9999)), name="means_quantity_likely"
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="supportrequest",
            index=models.Index(
                condition=models.Q(("state__in", ["closed", "withdrawn"]), _negated=True),
                fields=["unit"],
                name="support_request_open",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["equipment", "line", "people", "other"])),
                name="support_kind_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "agreed", "refused", "delivered", "closed", "withdrawn"])
                ),
                name="support_state_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(("quantity__gte", 1), ("quantity__lte", 9999)),
                name="support_quantity_likely",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("what", ""), _negated=True), models.Q(("why", ""), _negated=True)
                ),
                name="support_says_what_and_why",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state__in", ["asked", "agreed", "refused", "delivered", "closed", "withdrawn"])
                ),
                name="support_step_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("state", "asked"), models.Q(("words", ""), _negated=True), _connector="OR"
                ),
                name="support_step_says_something",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("promised_for__isnull", False), ("state", "agreed")),
                    models.Q(models.Q(("state", "agreed"), _negated=True), ("promised_for__isnull", True)),
                    _connector="OR",
                ),
                name="support_promise_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("came_on__isnull", False), ("state", "delivered")),
                    models.Q(models.Q(("state", "delivered"), _negated=True), ("came_on__isnull", True)),
                    _connector="OR",
                ),
                name="support_delivery_has_a_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="supportstep",
            constraint=models.CheckConstraint(
                condition=models.Q(("state", "closed"), ("effect__isnull", True), _connector="OR"),
                name="support_effect_when_closed",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
