"""Text that wants to be more than text, in every free field: on the desk, the board, the report, in every export."""

import csv
import io
from dataclasses import replace

import pytest
from openpyxl import load_workbook

from grading.evaluate import evaluate
from grading.gradebook import Graded, as_csv, as_xlsx, row_of
from grading.players import PLAYERS, play
from grading.report import page as report_page
from grading.report.reading import Report
from kit.attempt import Attempt
from kit.cli import main
from kit.errors import KitError
from kit.hotwash import QUESTIONS
from kit.key_store import KeyStore
from kit.notices import acknowledge
from kit.ordered import notice_code
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.trainer.board_record import merged, ordered, read
from kit.trainer.board_table import bottlenecks, overview
from kit.trainer.watching import Watch
from kit.ui.coach import Coach
from kit.ui.desk import Desk
from kit.ui.view import View
from tests import ordered_day
from tests.hostile.payloads import CORPUS, harmless, html_of, show
from tests.rehearsed import compiled, home_in, ticking
from tests.session_files import emptied, made

pytestmark = pytest.mark.timeout(150)
Played = tuple[EventStore, KeyStore, Attempt]


class Hostile(Attempt):
    """A trainee who tries the corpus in every text of every action, and then does the action properly."""

    tried = 0

    def act(self, name, action, record, given):
        for key, value in given.items():
            if isinstance(value, str) and self.tried < 400:
                self.tried += 1
                try:
                    super().act(name, action, record, {**given, key: CORPUS[self.tried % len(CORPUS)]})
                except KitError:
                    continue
        return super().act(name, action, record, given)


@pytest.fixture(scope="module")
def played(tmp_path_factory) -> Played:
    """An attempt of somebody with such a name, in a store with such people."""
    folder = tmp_path_factory.mktemp("hostile")
    script, key = compiled()
    store, keys = EventStore.at(folder / "attempts.sqlite"), KeyStore.at(folder / "keys" / "keys.sqlite")
    keys.add(key)
    number = store.add_script(script)
    store.people.add([Person("HV-1", CORPUS[0], "26740", CORPUS[1][:60], CORPUS[2])],
                     [Seat("HV-1", script.exercise, number, "assessed", CORPUS[4][:60], CORPUS[1][:60])])  # fmt: skip
    attempt, _ = Hostile.start(store, number, CORPUS[2], "practice", ticking())
    play(attempt, key, PLAYERS["careless"])
    return store, keys, attempt


def test_the_corpus_reached_the_log(played):
    log = str([event.given for event in played[2].events])
    assert sum(text in log or repr(text)[1:-1] in log for text in CORPUS) >= len(CORPUS) // 2


def test_the_board_shows_names_and_entries_as_text(page, played):
    store, keys, _ = played
    watch = Watch(store, keys, ticking())
    watch.look()
    show(page, overview(watch, ticking()(), "vi") + bottlenecks(watch, "en"))
    assert page.get_by_text("onerror").count()
    harmless(page)


def test_notices_their_answers_and_orders_are_text_on_the_board_and_at_the_desk(page, tmp_path):
    store, keys = EventStore.at(tmp_path / "attempts.sqlite"), KeyStore.at(tmp_path / "keys" / "keys.sqlite")
    keys.add(ordered_day.key())
    attempt = ordered_day.begun(store)
    for place, title in enumerate(CORPUS[:5]):  # the board shows the five newest
        push = ordered_day.pushed()
        push["notice"] |= {"title": f"a {title}", "title_en": title, "says": {"vi": title, "en": title}}
        number = ordered_day.order(store, "push", **{**push, "why": CORPUS[-place]})
        attempt.deliver()
        for answer in CORPUS[place * 3 : place * 3 + 4]:
            acknowledge(attempt, notice_code(number), answer)
    watch = Watch(store, keys, ticking())
    watch.look()
    for language in ("vi", "en"):
        show(page, read(watch, language) + ordered(watch, language))
        assert page.get_by_text("hit()").count() > 10
        harmless(page)
    desk = Desk(store, "vi", tmp_path / "desk.log", Coach(""))
    desk.view = View(Attempt(store, store.attempt(id=attempt.id)), "vi", "")
    desk.show()
    for record in attempt.state.records:
        desk.page.choose(record)
        show(page, html_of(desk.widget))
        harmless(page)


def test_what_people_say_afterwards_is_text_on_the_board(page):
    said = [("04", dict.fromkeys(QUESTIONS, text)) for text in CORPUS]
    show(page, merged(said, "vi"))
    assert page.get_by_text("hit()").count()
    harmless(page)


def test_the_report_shows_entries_as_text(page, played):
    _, keys, attempt = played
    key = keys.key(attempt.script.hash())
    report = Report(attempt.events, attempt.script, key, evaluate(key, attempt.events))
    for language in ("vi", "en"):
        show(page, str(report_page(report, language)))
        assert page.get_by_text("hit()").count()
        harmless(page)


@pytest.mark.parametrize("text", CORPUS)
def test_no_export_turns_a_name_into_a_formula(text, played):
    _, keys, attempt = played
    key = keys.key(attempt.script.hash())
    row = {"id": attempt.id, "trainee": text, "mode": "practice", "script": key.script}
    graded = Graded("practice", row, attempt.events, evaluate(key, attempt.events))
    rows = [row_of(replace(graded, attempt=row))]
    assert not formulas(as_csv(rows).decode())
    sheet = load_workbook(io.BytesIO(as_xlsx(rows))).active
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


def formulas(text: str) -> list[str]:
    """The cells of a CSV that a spreadsheet would run."""
    cells = [cell for line in csv.reader(io.StringIO(text)) for cell in line]
    return [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number(cell)]


def test_no_list_of_links_turns_a_name_into_a_formula(tmp_path, monkeypatch):
    session, out = made(emptied(home_in(tmp_path), monkeypatch)), tmp_path / "links.csv"
    people = [Person(f"HV-{place}", text[:60], "26740", "", text[:60]) for place, text in enumerate(CORPUS)]
    session.store().add_script(compiled()[0])
    session.store().people.add(people, [])
    assert main(["session", "links", session.name, "--address", "https://lop.example/", "--csv", str(out)]) == 0
    assert "HYPERLINK" in out.read_text(encoding="utf-8-sig") and not formulas(out.read_text(encoding="utf-8-sig"))


def is_number(cell: str) -> bool:
    try:
        float(cell)
    except ValueError:
        return False
    return True


def test_the_page_would_tell_if_something_ran(page):
    """The net itself catches: the same corpus unescaped is not harmless."""
    show(page, CORPUS[0])
    with pytest.raises(AssertionError):
        harmless(page)
