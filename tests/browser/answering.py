"""Servers of pages that a test starts, waits for and ends."""

import os
import socket
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from time import monotonic, sleep
from urllib.error import URLError
from urllib.request import urlopen

import pytest

from kit.publish.serving import environment, serving_command
from tests.desk_setting import ROOT


def wait_for(address: str, server: "subprocess.Popen[bytes]", log: Path, seconds: float = 60) -> None:
    """Return at the first answer; fail with the end of the server's log when it ends or that time passes."""
    until = monotonic() + seconds
    while monotonic() < until and server.poll() is None:
        try:
            urlopen(address, timeout=5).close()
            return
        except (URLError, OSError):
            sleep(0.2)
    pytest.fail(log.read_text()[-4000:])


def port_of_its_own() -> int:
    """A port of 127.0.0.1 that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def answering(command: Sequence[str], around: Mapping[str, str], port: int, log: Path) -> Iterator[str]:
    """The address, with a slash behind it, of a server that this command starts; it is ended in any case."""
    with log.open("w") as told:
        server = subprocess.Popen(command, env=around, stdout=told, stderr=told, cwd=log.parent)
    try:
        wait_for(f"http://127.0.0.1:{port}/voila/static/voila.js", server, log)
        yield f"http://127.0.0.1:{port}/"
    finally:
        server.terminate()
        server.wait(20)


@contextmanager
def serving(shown: Path, home: Path, **around: str) -> Iterator[str]:
    """The address of a server of a folder's pages, or of one page; `home` is its KIT_HOME.

    `around` is added to its environment.
    """
    port = port_of_its_own()
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        command = serving_command(shown, port)
        surroundings = {**environment({**os.environ, **around}), "PYTHONPATH": str(ROOT)}
    with answering(command, surroundings, port, home / f"{shown.name}.log") as address:
        yield address
