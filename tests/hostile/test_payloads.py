"""Text that wants to be more than text, in every free field: on the desk, the board, the report, in every export."""

import csv
import io
from dataclasses import replace
from random import Random

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page

from grading.evaluate import evaluate
from grading.gradebook import Graded, as_csv, as_xlsx, row_of
from grading.players import PLAYERS, play
from grading.report import page as report_page
from grading.report.reading import Report
from kit.attempt import Attempt
from kit.errors import KitError
from kit.key_store import KeyStore
from kit.store import EventStore
from kit.store.people import Person, Seat
from kit.trainer.board_table import bottlenecks, overview
from kit.trainer.watching import Watch
from kit.ui.coach import Coach
from kit.ui.desk import Desk
from tests.rehearsed import compiled, ticking

pytestmark = pytest.mark.timeout(150)
CORPUS = (
    '<img src=x onerror="hit()">', "<svg onload=hit()>", '"><script>hit()</script>', "javascript:hit()",
    "{{7*7}}${7*7}<%= 7*7 %>", "\u202egnp.exe\u200b", "</textarea><iframe srcdoc='<script>hit()</script>'>",
    "[x](javascript:hit())", "<math><mi//xlink:href='data:x,<script>hit()</script>'>", "=HYPERLINK('http://x.example')",
    "@SUM(1)", "-1+1|cmd", "'><base href=//evil.example>", "<style>@import'//evil.example'</style>",
    "<a href='&#106;avascript:hit()'>x</a>", "\x00\x07<b onmouseover=hit()>",
)  # fmt: skip
FOREIGN = "script, iframe, object, embed, base, img[src='x'], [onerror], [onload], [onmouseover]"
WATCH = """() => { window.hits = 0; window.hit = () => { window.hits += 1; }; }"""
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


def show(page: Page, markup: str) -> None:
    """Put markup into a page without any policy: nothing but our escaping protects it."""
    page.goto("about:blank")
    page.evaluate(WATCH)
    page.evaluate("html => { document.body.innerHTML = html; document.title = 'ours'; }", markup)
    page.wait_for_timeout(150)


def harmless(page: Page) -> None:
    assert page.evaluate("window.hits") == 0
    assert page.title() == "ours"
    assert page.evaluate("query => document.querySelectorAll(query).length", FOREIGN) == 0
    assert page.evaluate("[...document.links].filter(a => !/^(https?|mailto|data|about|#)/.test(a.href)).length") == 0


def test_the_board_shows_names_and_entries_as_text(page, played):
    store, keys, _ = played
    watch = Watch(store, keys, ticking())
    watch.look()
    show(page, overview(watch, ticking()(), "vi") + bottlenecks(watch, "en"))
    assert page.get_by_text("onerror").count()
    harmless(page)


def test_the_report_shows_entries_as_text(page, played):
    _, keys, attempt = played
    key = keys.key(attempt.script.hash())
    report = Report(attempt.events, attempt.script, key, evaluate(key, attempt.events))
    for language in ("vi", "en"):
        show(page, str(report_page(report, language)))
        assert page.get_by_text("hit()").count()
        harmless(page)


def html_of(widget) -> str:
    """Every piece of HTML in a widget and what it holds."""
    own = str(widget.value) if "HTML" in str(widget._model_name) else ""
    return own + "".join(html_of(child) for child in getattr(widget, "children", ()))


def test_the_desk_shows_names_and_entries_as_text(page, played, tmp_path):
    store, _, attempt = played
    second, token = Hostile.start(store, attempt.script.hash(), CORPUS[0], "practice", ticking())
    play_some(second, compiled()[1])
    desk = Desk(store, "vi", tmp_path / "desk.log", Coach("")).open(f"luot={token}")
    markup = html_of(desk.widget)
    assert len(markup) > 5_000
    show(page, markup)
    harmless(page)


def play_some(attempt: Attempt, key) -> None:
    for cue in attempt.deliver()[:3]:
        PLAYERS["careless"](attempt, cue, key, Random(1))


@pytest.mark.parametrize("text", CORPUS)
def test_no_export_turns_a_name_into_a_formula(text, played):
    _, keys, attempt = played
    key = keys.key(attempt.script.hash())
    row = {"id": attempt.id, "trainee": text, "mode": "practice", "script": key.script}
    graded = Graded("practice", row, attempt.events, evaluate(key, attempt.events))
    rows = [row_of(replace(graded, attempt=row))]
    cells = [cell for line in csv.reader(io.StringIO(as_csv(rows).decode())) for cell in line]
    assert not [cell for cell in cells if cell[:1] in ("=", "+", "-", "@", "\t", "\r") and not is_number(cell)]
    sheet = load_workbook(io.BytesIO(as_xlsx(rows))).active
    assert not [cell for line in sheet.iter_rows() for cell in line if cell.data_type == "f"]


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
