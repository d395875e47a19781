"""What the workers do for communes, again and again. It may run twice, late, or at the same time."""

from __future__ import annotations

from celery import shared_task

from communes.mail.sending import send_due


@shared_task(name="communes.send_mail")
def send_mail() -> None:
    """Send the e-mails that are due, where this installation sends any."""
    send_due()
