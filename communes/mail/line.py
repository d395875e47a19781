"""One line to the mail server, on which it is always clear whether a letter was taken, not taken, or nobody knows.

Django's backend opens the line (TLS, log-in); the conversation is held here, because it tells a refusal before the
letter from a line that broke after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTP, SMTPException

from django.conf import settings
from django.core.mail import EmailMessage

from communes.mail.leash import Backend, Leash
from communes.mail.verdicts import gives_up

_OK, _GO_ON = 250, 354
_REFUSALS = range(400, 600)
_DOT = re.compile(rb"(?m)^\.")


class NotTaken(Exception):
    """The server has not taken the letter: ``for_good`` where the address is wrong, ``broken``: the line is gone."""

    def __init__(self, *, for_good: bool = False, broken: bool = False) -> None:
        super().__init__()
        self.for_good = for_good
        self.broken = broken


class NobodyKnows(Exception):
    """The line broke after the letter had left: the server may have it."""


class Line:
    """An open line."""

    def __init__(self, smtp: SMTP, leash: Leash) -> None:
        self._smtp = smtp
        self._leash = leash
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
            code, words = self._smtp.getreply()
        except OSError:
            self.broken = True
            raise NobodyKnows from None
        if code not in _REFUSALS and code != _OK:
            # Half an answer, before the line broke.
            self.broken = True
            raise NobodyKnows
        if code != _OK:
            raise NotTaken(for_good=gives_up(code, words))

    def _announce(self, sender: str, address: str) -> None:
        try:
            self._smtp.ehlo_or_helo_if_needed()
            if self._smtp.mail(sender)[0] != _OK:
                # Who writes is our own setting: it may be put right before the next try.
                self._reset()
                raise NotTaken
            code, words = self._smtp.rcpt(address)
            if code not in {_OK, _OK + 1}:
                self._reset()
                raise NotTaken(for_good=gives_up(code, words))
            if self._smtp.docmd("DATA")[0] != _GO_ON:
                self._reset()
                raise NotTaken
            if self._leash.left < settings.EMAIL_TIMEOUT:
                # Nobody would hear the answer: hanging up now, the server has nothing of the letter.
                raise TimeoutError
        except OSError:
            self.broken = True
            raise NotTaken(broken=True) from None

    def _reset(self) -> None:
        self._smtp.rset()


@contextmanager
def open_line(until: float) -> Iterator[Line]:
    """Open a line to the server named in the settings and close it again; raises NotTaken where there is none.

    At ``until``, a moment of the monotonic clock, the line is cut, wherever the conversation is.
    """
    with Leash(until).on() as leash:
        backend = Backend(leash)
        try:
            backend.open()
        except (OSError, SMTPException, ValueError):
            raise NotTaken(broken=True) from None
        assert backend.connection is not None
        line = Line(backend.connection, leash)
        try:
            yield line
        finally:
            # To a server that hangs nobody says good-bye.
            with suppress(OSError):
                (backend.connection if line.broken else backend).close()
