"""One line to the mail server, on which it is always clear whether a letter was taken, not taken, or nobody knows.

Django's backend opens the line (TLS, log-in, time limits); the conversation is held here, because it tells a refusal
before the letter from a line that broke after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTP, SMTPException
from typing import cast

from django.core.mail import EmailMessage, get_connection
from django.core.mail.backends.smtp import EmailBackend

_OK, _GO_ON, _FOR_GOOD = 250, 354, 500
_DOT = re.compile(rb"(?m)^\.")


class NotTaken(Exception):
    """The server has not taken the letter: ``for_good`` where it never will, ``broken`` where the line is gone."""

    def __init__(self, *, for_good: bool = False, broken: bool = False) -> None:
        super().__init__()
        self.for_good = for_good
        self.broken = broken


class NobodyKnows(Exception):
    """The line broke after the letter had left: the server may have it."""


class Line:
    """An open line."""

    def __init__(self, smtp: SMTP) -> None:
        self._smtp = smtp
        self.broken = False

    def send(self, letter: EmailMessage, address: str) -> None:
        """Hand one letter over; raises NotTaken or NobodyKnows, never anything that names the address."""
        if not address.isascii():
            # What lets other letters through (SMTPUTF8) few servers speak.
            raise NotTaken(for_good=True)
        text = _DOT.sub(b"..", letter.message().as_bytes(linesep="\r\n"))  # type: ignore[call-arg]
        self._announce(letter.from_email, address)
        try:
            self._smtp.send(text + (b"" if text.endswith(b"\r\n") else b"\r\n") + b".\r\n")
            code, _words = self._smtp.getreply()
        except OSError:
            self.broken = True
            raise NobodyKnows from None
        if code != _OK:
            raise NotTaken(for_good=code >= _FOR_GOOD)

    def _announce(self, sender: str, address: str) -> None:
        try:
            self._smtp.ehlo_or_helo_if_needed()
            if self._smtp.mail(sender)[0] != _OK:
                # Who writes is our own setting: it may be put right before the next try.
                self._reset()
                raise NotTaken
            code, _words = self._smtp.rcpt(address)
            if code not in {_OK, _OK + 1}:
                self._reset()
                raise NotTaken(for_good=code >= _FOR_GOOD)
            if self._smtp.docmd("DATA")[0] != _GO_ON:
                self._reset()
                raise NotTaken
        except OSError:
            self.broken = True
            raise NotTaken(broken=True) from None

    def _reset(self) -> None:
        self._smtp.rset()


@contextmanager
def open_line() -> Iterator[Line]:
    """Open a line to the server named in the settings and close it again; raises NotTaken where there is none."""
    backend = cast(EmailBackend, get_connection("django.core.mail.backends.smtp.EmailBackend"))
    try:
        backend.open()
    except (OSError, SMTPException, ValueError):
        raise NotTaken(broken=True) from None
    assert backend.connection is not None
    line = Line(backend.connection)
    try:
        yield line
    finally:
        # To a server that hangs nobody says good-bye.
        with suppress(OSError):
            (backend.connection if line.broken else backend).close()
