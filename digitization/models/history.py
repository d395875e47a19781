"""What happened to an entry, what the checks said, and which intents were already carried out."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from communes.models import Unit, User
from digitization.models.record import Record
from digitization.models.states import Standing, Status, Verb


class RecordEvent(models.Model):
    """One thing a person did to an entry. Rows are only ever added."""

    record = models.ForeignKey(
        Record, models.PROTECT, related_name="events", db_constraint=False, db_index=False
    )
    at = models.DateTimeField()
    actor = models.ForeignKey(User, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    unit = models.ForeignKey(Unit, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    verb = models.CharField(max_length=20, choices=Verb)
    from_status = models.CharField(max_length=12, choices=Status, blank=True)
    to_status = models.CharField(max_length=12, choices=Status)
    from_standing = models.CharField(max_length=20, choices=Standing, blank=True)
    to_standing = models.CharField(max_length=20, choices=Standing)
    reason = models.CharField(max_length=1000, blank=True)
    version = models.PositiveIntegerField()

    class Meta:
        ordering = ["pk"]
        verbose_name = _("event")
        indexes = [
            models.Index(fields=["record", "id"], name="event_by_record"),
            models.Index(fields=["actor", "at"], name="event_by_actor"),
            # The few that came back on a day.
            models.Index(fields=["at"], condition=Q(verb=Verb.SEND_BACK), name="event_sent_back"),
        ]

    def __str__(self) -> str:
        return f"{self.record_id} {self.verb}"


class RecordVersion(models.Model):
    """The whole entry as it stood at an approval or a reopening."""

    pk = models.CompositePrimaryKey("record_id", "version")
    record = models.ForeignKey(
        Record, models.PROTECT, related_name="versions", db_constraint=False, db_index=False
    )
    version = models.PositiveIntegerField()
    entry = models.JSONField()
    status = models.CharField(max_length=12, choices=Status)
    standing = models.CharField(max_length=20, choices=Standing)
    by = models.ForeignKey(User, models.PROTECT, related_name="+", db_constraint=False, db_index=False)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.record_id} v{self.version}"


class Finding(models.Model):
    """A warning a check raised, open or accepted as "đúng như sổ gốc" for exactly the text it was raised on."""

    pk = models.CompositePrimaryKey("record_id", "rule", "field")
    record = models.ForeignKey(
        Record, models.PROTECT, related_name="findings", db_constraint=False, db_index=False
    )
    rule = models.CharField(max_length=10)
    field = models.CharField(max_length=60)
    severity = models.CharField(max_length=10)
    fingerprint = models.CharField(max_length=16)
    accepted_by = models.ForeignKey(
        User, models.PROTECT, null=True, related_name="+", db_constraint=False, db_index=False
    )
    accepted_at = models.DateTimeField(null=True)
    note = models.CharField(max_length=500, blank=True)

    class Meta:
        verbose_name = _("finding")
        indexes = [models.Index(fields=["rule", "record"], name="finding_by_rule")]

    def __str__(self) -> str:
        return f"{self.record_id} {self.rule} {self.field}"


class Intent(models.Model):
    """One press of a button: a replay (retry, double click) returns the first answer and does nothing again."""

    id = models.UUIDField(primary_key=True)
    user = models.ForeignKey(User, models.PROTECT, related_name="+")
    verb = models.CharField(max_length=30)
    body_sha256 = models.CharField(max_length=64)
    answer = models.JSONField(null=True)
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.verb} {self.id}"
