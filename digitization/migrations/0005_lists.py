"""What lists and name search stand on: indexes, the words of names, and what people keep of their lists."""

from __future__ import annotations

from pathlib import Path

import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.db.models import F, Func, Q, TextField, Value
from django.db.models.functions import Cast, Coalesce

SQL = Path(__file__).with_name("0005_lists.sql").read_text(encoding="utf-8")


def _joined(*parts):
    return Func(*parts, template="(%(expressions)s)", arg_joiner=" || ", output_field=TextField())


# digitization.models.names.scoped_words, as it was at this migration.
UNIT = Cast("custodian_id", TextField())
EVERY = Func(
    _joined(UNIT, Value(":"), F("names_fold")),
    Value(" "),
    _joined(Value(" "), UNIT, Value(":")),
    function="replace",
)
WORDS = Func(EVERY, Value(" "), function="string_to_array", output_field=TextField())
GIVEN = Func(WORDS, Value(""), function="array_remove", output_field=TextField())
SCOPED_WORDS = Func(GIVEN, function="array_to_tsvector", output_field=TextField())


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0001_initial"),
        ("digitization", "0004_fold_search_columns_again"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ListColumns",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(blank=True, max_length=4)),
                ("columns", models.JSONField(default=list)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "constraints": [models.UniqueConstraint(fields=("user", "kind"), name="list_columns_once")]
            },
        ),
        migrations.CreateModel(
            name="SavedFilter",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("name", models.CharField(max_length=60, verbose_name="name")),
                ("filters", models.JSONField()),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("user", "name"),
                        name="saved_filter_once",
                        violation_error_message="You already have a filter of this name.",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="ListExport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                ("form", models.CharField(max_length=4)),
                ("reason", models.CharField(max_length=500)),
                ("filters", models.JSONField()),
                ("columns", models.JSONField()),
                ("rows", models.PositiveIntegerField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={"verbose_name": "export of a list", "ordering": ["-pk"]},
        ),
        migrations.CreateModel(
            name="NameWord",
            fields=[
                ("word", models.CharField(max_length=40, primary_key=True, serialize=False)),
                (
                    "spellings",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=40), size=None
                    ),
                ),
            ],
            options={
                "indexes": [
                    django.contrib.postgres.indexes.GinIndex(
                        fields=["spellings"], name="nameword_by_spelling"
                    )
                ],
            },
        ),
        migrations.AddIndex("finding", models.Index(fields=["rule", "record"], name="finding_by_rule")),
        migrations.RemoveIndex("record", "record_by_number"),
        migrations.RemoveIndex("record", "record_by_custodian"),
        migrations.AddIndex(
            "record",
            models.Index(
                "book",
                Coalesce("number_year", 2**15 - 1),
                Coalesce("number", 2**31 - 1),
                "suffix",
                "id",
                name="record_in_its_book",
            ),
        ),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["checked_by", "entered_at"],
                condition=Q(checked_by__isnull=False),
                name="record_by_checker",
            ),
        ),
        migrations.AddIndex(
            "record", models.Index(fields=["custodian", "entered_at", "id"], name="record_newest")
        ),
        migrations.AddIndex(
            "record",
            models.Index(fields=["custodian", "status", "entered_at", "id"], name="record_newest_of_status"),
        ),
        migrations.AddIndex(
            "record",
            models.Index(fields=["custodian", "kind", "entered_at", "id"], name="record_newest_of_kind"),
        ),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["custodian", "number_year", "number"],
                include=["entered_at", "id"],
                name="record_by_year",
            ),
        ),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["custodian", "entered_at", "id"],
                condition=Q(open_warnings__gt=0),
                name="record_newest_with_warnings",
            ),
        ),
        migrations.AddIndex(
            "record",
            models.Index(
                fields=["custodian", "entered_at", "id"],
                condition=~Q(standing="normal"),
                name="record_newest_not_normal",
            ),
        ),
        migrations.AddIndex(
            "record", django.contrib.postgres.indexes.GinIndex(SCOPED_WORDS, name="record_by_names")
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
