"""One published bundle, served once for all hostile tests of a test process."""

import socket
from collections.abc import Iterator

import pytest

from tests.hostile.served import Served, serving


@pytest.fixture(scope="session")
def served(tmp_path_factory) -> Iterator[Served]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    with serving(tmp_path_factory.mktemp("hostile"), port) as bundle:
        yield bundle
