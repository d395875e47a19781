"""The Celery application. No request ever calls it: the worker finds its work in PostgreSQL."""

from __future__ import annotations

import os

from celery import Celery
from celery.signals import setup_logging

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "civreg.settings")

app = Celery("civreg")
app.config_from_object("django.conf:settings", namespace="CELERY")
app.autodiscover_tasks()


@setup_logging.connect
def keep_django_logging(**_: object) -> None:
    """Let Django's LOGGING stand: Celery would install its own handlers, which print task arguments."""
