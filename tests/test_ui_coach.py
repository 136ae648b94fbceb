"""The coach is another process that may fail in any way: the desk gets findings or None, and soon."""

import json
import sys
from time import monotonic

import pytest

from kit.ui.coach import Coach
from tests.warm import soon

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


def test_a_slow_answer_is_fetched_later_and_only_the_newest_one_counts():
    slow = Coach("practice", (sys.executable, "-c", f"import time; time.sleep(2)\n{ANSWER}", "practice"), patience=0.1)
    assert slow.ask("one", "vi") is None and slow.owed == 1
    begun = monotonic()
    assert slow.ask("two", "vi") is None and slow.ask("one", "en") is None
    assert monotonic() - begun < 0.1, "who is slow already is not waited for again"
    assert soon(lambda: slow.answers.qsize() == 3)
    assert slow.late("two") is None and slow.owed == 3, "the newest question was about another attempt"
    assert slow.late("one", 60)["findings"][0]["title"] == "oneenpractice"
    assert (slow.owed, slow.broken) == (0, False) and slow.late("one") is None
    slow.stop()


def test_a_silent_child_is_ended_and_not_asked_again():
    mute = Coach("practice", (sys.executable, "-c", "import time; time.sleep(60)"), patience=0.1, silence=0.5)
    mute.ask("one", "vi")
    assert mute.child is not None and mute.owed == 1
    assert mute.late("one", 0.6) is None
    assert (mute.child, mute.owed, mute.broken) == (None, 0, True)
    assert mute.ask("one", "vi") is None and mute.child is None


def test_a_program_that_is_not_there():
    assert Coach("practice", ("no-such-program-anywhere",)).ask("one", "vi") is None


def test_without_a_session_nobody_is_started(tmp_path):
    mark = tmp_path / "started"
    coach = Coach("", (sys.executable, "-c", f"open({json.dumps(str(mark))}, 'w')"))
    assert coach.ask("one", "vi") is None
    assert not mark.exists()
