"""What a campaign was set up with and what became of it; a closed campaign is never changed."""

from pathlib import Path

import django.db.models.deletion
import reports.models.plan
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
        ("digitization", "0012_apart_stays_and_pages_hold_entries"),
        ("reports", "0002_forecast"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookAtClosing",
            fields=[
                (
                    "pk",
                    models.CompositePrimaryKey(
                        "campaign_id",
                        "book_id",
                        blank=True,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("kind", models.CharField(max_length=4)),
                ("total", models.PositiveIntegerField(null=True)),
                ("stated_pages", models.PositiveIntegerField(null=True)),
                ("held", models.PositiveIntegerField()),
                ("declared", models.PositiveIntegerField()),
                ("counted", models.PositiveIntegerField()),
                ("checked", models.PositiveIntegerField()),
                ("approved", models.PositiveIntegerField()),
                ("transferred", models.PositiveIntegerField()),
                ("returned", models.PositiveIntegerField()),
                ("duplicate", models.PositiveIntegerField()),
                ("unreadable", models.PositiveIntegerField()),
                ("scanned", models.PositiveIntegerField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="digitization.book"
                    ),
                ),
                (
                    "campaign",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="books_at_closing",
                        to="reports.campaign",
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
            name="CampaignChange",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("created", "Set up"),
                            ("title", "Title"),
                            ("basis", "Legal basis"),
                            ("starts", "Start"),
                            ("deadline", "Deadline"),
                            ("cutoff", "Cut-off hour"),
                            ("kinds", "Kinds and their priority"),
                            ("units_in", "Units added"),
                            ("units_out", "Units taken out"),
                            ("milestone_set", "Milestone set"),
                            ("milestone_dropped", "Milestone dropped"),
                            ("book_in", "Book taken in"),
                            ("book_out", "Book taken out"),
                            ("book_usual", "Exception of a book ended"),
                            ("doc_added", "Document added"),
                            ("doc_withdrawn", "Document withdrawn"),
                            ("closed", "Closed"),
                        ],
                        max_length=20,
                    ),
                ),
                ("before", models.JSONField(null=True)),
                ("after", models.JSONField(null=True)),
                ("reason", models.CharField(blank=True, max_length=500)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "change of a campaign",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="CampaignDocument",
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
                        choices=[("plan", "Plan"), ("directive", "Directive")],
                        default="plan",
                        max_length=10,
                        verbose_name="kind",
                    ),
                ),
                ("number", models.CharField(max_length=60, verbose_name="number")),
                ("dated", models.DateField(verbose_name="date")),
                ("office", models.CharField(max_length=150, verbose_name="issuing office")),
                ("subject", models.CharField(max_length=300, verbose_name="subject")),
                (
                    "key",
                    models.CharField(
                        default=reports.models.plan.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("file_kind", models.CharField(blank=True, editable=False, max_length=4)),
                ("bytes", models.PositiveIntegerField(default=0, editable=False)),
                ("sha256", models.CharField(blank=True, editable=False, max_length=64)),
                ("added_at", models.DateTimeField(editable=False)),
                ("withdrawn", models.BooleanField(default=False, editable=False)),
            ],
            options={
                "verbose_name": "document of a campaign",
                "ordering": ["dated", "pk"],
            },
        ),
        migrations.CreateModel(
            name="Commitment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("signer", models.CharField(max_length=120, verbose_name="signed by")),
                ("position", models.CharField(max_length=120, verbose_name="position of the signer")),
                ("signed_on", models.DateField(verbose_name="signed on")),
                ("per_day", models.PositiveIntegerField(verbose_name="entries a day")),
                (
                    "reason",
                    models.CharField(blank=True, max_length=500, verbose_name="reason for the change"),
                ),
                ("in_person", models.BooleanField(default=False)),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "commitment",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="Milestone",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField(verbose_name="day")),
                ("percent", models.PositiveSmallIntegerField(verbose_name="percent of the total")),
                ("name", models.CharField(blank=True, max_length=100, verbose_name="name")),
            ],
            options={
                "verbose_name": "milestone",
                "ordering": ["day"],
            },
        ),
        migrations.AddField(
            model_name="campaign",
            name="closed_at",
            field=models.DateTimeField(blank=True, null=True, verbose_name="closed at"),
        ),
        migrations.AddConstraint(
            model_name="campaign",
            constraint=models.CheckConstraint(
                condition=models.Q(("closed_at__isnull", True), ("closed", True), _connector="OR"),
                name="campaign_closed_when_said_so",
            ),
        ),
        migrations.AddField(
            model_name="campaignchange",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="campaignchange",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="changes", to="reports.campaign"
            ),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="added_by",
            field=models.ForeignKey(
                editable=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="campaigndocument",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="documents", to="reports.campaign"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="commitments", to="reports.campaign"
            ),
        ),
        migrations.AddField(
            model_name="commitment",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communes.unit"
            ),
        ),
        migrations.AddField(
            model_name="milestone",
            name="campaign",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="milestones", to="reports.campaign"
            ),
        ),
        migrations.AddIndex(
            model_name="bookatclosing",
            index=models.Index(fields=["campaign", "unit"], name="book_at_closing_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="campaignchange",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("reason", ""), _negated=True),
                    ("what__in", ["created", "doc_added"]),
                    _connector="OR",
                ),
                name="change_has_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaigndocument",
            constraint=models.CheckConstraint(
                condition=models.Q(("kind__in", ["plan", "directive"])), name="document_kind_known"
            ),
        ),
        migrations.AddConstraint(
            model_name="campaigndocument",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("bytes", 0), ("file_kind", ""), ("sha256", "")),
                    models.Q(
                        ("bytes__gt", 0),
                        ("file_kind__in", ["pdf", "jpeg", "png"]),
                        models.Q(("sha256", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="document_file_whole",
            ),
        ),
        migrations.AddConstraint(
            model_name="campaigndocument",
            constraint=models.UniqueConstraint(
                condition=models.Q(("withdrawn", False)),
                fields=("campaign", "kind", "number", "dated"),
                name="document_once",
                violation_error_message="This document is already with the campaign.",
            ),
        ),
        migrations.AddIndex(
            model_name="commitment",
            index=models.Index(fields=["campaign", "unit", "-id"], name="commitment_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="commitment",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_day__gte", 1)), name="commitment_is_some_work"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.CheckConstraint(
                condition=models.Q(("percent__range", (1, 100))), name="milestone_is_a_percent"
            ),
        ),
        migrations.AddConstraint(
            model_name="milestone",
            constraint=models.UniqueConstraint(
                fields=("campaign", "day"),
                name="milestone_once_a_day",
                violation_error_message="There is a milestone on this day already.",
            ),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
