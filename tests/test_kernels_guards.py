"""What must never be forked, what happens when no fork can be had, and 200 kernels that leave nothing behind."""

import os
import resource
import threading
from pathlib import Path

import psutil
import pytest

from kit import kernels
from kit.kernels.safety import generators, hazards, reseed
from kit.kernels.wire import Channel, Closed, TooLong
from kit.kernels.zygote import ForkedProcess, NotForked, Zygote
from tests.warm import Kernel, gone, open_files, soon, spec_in

pytestmark = pytest.mark.skipif(not kernels.fork_exists(), reason="this system cannot fork")
KERNEL = {"env": dict(os.environ), "cwd": os.sep, "program": "kernel", "arguments": ["-f", "/nowhere.json"]}
ROOT = Path(__file__).resolve().parents[1]


@pytest.fixture
def mother(request):
    made = Zygote(getattr(request, "param", ()))
    yield made
    made.close()


def fork(mother: Zygote) -> ForkedProcess:
    forked = mother.fork("kernel", KERNEL, [0, 1, 2])
    assert forked.started(60)
    return forked


def test_two_hundred_kernels_killed_at_any_age_leave_nothing(mother, tmp_path):
    KERNEL["arguments"] = ["-f", str(tmp_path / "kernel.json"), "--quiet"]
    fork(mother).close()
    process = psutil.Process(mother.process.pid)
    assert soon(lambda: not process.children())
    ours, theirs = open_files(os.getpid()), open_files(process.pid)
    for number in range(200):
        forked = fork(mother)
        if number % 2:
            forked.kill()
            assert forked.wait(30) == -9
        forked.close()
    assert soon(lambda: not process.children()), "kernels or zombies are left"
    assert soon(lambda: (open_files(os.getpid()), open_files(process.pid)) == (ours, theirs)), "files are left open"


DANGERS = {
    "thread 'ticker'": "import threading as t, time; t.Thread(None, time.sleep, 'ticker', (600,), daemon=True).start()",
    "zmq context": "import zmq; context = zmq.Context()",
    "SQLite connection": "import sqlite3; connection = sqlite3.connect(':memory:')",
}


@pytest.mark.parametrize("danger", DANGERS)
def test_a_library_that_makes_forks_unsafe_is_named_and_nothing_is_forked(danger, tmp_path, monkeypatch):
    (tmp_path / "risky.py").write_text(DANGERS[danger], encoding="utf-8")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    mother = Zygote(["risky"])
    with pytest.raises(NotForked, match=danger):
        mother.fork("kernel", KERNEL, [0, 1, 2]).started(60)
    assert psutil.Process(mother.process.pid).children() == []
    mother.close()


def test_the_zygote_itself_has_no_thread_and_a_library_that_is_missing_is_left_out(mother, capfd):
    fork(mother).close()
    tasks = Path(f"/proc/{mother.process.pid}/task")
    if tasks.is_dir():
        assert len(list(tasks.iterdir())) == 1
    other = Zygote(["no_such_library"])
    fork(other).close()
    other.close()
    assert "no_such_library" in capfd.readouterr().err


def test_hazards_of_this_process_are_seen_and_go_away():
    release = threading.Event()
    thread = threading.Thread(target=release.wait, name="held")
    thread.start()
    assert "thread 'held'" in hazards()
    release.set()
    thread.join()
    assert "thread 'held'" not in hazards()


def test_every_generator_is_found_and_gets_a_seed_of_its_own():
    import random

    import numpy

    made = [random.Random(1), numpy.random.RandomState(1), numpy.random.default_rng(1)]
    draws = [lambda: made[0].random(), lambda: made[1].rand(), lambda: made[2].random()]
    expected = [random.Random(1).random(), numpy.random.RandomState(1).rand(), numpy.random.default_rng(1).random()]
    assert all(any(one is found for found in generators()) for one in made)
    reseed(made)
    assert not {draw() for draw in draws} & set(expected)


def test_without_more_open_files_an_ordinary_kernel_starts_and_later_a_fork_again(tmp_path, caplog):
    folder = spec_in(tmp_path / "specs")
    first = Kernel(folder)
    mother = psutil.Process(first.process.pid).ppid()
    before = resource.prlimit(mother, resource.RLIMIT_NOFILE)
    resource.prlimit(mother, resource.RLIMIT_NOFILE, (open_files(mother), before[1]))
    ordinary = Kernel(folder)
    assert not isinstance(ordinary.process, ForkedProcess) and ordinary("print(1)") == "1"
    resource.prlimit(mother, resource.RLIMIT_NOFILE, before)
    again = Kernel(folder)
    assert isinstance(again.process, ForkedProcess) and psutil.Process(again.process.pid).ppid() == mother
    assert first("print(2)") == "2"
    for one in (first, ordinary, again):
        one.end()


def test_where_there_is_no_fork_the_ordinary_kernel_runs(tmp_path, monkeypatch):
    monkeypatch.delattr(os, "fork")
    kernel = Kernel(spec_in(tmp_path / "specs"))
    assert not isinstance(kernel.process, ForkedProcess) and kernel("print(1)") == "1"
    kernel.end()
    assert gone(kernel.process.pid) if kernel.process else True


def test_a_channel_knows_its_limits():
    ours, theirs = Channel.pair()
    theirs.send({"text": "x" * 1000})
    with pytest.raises(TooLong):
        ours.receive(1, most=100)
    ours, theirs = Channel.pair()
    with pytest.raises(TimeoutError):
        ours.receive(0.01)
    theirs.send({"a": 1})
    assert ours.receive(1) == ({"a": 1}, [])
    theirs.close()
    with pytest.raises(Closed):
        ours.receive(1)
    with pytest.raises(Closed):
        ours.send({"a": 1})
