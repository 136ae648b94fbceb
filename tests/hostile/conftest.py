"""One published bundle, served once for all hostile tests of a test process."""

import socket
from collections.abc import Iterator

import pytest

from tests.hostile.served import Served, serving


def a_free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Served]:
    with serving(tmp_path_factory.mktemp("hostile"), a_free_port()) as bundle:
        yield bundle


@pytest.fixture(scope="module")
def module_port() -> int:
    """A port for a server of one file's own."""
    return a_free_port()
