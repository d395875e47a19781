"""Mail that works, to a server of the tests."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from civreg import env
from communes.tests.mail.server import MailServer, mail_server


@pytest.fixture
def server(settings: Settings) -> Iterator[MailServer]:
    """A mail server, named in the settings."""
    with mail_server() as running:
        settings.MAIL_SERVER = env.MailServer("127.0.0.1", running.port, "", "", tls=False, starttls=False)
        settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", running.port
        settings.EMAIL_TIMEOUT = 1
        settings.BASE_URL = "https://hotich.example.vn"
        settings.DEFAULT_FROM_EMAIL = "hotich@example.vn"
        yield running
