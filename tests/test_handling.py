"""Handled or not: the desk's counter and the report's figure are one rule."""

import pytest

from grading.players import PLAYERS, play
from grading.report.completeness import completeness
from kit.attempt import Attempt
from kit.attempt_store import MemoryStore
from kit.event import Event
from kit.handling import handlings
from kit.ui.matters import progress
from tests.rehearsed import compiled


@pytest.mark.parametrize("robot", ["model", "average", "careless", "idle"])
@pytest.mark.parametrize("name", ["02-portal-1022", "05-handover-dossiers", "10-boundary-free-payment"])
def test_desk_and_report_count_the_same(name, robot):
    script, key = compiled(2, name)
    store = MemoryStore()
    attempt, _ = Attempt.start(store, store.add_script(script), robot)
    play(attempt, key, PLAYERS[robot])
    found = completeness(key.records, attempt.events)
    assert progress(attempt) == (found.handled, found.brought)
    assert (found.handled == found.brought) == (robot == "model") or robot == "careless"


def event(kind: str, **changes: object) -> Event:
    return Event("a", 1, kind, "2025-07-01T08:00", "", "x", record="r", changes={"r": changes} if changes else {})


@pytest.mark.parametrize(
    ("happened", "handles"),
    [(event("acted", looked_up=True), False), (event("acted", located_at="08:00"), False), (event("acted"), True),
     (event("acted", looked_up=True, step="taken"), True), (event("refused"), False), (event("delivered", a=1), False)],
)  # fmt: skip
def test_looking_something_up_handles_nothing(happened, handles):
    assert list(handlings([happened])) == ([happened] if handles else [])
