"""Graded notebooks on a real Dask cluster; a worker that dies or a notebook that breaks loses no other."""

import json
import os
import signal
import sys
from pathlib import Path

import pytest

from grading.cluster import run_on_cluster
from grading.rehearsal import Job, play_robot
from kit import dask_cluster
from kit.errors import WrongUse
from kit.session import Session
from tests.rehearsed import COUNTER, home_in, world
from tests.test_cli import WRONG_USE, here, told

distributed = pytest.importorskip("distributed", reason='DASK TESTS SKIPPED: pip install -e ".[scale]"')
pytestmark = pytest.mark.timeout(300)  # a cluster on a busy computer takes its time
QUIET = {"distributed.worker.memory.terminate": False, "distributed.scheduler.allowed-failures": 5}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return home_in(tmp_path_factory.mktemp("home"))


@pytest.fixture(scope="module")
def attempt(place: Path) -> str:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(place))
        return play_robot(COUNTER, world(), 1, "careless", Session.named("practice")).attempt


@pytest.fixture(scope="module")
def cluster(place: Path):
    """Two workers, processes of their own, one notebook each at a time."""
    import dask

    with (
        dask.config.set(QUIET),
        distributed.LocalCluster(2, threads_per_worker=1, processes=True, dashboard_address=None) as made,
    ):
        yield made


@pytest.fixture(autouse=True)
def at_home(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KIT_HOME", str(place))


def test_a_dying_worker_and_a_broken_notebook_lose_no_other(cluster, attempt, tmp_path):
    jobs = [Job(tmp_path / f"{number}.ipynb", "practice", attempt) for number in range(3)]
    broken = Job(tmp_path / "broken.ipynb", "practice", "f" * 32)
    running = run_on_cluster([broken, *jobs], cluster.scheduler_address)
    ended = [next(running)]
    os.kill(next(iter(cluster.workers.values())).pid, signal.SIGKILL)
    ended += running
    problems = dict(ended)
    assert set(problems) == {broken, *jobs} and len(ended) == len(problems)
    assert "No attempt" in problems[broken] and [problems[job] for job in jobs] == [""] * len(jobs)
    for job in jobs:
        cells = json.loads(job.output.read_text(encoding="utf-8"))["cells"]
        assert any("aar" in str(output.get("data")) for cell in cells for output in cell.get("outputs", ()))


def test_kit_rehearse_spreads_over_a_cluster(cluster, place, tmp_path):
    done = told(here(place, "rehearse", COUNTER, "--out", str(tmp_path), "--dask", cluster.scheduler_address, "--json"))
    assert done["failed"] == {} and Path(done["rehearsals"][0]["notebook"]).is_file()


def test_who_runs_several_notebooks_at_once_is_refused(tmp_path):
    with (
        distributed.LocalCluster(1, threads_per_worker=2, processes=False, dashboard_address=None) as many,
        pytest.raises(WrongUse, match="--nthreads 1"),
    ):
        list(run_on_cluster([Job(tmp_path / "x.ipynb", "practice", "f" * 32)], many.scheduler_address))


def test_no_dask_and_no_scheduler_are_explained(place, tmp_path, monkeypatch):
    monkeypatch.setattr(dask_cluster, "PATIENCE", 1)
    for address in ("nowhere", "tcp://127.0.0.1:1"):
        with pytest.raises(WrongUse, match="Dask"):
            list(run_on_cluster([], address))
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(WrongUse) as wrong:
        list(run_on_cluster([], "tcp://127.0.0.1:1"))
    assert "pip install" in wrong.value.en and "[scale]" in wrong.value.vi
    assert here(place, "rehearse", COUNTER, "--dask", "x", "--out", str(tmp_path)).returncode == WRONG_USE
