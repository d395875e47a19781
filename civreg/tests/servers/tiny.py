"""A supervisor of two tiny services that write their process ids into a folder: ``python -m … tiny FOLDER``."""

from __future__ import annotations

import sys
from pathlib import Path

from civreg.servers import Service, Supervisor


def tiny(name: str, folder: Path, *, stubborn: bool = False) -> Service:
    """Return a service that says when it starts and when it is told to stop."""
    told = "" if stubborn else "exit 0"
    script = f"trap 'echo {name} >> stops; {told}' TERM; echo $$ > {name}.pid; while :; do sleep 0.05; done"
    return Service(name=name, argv=["sh", "-c", script], log=folder / "log", cwd=folder, patience=0.5)


def main(folder: Path) -> None:
    """Keep two services running that obey, and one that does not."""

    def died(name: str, status: int) -> None:
        (folder / "deaths").write_text(f"{name} {status}")

    services = [tiny("first", folder), tiny("second", folder), tiny("stubborn", folder, stubborn=True)]
    Supervisor(services, on_death=died).run()


if __name__ == "__main__":
    main(Path(sys.argv[1]))
