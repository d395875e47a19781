"""The pages of books, and how many of them are accounted for, beside the entries."""

from __future__ import annotations

from django.db import migrations, models


def _count(name):
    return migrations.AddField(
        model_name="unitprogress", name=name, field=models.PositiveIntegerField(default=0)
    )


class Migration(migrations.Migration):
    dependencies = [("digitization", "0013_declared_counts"), ("reports", "0004_history")]

    operations = [_count("pages"), _count("scanned_pages"), _count("no_pages_books")]
