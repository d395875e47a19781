"""A process of its own for a file that strangers sent: decoders are native code, and may die of it.

The script sets its own limits before it touches the file, and imports nothing of civreg.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

# What the child needs of our environment: where libraries are. No addresses, no secrets.
_ENVIRONMENT = ("PATH", "LD_LIBRARY_PATH")


def start(script: Path, order: Mapping[str, Any], file: IO[bytes]) -> subprocess.Popen[bytes]:
    """Start a script with its order as JSON and the open file as its standard input; its output is a pipe.

    ``-I`` keeps the script's folder, PYTHON* variables and user packages out of the child.
    """
    return subprocess.Popen(
        [sys.executable, "-I", str(script), json.dumps(order)],
        stdin=file,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env={name: os.environ[name] for name in _ENVIRONMENT if name in os.environ},
        start_new_session=True,
    )
