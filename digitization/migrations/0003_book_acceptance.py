"""Books are accepted as done; what a book and a stated total must be is asked of every new one.

The new constraints are not checked against the rows there are: a book listed before with an odd year stays, and
is asked about the next time somebody changes it.
"""

import django.db.models.deletion
from django.conf import settings
from django.contrib.postgres.operations import AddConstraintNotValid
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0001_initial"),
        ("digitization", "0002_rules_in_the_database"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookAcceptance",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "verdict",
                    models.CharField(
                        choices=[("accepted", "Accepted"), ("withdrawn", "Acceptance withdrawn")],
                        max_length=10,
                    ),
                ),
                ("figures", models.JSONField()),
                ("note", models.CharField(blank=True, max_length=500)),
            ],
            options={
                "verbose_name": "acceptance of a book",
                "ordering": ["-pk"],
            },
        ),
        AddConstraintNotValid(
            model_name="book",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("closed_on__isnull", True),
                    ("closed_on__year__gte", models.F("opened_year")),
                    _connector="OR",
                ),
                name="book_locked_after_opening",
                violation_error_code="B01",
                violation_error_message="A book is not locked before the year it was opened.",
            ),
        ),
        AddConstraintNotValid(
            model_name="book",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("opened_year__lte", 2100),
                    models.Q(
                        ("year_from__isnull", True), ("year_from__range", (1850, 2100)), _connector="OR"
                    ),
                    models.Q(("year_to__isnull", True), ("year_to__range", (1850, 2100)), _connector="OR"),
                ),
                name="book_years_plausible",
                violation_error_code="B01",
                violation_error_message="The years of a book lie between 1850 and today.",
            ),
        ),
        AddConstraintNotValid(
            model_name="booktotal",
            constraint=models.CheckConstraint(
                condition=models.Q(("reason", ""), _negated=True),
                name="book_total_has_reason",
                violation_error_code="B05",
            ),
        ),
        migrations.AlterConstraint(
            model_name="book",
            name="book_once",
            constraint=models.UniqueConstraint(
                fields=("place", "kind", "series", "book_no", "opened_year", "copy_no"),
                name="book_once",
                violation_error_code="B01",
                violation_error_message="This book is already in the inventory.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="book",
            name="book_years_in_order",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("year_to__isnull", True),
                    ("year_from__isnull", True),
                    ("year_to__gte", models.F("year_from")),
                    _connector="OR",
                ),
                name="book_years_in_order",
                violation_error_code="B01",
                violation_error_message="The last year must not be before the first.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="book",
            name="book_opened_after_1850",
            constraint=models.CheckConstraint(
                condition=models.Q(("opened_year__gte", 1850)),
                name="book_opened_after_1850",
                violation_error_code="B01",
                violation_error_message="Books begin in 1850 at the earliest.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="book",
            name="book_has_pages",
            constraint=models.CheckConstraint(
                condition=models.Q(("pages__isnull", True), ("pages__gte", 1), _connector="OR"),
                name="book_has_pages",
                violation_error_code="B01",
                violation_error_message="A book has at least one page.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="book",
            name="book_is_no_copy_of_itself",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("second_copy_of__isnull", True),
                    models.Q(("second_copy_of", models.F("id")), _negated=True),
                    _connector="OR",
                ),
                name="book_is_no_copy_of_itself",
                violation_error_code="B01",
                violation_error_message="A book cannot be a copy of itself.",
            ),
        ),
        migrations.AddField(
            model_name="bookacceptance",
            name="book",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT,
                related_name="acceptances",
                to="digitization.book",
            ),
        ),
        migrations.AddField(
            model_name="bookacceptance",
            name="by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="bookacceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(("verdict__in", ["accepted", "withdrawn"])),
                name="acceptance_verdict_known",
            ),
        ),
        migrations.AddConstraint(
            model_name="bookacceptance",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("verdict", "withdrawn"), _negated=True),
                    models.Q(("note", ""), _negated=True),
                    _connector="OR",
                ),
                name="acceptance_withdrawn_with_reason",
            ),
        ),
    ]
