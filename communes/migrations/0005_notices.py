"""Directives and notices with their receipts, the outbox of e-mails, and the address a person may give."""

from __future__ import annotations

from pathlib import Path

import django.core.validators
import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


SQL = Path(__file__).with_suffix(".sql").read_text(encoding="utf-8")


class Migration(migrations.Migration):
    dependencies = [
        ("communes", "0004_support"),
    ]

    operations = [
        migrations.CreateModel(
            name="Notice",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("directive", "Directive"), ("notice", "Notice")],
                        max_length=9,
                        verbose_name="Kind",
                    ),
                ),
                ("number", models.CharField(blank=True, max_length=40, verbose_name="Number of the letter")),
                ("dated", models.DateField(blank=True, null=True, verbose_name="Date of the letter")),
                ("subject", models.CharField(max_length=200, verbose_name="Subject")),
                (
                    "body",
                    models.TextField(
                        validators=[django.core.validators.MaxLengthValidator(20000)], verbose_name="Text"
                    ),
                ),
                ("due_on", models.DateField(blank=True, null=True, verbose_name="To be carried out by")),
                ("addressed", models.PositiveSmallIntegerField()),
                ("sent_at", models.DateTimeField()),
                ("intent", models.UUIDField(unique=True)),
                ("withdrawn_at", models.DateTimeField(blank=True, null=True)),
                ("withdrawn_why", models.CharField(blank=True, max_length=500)),
                (
                    "office",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="communes.unit"
                    ),
                ),
            ],
            options={
                "verbose_name": "notice to units",
                "ordering": ["-sent_at", "-pk"],
            },
        ),
        migrations.AddField(
            model_name="user",
            name="email",
            field=models.EmailField(blank=True, max_length=254, verbose_name="e-mail address"),
        ),
        migrations.AddField(
            model_name="user",
            name="mail_digest",
            field=models.BooleanField(default=False, verbose_name="the daily digest by e-mail"),
        ),
        migrations.AddField(
            model_name="user",
            name="mail_notices",
            field=models.BooleanField(default=True, verbose_name="directives and notices by e-mail"),
        ),
        migrations.CreateModel(
            name="NoticeFile",
            fields=[
                (
                    "notice",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="file",
                        serialize=False,
                        to="communes.notice",
                    ),
                ),
                ("kind", models.CharField(max_length=4)),
                ("size", models.PositiveIntegerField()),
                ("data", models.BinaryField()),
            ],
        ),
        migrations.AddField(
            model_name="notice",
            name="sent_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="withdrawn_by",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to=settings.AUTH_USER_MODEL,
            ),
        ),
        migrations.CreateModel(
            name="NoticeDelivery",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("day", models.DateField()),
                ("at", models.DateTimeField()),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Mail",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("notice", "notice"), ("reminder", "reminder"), ("digest", "digest")],
                        max_length=8,
                    ),
                ),
                ("about", models.CharField(max_length=60)),
                ("subject", models.CharField(max_length=250)),
                ("path", models.CharField(max_length=200)),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "waiting"),
                            ("sending", "sending"),
                            ("sent", "sent"),
                            ("unknown", "unknown"),
                            ("refused", "refused"),
                            ("dropped", "dropped"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                ("made_at", models.DateTimeField()),
                ("next_try", models.DateTimeField()),
                ("ended_at", models.DateTimeField(blank=True, null=True)),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "delivery",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communes.noticedelivery",
                    ),
                ),
            ],
            options={
                "verbose_name": "e-mail",
            },
        ),
        migrations.CreateModel(
            name="NoticeReading",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("at", models.DateTimeField()),
                (
                    "delivery",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="readings",
                        to="communes.noticedelivery",
                    ),
                ),
                (
                    "user",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeUnit",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "notice",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="addresses",
                        to="communes.notice",
                    ),
                ),
                (
                    "unit",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="communes.unit",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="NoticeReport",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("words", models.CharField(max_length=1000)),
                ("at", models.DateTimeField()),
                ("intent", models.UUIDField(unique=True)),
                (
                    "by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "address",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="reports",
                        to="communes.noticeunit",
                    ),
                ),
            ],
            options={
                "ordering": ["at", "pk"],
            },
        ),
        migrations.AddField(
            model_name="noticedelivery",
            name="address",
            field=models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="deliveries",
                to="communes.noticeunit",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(fields=["office", "-sent_at"], name="notice_of_office"),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("dated__isnull", True), ("kind", "notice"), ("number", "")),
                    models.Q(
                        ("dated__isnull", False),
                        ("kind", "directive"),
                        models.Q(("number", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="directive_has_number_and_date",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(
                        ("withdrawn_at__isnull", True), ("withdrawn_by__isnull", True), ("withdrawn_why", "")
                    ),
                    models.Q(
                        ("withdrawn_at__isnull", False),
                        ("withdrawn_by__isnull", False),
                        models.Q(("withdrawn_why", ""), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="notice_withdrawn_by_somebody",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(("addressed__gt", 0)), name="notice_to_somebody"
            ),
        ),
        migrations.AddIndex(
            model_name="mail",
            index=models.Index(
                condition=models.Q(("state__in", ["waiting", "sending"])),
                fields=["next_try"],
                name="mail_to_send",
            ),
        ),
        migrations.AddConstraint(
            model_name="mail",
            constraint=models.UniqueConstraint(fields=("user", "about"), name="mail_once"),
        ),
        migrations.AddConstraint(
            model_name="noticereading",
            constraint=models.UniqueConstraint(fields=("delivery", "user"), name="delivery_read_once"),
        ),
        migrations.AddConstraint(
            model_name="noticeunit",
            constraint=models.UniqueConstraint(fields=("unit", "notice"), name="notice_once_to_a_unit"),
        ),
        migrations.AddConstraint(
            model_name="noticedelivery",
            constraint=models.UniqueConstraint(fields=("address", "day"), name="delivery_once_a_day"),
        ),
        migrations.RunSQL(SQL, migrations.RunSQL.noop),
    ]
