"""Search columns of entries typed before ``civreg_fold``: one kind of apostrophe and hyphen, other scripts as they are."""

from __future__ import annotations

from django.db import migrations

# An approved entry stands still, its search columns too: only the owner may derive those anew, who keeps the guard out
# meanwhile. What is folded already can be folded again; only the subject's name is a column to fold from.
AGAIN = """
ALTER TABLE digitization_record DISABLE TRIGGER guard_record;
UPDATE digitization_record AS r
SET subject_fold = new.subject_fold, second_fold = new.second_fold, names_fold = new.names_fold
FROM (SELECT id, rtrim(left(civreg_fold(subject_name), 500)) AS subject_fold, civreg_fold(second_fold) AS second_fold,
        civreg_fold(subject_name || substr(names_fold, length(subject_fold) + 1)) AS names_fold
      FROM digitization_record) AS new
WHERE new.id = r.id AND (new.subject_fold, new.second_fold, new.names_fold)
  IS DISTINCT FROM (r.subject_fold, r.second_fold, r.names_fold);
ALTER TABLE digitization_record ENABLE TRIGGER guard_record;
"""


class Migration(migrations.Migration):
    dependencies = [("digitization", "0003_book_acceptance"), ("communes", "0002_vietnamese_in_sql")]
    operations = [migrations.RunSQL(AGAIN, migrations.RunSQL.noop)]
