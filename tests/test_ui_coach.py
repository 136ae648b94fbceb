"""The coach is another process that may fail in any way: the desk gets findings or None, and soon."""

import json
import sys
from time import monotonic

import pytest

from kit.ui.coach import Coach

ANSWER = """
import json, sys
for line in sys.stdin:
    asked = json.loads(line)
    title = asked["attempt"] + asked["language"] + sys.argv[1]
    print(json.dumps({"findings": [{"id": "a", "title": title}, "?"]}), flush=True)
"""
BAD = {
    "dies at once": "",
    "dies when asked": "input()",
    "is silent": "import time; time.sleep(60)",
    "talks nonsense": "input(); print('{nonsense')",
    "answers with an error": 'input(); print(\'{"error": "no"}\')',
    "answers with a list": "input(); print('[]')",
}


@pytest.fixture
def coach(request):
    made = Coach("practice", (sys.executable, "-c", request.param), patience=1.5)
    yield made
    made.stop()


@pytest.mark.parametrize("coach", [ANSWER], indirect=True)
def test_an_answer_is_read_and_the_child_is_kept(coach):
    assert coach.child is None
    first, child = coach.ask("one", "vi"), coach.child
    assert first == {"findings": [{"id": "a", "title": "onevipractice"}]}
    assert coach.ask("two", "en")["findings"][0]["title"] == "twoenpractice"
    assert coach.child is child


@pytest.mark.parametrize("coach", BAD.values(), ids=BAD, indirect=True)
def test_no_answer_is_none_and_in_time(coach):
    begun = monotonic()
    assert coach.ask("one", "vi") is None
    assert monotonic() - begun < 6


@pytest.mark.parametrize("coach", ["import time; time.sleep(60)"], indirect=True)
def test_a_silent_child_is_ended_and_not_waited_for_again(coach):
    coach.ask("one", "vi")
    assert coach.child is None
    begun = monotonic()
    assert coach.ask("one", "vi") is None
    assert monotonic() - begun < 0.2


def test_a_program_that_is_not_there():
    assert Coach("practice", ("no-such-program-anywhere",)).ask("one", "vi") is None


def test_without_a_session_nobody_is_started(tmp_path):
    mark = tmp_path / "started"
    coach = Coach("", (sys.executable, "-c", f"open({json.dumps(str(mark))}, 'w')"))
    assert coach.ask("one", "vi") is None
    assert not mark.exists()
