"""What must not get out: no truth in any widget, no key in any file or log, no other program's secret in a kernel."""

import stat

import psutil
import pytest

from tests.hostile.served import CANARY, SECRET, Served
from tests.hostile.trainee import Trainee

pytestmark = pytest.mark.timeout(150)


def test_no_widget_of_the_desk_knows_the_truth(served):
    """Every widget, shown or hidden, and everything that ever came over the wire."""
    trainee = Trainee(served, "Ngô Văn Tìm")
    desk = trainee.begin()
    assert len(desk) > 50
    said = str(desk) + str(trainee.wire.heard) + trainee.page
    assert CANARY not in said
    for word in truths_of(served):
        assert word not in said, word


def truths_of(served: Served) -> set[str]:
    """Sentences that stand in the key alone: titles of expectations, advice, hints; and the names of planted truths."""
    whole = {
        text
        for key in served.keys.values()
        for target in key.targets
        for texts in (target.advice, target.hint)
        for text in texts.values()
    }
    return {text for text in whole if len(text) > 25} | {f'"{name}"' for key in served.keys.values()
                                                            for name in key.truths.values() if "_" in name}  # fmt: skip


def test_the_search_for_the_truth_finds_it_where_it_is(served):
    assert truths_of(served)
    assert any(word in str(served.keys) for word in truths_of(served))


def test_canaries_of_the_keys_are_in_no_file_and_no_log(served):
    """The bundle, what the server wrote, its log; the search itself is shown to find one."""
    places = [served.bundle, served.state, served.log]
    files = [file for place in places for file in (place.rglob("*") if place.is_dir() else [place]) if file.is_file()]
    assert len(files) > 100
    assert not [file for file in files if CANARY.encode() in file.read_bytes()]
    keys = served.bundle.parent / "home" / "sessions" / "practice" / "keys" / "keys.sqlite"
    assert CANARY.encode() in keys.read_bytes()


def test_what_the_server_writes_is_its_owners_alone(served):
    assert stat.S_IMODE(served.state.stat().st_mode) == 0o700


def test_a_kernels_environment_holds_no_other_programs_secret(served):
    """What a kernel could tell if it ran code: /proc shows the environment of every process of the server."""
    around = [child.environ() for child in psutil.Process(served.server.pid).children(recursive=True)]
    names = {name for one in around for name in one}
    assert around and SECRET not in names
    assert not {name for name in names if any(word in name for word in ("SECRET", "TOKEN", "PASSWORD", "AWS", "SSH"))}
