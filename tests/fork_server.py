"""The process from which the pools of a test process fork: it imports once what any of them needs.

A fork server lives as long as the process that started it and imports what the first pool asks for; the pools of
another kind would import their own libraries in every worker.
"""

from multiprocessing import forkserver

import pytest

uses_pools = pytest.mark.usefixtures("fork_server")


@pytest.fixture(scope="session")
def fork_server() -> None:
    from grading import rehearsal, spread
    from kit.kernels import fork_exists
    from kit.session import workers

    if fork_exists():
        forkserver.set_forkserver_preload([*rehearsal.NEEDED, *workers.NEEDED, spread.__name__])
        forkserver.ensure_running()
