"""Reading the environment: every setting that is wrong is refused at start, in one line that names it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

YES = {"1", "true", "yes", "on"}
NO = {"", "0", "false", "no", "off"}


def text(name: str, default: str = "") -> str:
    """Return the variable's text, stripped; ``default`` when it is unset or blank."""
    return os.environ.get(name, "").strip() or default


def flag(name: str, *, default: bool = False) -> bool:
    """Return a yes/no variable; raises ImproperlyConfigured for any other word."""
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in YES | NO:
        return word in YES
    raise ImproperlyConfigured(f"{name}={raw!r}: say 1 or 0.")


def listed(name: str) -> list[str]:
    """Return a comma-separated variable as a list without blanks."""
    return [part.strip() for part in os.environ.get(name, "").split(",") if part.strip()]


@dataclass(frozen=True, slots=True)
class MailServer:
    """A server that takes e-mail: ``tls`` from the first byte, or ``starttls`` after the greeting."""

    host: str
    port: int
    user: str
    password: str
    tls: bool
    starttls: bool


_MAIL_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}


def mail_server(name: str) -> MailServer | None:
    """Return the server of ``smtps://user:password@host:465``; None when unset; raises ImproperlyConfigured."""
    given = text(name)
    if not given:
        return None
    try:
        url = urlsplit(given)
        port = url.port or _MAIL_PORTS[url.scheme]
    except (ValueError, KeyError):
        # The address holds a password: it is not repeated.
        raise ImproperlyConfigured(
            f"{name}: say smtp+tls://user:password@host:587, smtps:// or smtp://."
        ) from None
    if not url.hostname:
        raise ImproperlyConfigured(f"{name}: the name of the server is missing.")
    return MailServer(
        host=url.hostname,
        port=port,
        user=unquote(url.username or ""),
        password=unquote(url.password or ""),
        tls=url.scheme == "smtps",
        starttls=url.scheme == "smtp+tls",
    )


def address(name: str) -> str:
    """Return an address of this product with scheme, without its last slash; raises ImproperlyConfigured."""
    given = text(name).rstrip("/")
    url = urlsplit(given)
    if given and (url.scheme not in {"http", "https"} or not url.netloc or url.query or url.fragment):
        raise ImproperlyConfigured(f"{name}={given!r}: say https://name.of.the.server.")
    return given
