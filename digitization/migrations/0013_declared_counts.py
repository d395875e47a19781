"""What a unit declares the national system to hold of its books, and how many pages of a book are accounted for."""

from __future__ import annotations

from pathlib import Path

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

import digitization.models.scans

SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


def _id():
    return models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")


def _person(**rest):
    return models.ForeignKey(
        on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL, **rest
    )


class Migration(migrations.Migration):
    dependencies = [
        ("digitization", "0012_apart_stays_and_pages_hold_entries"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookPages",
            fields=[
                (
                    "book",
                    models.OneToOneField(
                        db_constraint=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="page_tally",
                        serialize=False,
                        to="digitization.book",
                    ),
                ),
                ("scanned", models.PositiveIntegerField(default=0)),
            ],
        ),
        migrations.CreateModel(
            name="Proof",
            fields=[
                ("id", _id()),
                (
                    "key",
                    models.CharField(
                        default=digitization.models.scans.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("pdf", "PDF"), ("jpeg", "JPEG"), ("png", "PNG"), ("xlsx", "Excel")],
                        max_length=4,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("bytes", models.PositiveIntegerField()),
                ("at", models.DateTimeField()),
                ("by", _person()),
            ],
            options={
                "verbose_name": "file of a declaration",
                "constraints": [
                    models.UniqueConstraint(fields=("by", "sha256"), name="proof_once_of_a_person")
                ],
            },
        ),
        migrations.CreateModel(
            name="Declaration",
            fields=[
                ("id", _id()),
                ("day", models.DateField(verbose_name="day")),
                ("revision", models.PositiveSmallIntegerField(default=1, verbose_name="revision")),
                ("n", models.PositiveIntegerField(verbose_name="entries in the national system")),
                ("note", models.CharField(blank=True, max_length=500, verbose_name="note")),
                ("at", models.DateTimeField(verbose_name="declared at")),
                (
                    "book",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="digitization.book",
                    ),
                ),
                (
                    "proof",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="declarations",
                        to="digitization.proof",
                        verbose_name="file",
                    ),
                ),
                ("by", _person(verbose_name="declared by")),
            ],
            options={
                "verbose_name": "declaration of a book",
                "ordering": ["-day", "-revision"],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "day", "revision"), name="declaration_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("note", ""), _negated=True), ("proof__isnull", False), _connector="OR"
                        ),
                        name="declaration_rests_on_something",
                        violation_error_code="B07",
                    ),
                ],
            },
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
