"""A mail server of the tests: it listens on a port of its own and behaves as badly as it is told to."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress


class MailServer:
    """What arrived, and how it behaves.

    ``manners``: fine, silent (says nothing at all), unknown (550 for every person), busy (451), dies (hangs up when
    the letter has come), hangs (keeps the letter and says nothing), mumbles (hangs up in the middle of its answer to
    the letter), spam (554 for the letter), slow (thinks for ``thinks`` seconds before each answer), drips (greets one
    byte at a time, without an end). ``of_people`` answers for every person instead, ``of_letters`` for every letter.
    """

    def __init__(self) -> None:
        self.manners = "fine"
        self.thinks = 0.5
        self.of_people = b""
        self.of_letters = b""
        self.letters: list[tuple[str, str]] = []
        self.connections = 0
        self._socket = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._socket.getsockname()[1])

    def run(self) -> None:
        """Take one connection after the other until the socket is closed."""
        with suppress(OSError):
            while True:
                line, _from = self._socket.accept()
                self.connections += 1
                threading.Thread(target=self._talk, args=(line,), daemon=True).start()

    def stop(self) -> None:
        """Listen no more."""
        with suppress(OSError):
            self._socket.shutdown(socket.SHUT_RDWR)
        self._socket.close()

    def _talk(self, line: socket.socket) -> None:
        with line, suppress(OSError):
            line.settimeout(10)
            if self.manners == "silent":
                line.recv(1)
                return
            if self.manners == "drips":
                while True:
                    line.sendall(b"2")
                    time.sleep(0.2)
            self._think()
            line.sendall(b"220 here\r\n")
            self._converse(line, line.makefile("rb"))

    def _converse(self, line: socket.socket, words: object) -> None:
        address = ""
        for said in words:  # type: ignore[attr-defined]
            command = said.strip().upper()
            self._think()
            if command.startswith(b"RCPT"):
                address = said.strip().decode()[9:-1]
            if command == b"DATA":
                line.sendall(b"354 go on\r\n")
                if not self._takes_letter(line, words, address):
                    return
            elif command == b"QUIT":
                line.sendall(b"221 bye\r\n")
                return
            else:
                line.sendall(self._answer(command))

    def _takes_letter(self, line: socket.socket, words: object, address: str) -> bool:
        text = b"".join(iter(words.readline, b".\r\n"))  # type: ignore[attr-defined]
        if self.manners in {"dies", "mumbles"}:
            self.letters.append((address, text.decode()))
            line.sendall(b"2" if self.manners == "mumbles" else b"")
            return False
        if self.manners == "hangs":
            self.letters.append((address, text.decode()))
            line.recv(1)
            return False
        if self.manners == "spam" or self.of_letters:
            line.sendall(self.of_letters or b"554 no\r\n")
            return True
        self._think()
        self.letters.append((address, text.decode()))
        line.sendall(b"250 taken\r\n")
        return True

    def _answer(self, command: bytes) -> bytes:
        if command.startswith(b"RCPT"):
            usual = {"unknown": b"550 5.1.1 nobody\r\n", "busy": b"451 later\r\n"}
            return self.of_people or usual.get(self.manners, b"250 ok\r\n")
        return b"250 ok\r\n"

    def _think(self) -> None:
        if self.manners == "slow":
            time.sleep(self.thinks)


@contextmanager
def mail_server() -> Iterator[MailServer]:
    """Run a mail server for a test."""
    server = MailServer()
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.stop()
        thread.join(timeout=5)
