"""Waiting until a server that a test started answers."""

import subprocess
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path) -> None:
    """Return at the first answer; fail with the server's log when it ends or 40 seconds pass."""
    until = monotonic() + 40
    while monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            sleep(0.2)
    pytest.fail(log.read_text())
