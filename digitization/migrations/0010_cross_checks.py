"""Cross-checks: indexes to find the same person in the district, what is told apart, values too common, duty to scan."""

from __future__ import annotations

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0003_api_tokens"),
        ("digitization", "0009_pictures_beside_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookFlood",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("field", models.CharField(max_length=60)),
                ("value", models.CharField(max_length=100)),
                ("n", models.PositiveIntegerField()),
                ("of", models.PositiveIntegerField()),
            ],
            options={
                "verbose_name": "value too common in a book",
                "ordering": ["-n", "field", "value"],
            },
        ),
        migrations.CreateModel(
            name="BookLook",
            fields=[
                (
                    "book",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.CASCADE,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="digitization.book",
                    ),
                ),
                ("mark", models.CharField(max_length=80)),
                ("at", models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name="ScanDuty",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("required", models.BooleanField(verbose_name="a picture of the page is needed")),
                ("reason", models.CharField(max_length=500, verbose_name="why")),
                ("at", models.DateTimeField()),
            ],
            options={
                "verbose_name": "duty to scan",
                "ordering": ["-pk"],
            },
        ),
        migrations.CreateModel(
            name="ToldApart",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "reason",
                    models.CharField(
                        choices=[
                            ("twins", "Twins, or brothers and sisters of one day"),
                            ("namesakes", "Two persons of one name"),
                            ("again", "Registered again: the book has both"),
                            ("other", "Another reason"),
                        ],
                        max_length=10,
                        verbose_name="why they are two",
                    ),
                ),
                ("words", models.CharField(max_length=500, verbose_name="what the books say")),
                ("at", models.DateTimeField()),
                ("ended_at", models.DateTimeField(null=True)),
            ],
            options={
                "verbose_name": "entries told apart",
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AlterField(
            model_name="recordevent",
            name="verb",
            field=models.CharField(
                choices=[
                    ("enter", "Entered"),
                    ("import", "Imported from a workbook"),
                    ("correct", "Corrected"),
                    ("check", "Checked against the book"),
                    ("send_back", "Returned for correction"),
                    ("approve", "Approved"),
                    ("reopen", "Reopened"),
                    ("transfer", "Transferred to the national system"),
                    ("cancel_in_book", "Marked as cancelled in the book"),
                    ("mark_unreadable", "Marked as unreadable"),
                    ("accept_unreadable", "Unreadable entry accepted"),
                    ("mark_duplicate", "Marked as a duplicate"),
                    ("withdraw", "Withdrawn"),
                    ("restore", "Restored to normal"),
                    ("accept_finding", "Confirmed as in the original book"),
                    ("tell_apart", "Said to be another than an entry like it"),
                    ("take_back_apart", "Taken back: it may be the other entry"),
                ],
                max_length=20,
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("subject_fold", ""), _negated=True),
                fields=["subject_fold", "subject_born_earliest"],
                name="record_by_person",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(("second_fold", ""), _negated=True),
                fields=["second_fold", "second_born_earliest"],
                name="record_by_second_person",
            ),
        ),
        migrations.AddIndex(
            model_name="record",
            index=models.Index(
                condition=models.Q(
                    models.Q(("signer_name", ""), _negated=True),
                    models.Q(("standing__in", ["duplicate", "withdrawn"]), _negated=True),
                ),
                fields=["custodian", "place", "number_year", "signer_name"],
                include=("id",),
                name="record_by_signer",
            ),
        ),
        migrations.AddField(
            model_name="bookflood",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="floods", to="digitization.book"
            ),
        ),
        migrations.AddField(
            model_name="scanduty",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="scanduty",
            name="unit",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="scan_duties", to="communes.unit"
            ),
        ),
        migrations.AddField(
            model_name="toldapart",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="toldapart",
            name="ended_by",
            field=models.ForeignKey(
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.AddField(
            model_name="toldapart",
            name="first",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="digitization.record",
            ),
        ),
        migrations.AddField(
            model_name="toldapart",
            name="second",
            field=models.ForeignKey(
                db_constraint=False,
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="digitization.record",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookflood",
            constraint=models.UniqueConstraint(fields=("book", "field", "value"), name="book_flood_once"),
        ),
        migrations.AddIndex(
            model_name="scanduty",
            index=models.Index(fields=["unit", "-id"], name="scan_duty_of_unit"),
        ),
        migrations.AddConstraint(
            model_name="scanduty",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True), name="scan_duty_has_reason"
            ),
        ),
        migrations.AddIndex(
            model_name="toldapart",
            index=models.Index(fields=["second", "first"], name="told_apart_by_second"),
        ),
        migrations.AddConstraint(
            model_name="toldapart",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("first", "second"),
                name="told_apart_once",
            ),
        ),
        migrations.AddConstraint(
            model_name="toldapart",
            constraint=models.CheckConstraint(
                condition=models.Q(("first__lt", models.F("second"))), name="told_apart_in_order"
            ),
        ),
        migrations.AddConstraint(
            model_name="toldapart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("reason__in", ["twins", "namesakes", "again", "other"]),
                    models.Q(("words", ""), _negated=True),
                ),
                name="told_apart_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="toldapart",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at__isnull", True), ("ended_by__isnull", True)),
                    models.Q(("ended_at__isnull", False), ("ended_by__isnull", False)),
                    _connector="OR",
                ),
                name="told_apart_ended_by_somebody",
            ),
        ),
    ]
