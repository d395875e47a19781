"""What was told apart is never rewritten, and every page of a book holds at least one entry."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations, models

AGAIN = "ALTER TABLE digitization_book DROP CONSTRAINT IF EXISTS book_has_entries_on_a_page"
SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    # Changing rows and their table in one transaction is refused while triggers of the rows wait. So it may be cut off
    # between any two statements, and every one of them may be run again.
    atomic = False

    dependencies = [("digitization", "0011_work_sharing")]
    operations = [
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
        migrations.RunSQL(AGAIN, migrations.RunSQL.noop),
        migrations.AddConstraint(
            model_name="book",
            constraint=models.CheckConstraint(
                condition=models.Q(("per_page__gte", 1)),
                name="book_has_entries_on_a_page",
                violation_error_code="B01",
                violation_error_message="A page holds at least one entry.",
            ),
        ),
    ]
