"""Folding and sorting of Vietnamese text for queries: the twins of ``civreg.lib.folding``."""

from __future__ import annotations

from pathlib import Path

from django.db import migrations

SQL = Path(__file__).with_name("0002_vietnamese_in_sql.sql").read_text(encoding="utf-8")
UNDO = """
DROP FUNCTION civreg_sort_key(text), civreg_fold(text), civreg_base_letters(text), civreg_taken_apart(text);
"""


class Migration(migrations.Migration):
    dependencies = [("communes", "0001_initial")]
    operations = [migrations.RunSQL(SQL, UNDO)]
