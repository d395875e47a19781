"""The rules the database keeps itself: true copies, exact tallies, frozen entries, totals, no truncation."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("0002_rules_in_the_database.sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [("digitization", "0001_initial")]
    operations = [migrations.RunSQL(SQL, migrations.RunSQL.noop)]
