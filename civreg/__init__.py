"""civreg: digitizing the civil-status registers of a district."""

from civreg.celery import app as celery_app

__all__ = ["celery_app"]
