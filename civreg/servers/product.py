"""The product's own processes: the web server, the worker, and the beat that tells the worker the time."""

from __future__ import annotations

import http.client
import sys
from pathlib import Path

from civreg.servers import processes
from civreg.servers.home import Home
from civreg.servers.supervisor import Service

SOURCE = Path(__file__).resolve().parents[2]


def services(home: Home, host: str, port: int) -> list[Service]:
    """Return what ``manage.py start`` keeps running beside the database and the message queue."""
    return [_web(home, host, port), _worker(home), _beat(home)]


def _web(home: Home, host: str, port: int) -> Service:
    # Two processes with one thread each serve more requests than threads do (docs/decisions/0003-parts.md).
    # No access log: paths and queries of a register are personal data.
    options = ["--interface=wsgi", "--workers=2", "--blocking-threads=1", f"--host={host}", f"--port={port}"]
    options += [
        "--no-access-log",
        "--log-level=warning",
        "--respawn-failed-workers",
        "--workers-kill-timeout=5",
    ]
    options += ["--workers-kill-timeout=5"]
    return Service(
        name="web",
        argv=[sys.executable, "-m", "granian", *options, "civreg.wsgi:application"],
        log=home.logs / "web.log",
        cwd=SOURCE,
        ready=lambda: _serves(host, port),
    )


def _worker(home: Home) -> Service:
    # No gossip, mingle or heartbeat: there is nobody to talk to, and health is kept in the database.
    options = ["--pool=prefork", "--concurrency=1", "--loglevel=WARNING"]
    options += ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    return Service(
        name="worker",
        argv=[*_celery(), "worker", *options],
        log=home.logs / "worker.log",
        cwd=SOURCE,
    )


def _beat(home: Home) -> Service:
    return Service(
        name="beat",
        argv=[*_celery(), "beat", "--loglevel=WARNING", "--pidfile="],
        log=home.logs / "beat.log",
        cwd=SOURCE,
    )


def _celery() -> list[str]:
    return [*processes.without_root(), sys.executable, "-m", "celery", "--quiet", "-A", "civreg.celery"]


def _serves(host: str, port: int) -> bool:
    """Tell whether the web server answers at all; what it answers is for /healthz to say."""
    connection = http.client.HTTPConnection(host, port, timeout=2)
    try:
        connection.request("HEAD", "/healthz")
        connection.getresponse()
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
    return True
