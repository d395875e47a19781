"""Pictures of the pages of books. What a picture came from is never rewritten: a trigger asks, whoever writes."""

from __future__ import annotations

import digitization.models.scans
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


GUARD = """
CREATE FUNCTION civreg_guard_scan() RETURNS trigger
LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
BEGIN
  IF (NEW.book_id, NEW.key, NEW.source_id, NEW.part, NEW.kind, NEW.sha256, NEW.bytes)
     IS DISTINCT FROM (OLD.book_id, OLD.key, OLD.source_id, OLD.part, OLD.kind, OLD.sha256, OLD.bytes) THEN
    RAISE EXCEPTION 'what a scan came from is never rewritten' USING ERRCODE = 'integrity_constraint_violation';
  END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER guard_scan BEFORE UPDATE ON digitization_scan FOR EACH ROW EXECUTE FUNCTION civreg_guard_scan();
"""
UNGUARD = "DROP TRIGGER guard_scan ON digitization_scan; DROP FUNCTION civreg_guard_scan();"


class Migration(migrations.Migration):
    dependencies = [
        ("digitization", "0006_desk"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="BookPage",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("label", models.CharField(max_length=10, verbose_name="page")),
                ("sort", models.PositiveIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("normal", "Normal"),
                            ("blank", "Blank"),
                            ("damaged", "Damaged"),
                            ("missing", "Missing from the book"),
                        ],
                        default="normal",
                        max_length=8,
                        verbose_name="state",
                    ),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="note")),
                ("at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="page_states",
                        to="digitization.book",
                    ),
                ),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "page of a book",
                "ordering": ["sort", "label"],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "label"), name="book_page_once"),
                    models.CheckConstraint(
                        condition=models.Q(("label", ""), _negated=True), name="book_page_has_label"
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Scan",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=digitization.models.scans.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("part", models.PositiveSmallIntegerField(default=1)),
                ("name", models.CharField(max_length=200, verbose_name="file name")),
                (
                    "kind",
                    models.CharField(
                        choices=[("jpeg", "JPEG"), ("png", "PNG"), ("tiff", "TIFF"), ("pdf", "PDF")],
                        max_length=4,
                    ),
                ),
                ("sha256", models.CharField(max_length=64)),
                ("bytes", models.PositiveBigIntegerField()),
                ("width", models.PositiveIntegerField(default=0)),
                ("height", models.PositiveIntegerField(default=0)),
                (
                    "state",
                    models.CharField(
                        choices=[("waiting", "Being worked on"), ("ready", "Ready"), ("refused", "Refused")],
                        default="waiting",
                        max_length=8,
                    ),
                ),
                (
                    "problem",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("unknown", "This is no JPEG, PNG, TIFF or PDF file, whatever its name says."),
                            (
                                "heic",
                                "This is a HEIC picture. Set the phone's camera to “Most compatible” (JPEG) and send it again.",
                            ),
                            ("damaged", "The picture is damaged or cut off. Scan or copy it again."),
                            ("animated", "The picture moves. Send a still picture of the page."),
                            (
                                "too_large",
                                "The picture has too many points (80 million at most). Scan with 200 to 300 dpi.",
                            ),
                            ("too_many", "The file has more than 1,000 pages. Split it."),
                            ("password", "The PDF is locked with a password. Send it without one."),
                            (
                                "too_hard",
                                "The picture needs too much memory or time. Scan or photograph the page anew.",
                            ),
                        ],
                        max_length=10,
                    ),
                ),
                ("hints", models.JSONField(default=list)),
                ("page", models.CharField(blank=True, max_length=10, verbose_name="page")),
                ("sort", models.PositiveIntegerField(default=10000001)),
                ("confirmed", models.BooleanField(default=False)),
                ("uploaded_at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="scans",
                        to="digitization.book",
                    ),
                ),
                (
                    "replaced_by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="digitization.scan",
                    ),
                ),
                (
                    "source",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="further_parts",
                        to="digitization.scan",
                    ),
                ),
                (
                    "uploaded_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "verbose_name": "scan",
                "ordering": ["sort", "name", "part", "pk"],
                "indexes": [
                    models.Index(fields=["book", "sort"], name="scan_by_page"),
                    models.Index(
                        condition=models.Q(("state", "waiting")), fields=["id"], name="scan_waiting"
                    ),
                ],
                "constraints": [
                    models.UniqueConstraint(fields=("book", "sha256", "part"), name="scan_once"),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("problem__gt", ""), ("state", "refused")),
                            models.Q(models.Q(("state", "refused"), _negated=True), ("problem", "")),
                            _connector="OR",
                        ),
                        name="scan_refused_for_a_reason",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("part", 1), ("source__isnull", True)),
                            models.Q(("part__gt", 1), ("source__isnull", False)),
                            _connector="OR",
                        ),
                        name="scan_parts_have_a_source",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Upload",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "key",
                    models.CharField(
                        default=digitization.models.scans.new_key, editable=False, max_length=32, unique=True
                    ),
                ),
                ("name", models.CharField(max_length=200)),
                ("page", models.CharField(blank=True, max_length=10)),
                ("size", models.PositiveBigIntegerField()),
                ("received", models.PositiveBigIntegerField(default=0)),
                ("sha256", models.CharField(blank=True, max_length=64)),
                ("at", models.DateTimeField()),
                (
                    "book",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="digitization.book"
                    ),
                ),
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
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("received__lte", models.F("size"))),
                        name="upload_no_more_than_promised",
                    )
                ],
            },
        ),
        migrations.RunSQL(GUARD, UNGUARD),
    ]
