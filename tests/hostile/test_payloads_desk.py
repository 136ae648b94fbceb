"""The same text in every field of a script and in every entry: on each page of the desk it stays text."""

import json
from collections.abc import Iterator
from itertools import count, cycle

import pytest

from kit.event import canonical
from kit.script import Script
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.ui.coach import Coach
from kit.ui.desk import Desk
from tests.hostile.payloads import CORPUS, harmless, html_of, laced, show
from tests.rehearsed import COUNTER, compiled
from tests.roster import link, session_in

pytestmark = pytest.mark.timeout(150)


@pytest.fixture(scope="module")
def script() -> Script:
    """A script whose every name, title, address, question and answer is hostile."""
    return Script.from_json(laced(json.loads(canonical(compiled()[0].to_json())), count()))


def everything(desk: Desk) -> Iterator[str]:
    """The HTML of the start page, every record with each paper, every form filled in, the books, the end."""
    yield html_of(desk.widget)
    desk.begin(next(iter(desk.page.doors.scripts)), CORPUS[0], "assessed")
    while desk.view.attempt.wait():
        desk.view.attempt.deliver()
    for record in desk.view.attempt.state.delivered[:8]:
        desk.page.choose(record_of(desk, record))
        yield html_of(desk.widget)
        for place in range(6):
            desk.page.dossier.turn(place)
            yield html_of(desk.page.dossier.widget)
        for _, action in desk.page.panel.offered():
            desk.page.panel.open(action.name)
            fill_in(desk)
            yield html_of(desk.page.panel.widget)
    desk.page.open("reference")
    yield html_of(desk.widget)
    desk.page.finish()
    yield html_of(desk.widget)


def record_of(desk: Desk, cue: str) -> str:
    return next(one.record for one in desk.view.attempt.script.cues if one.id == cue)


def fill_in(desk: Desk) -> None:
    """Every text entry of the open form."""
    corpus = cycle(CORPUS)
    for control in (one for entry in desk.page.panel.entries for one in entry.controls):
        if "Text" in str(control._model_name):
            control.value = next(corpus)


def test_the_desk_shows_the_scripts_texts_and_the_trainees_as_text(page, script, tmp_path):
    store = EventStore.at(tmp_path / "attempts.sqlite")
    store.add_script(script)
    show(page, "".join(everything(Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(""))))
    assert page.get_by_text("hit()").count() > 100
    harmless(page)


def test_a_roster_of_hostile_names_is_shown_as_text(page, script, tmp_path):
    store = session_in(tmp_path / "lop-1")
    number, team = store.add_script(script), CORPUS[0]
    mates = [Person(f"HV-{place}", text[:60], "26740") for place, text in enumerate(CORPUS)]
    store.people.add(mates, [Seat(one.code, COUNTER, number, "practice", team, "reception") for one in mates])
    desk = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(link(store, mates[0]))
    show(page, html_of(desk.widget))
    assert page.get_by_text("hit()").count() >= 3
    harmless(page)
