"""Servers of pages that a test starts, waits for and ends."""

import os
import socket
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from kit.publish.serving import environment, serving_command
from tests.desk_setting import ROOT


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


@contextmanager
def serving(folder: Path, home: Path, **around: str) -> Iterator[str]:
    """The address, with a slash behind it, of a server of this folder's pages; `home` is its KIT_HOME.

    `around` is added to its environment. It is ended in any case.
    """
    with pytest.MonkeyPatch.context() as patch, socket.socket() as probe:
        patch.setenv("KIT_HOME", str(home))
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
        probe.close()
        command = serving_command(folder, port)
        surroundings = {**environment({**os.environ, **around}), "PYTHONPATH": str(ROOT)}
    log = home / f"{folder.name}.log"
    with log.open("w") as told:
        server = subprocess.Popen(command, env=surroundings, stdout=told, stderr=told)
    try:
        wait_for(f"http://127.0.0.1:{port}/", server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)
