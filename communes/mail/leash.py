"""The end of a conversation with a mail server, whatever it does: time limits of the line begin anew with each byte."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager, suppress
from smtplib import SMTP, SMTP_SSL
from socket import SHUT_RDWR, socket
from threading import Timer
from time import monotonic
from typing import Any

from django.core.mail.backends.smtp import EmailBackend


class Leash:
    """Cuts every connection it holds when its time is over; ``until`` is of the monotonic clock, in seconds."""

    def __init__(self, until: float) -> None:
        self._until = until
        self._held: list[socket] = []
        self._timer = Timer(max(0.0, self.left), self._cut)
        self._timer.daemon = True

    @property
    def left(self) -> float:
        """Return how many seconds are left."""
        return self._until - monotonic()

    def hold(self, connection: socket) -> None:
        """Hold a connection by a handle of its own: TLS puts another socket in the place of the first."""
        self._held.append(connection.dup())
        if self.left <= 0:
            self._cut()

    @contextmanager
    def on(self) -> Iterator[Leash]:
        """Watch the time for a while."""
        self._timer.start()
        try:
            yield self
        finally:
            self._timer.cancel()
            for handle in self._held:
                handle.close()

    def _cut(self) -> None:
        for handle in self._held:
            with suppress(OSError):
                handle.shutdown(SHUT_RDWR)


class Backend(EmailBackend):
    """Django's way to open a line, on a leash from its first byte."""

    def __init__(self, leash: Leash) -> None:
        super().__init__()
        self._leash = leash

    @property
    def connection_class(self) -> Any:
        """Return what opens the connection; it talks while it is being made, so the leash is there before."""
        return type("Held", (_HeldTls if self.use_ssl else _Held,), {"leash": self._leash})


class _Held(SMTP):
    leash: Leash

    def _get_socket(self, host: str, port: int, timeout: float) -> socket:
        connection: socket = super()._get_socket(host, port, timeout)  # type: ignore[misc]
        self.leash.hold(connection)
        return connection


class _HeldTls(SMTP_SSL, _Held):
    """The handshake is held, too: what speaks TLS asks the next in line for its connection."""
