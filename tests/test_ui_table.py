"""The table of all records: found, sorted, chosen and acted upon together, without a browser."""

import pytest

from kit.event import ACTED
from kit.plain_text import vietnamese_order
from kit.store import EventStore
from kit.ui import Desk
from kit.ui.coach import Coach
from kit.ui.lines import Line, Wanted, found
from kit.ui.table import PAGE, Table
from tests.desk_trial import letter, script
from tests.rehearsed import compiled

EXERCISE = "05-handover-dossiers"


def desk_on(store: EventStore, folder) -> Desk:
    desk = Desk(store, "vi", folder / "desk.log", Coach("")).open("")
    desk.entered.name, desk.entered.mode = "Nguyễn An", "practice"
    desk.page.begin()
    return desk


@pytest.fixture
def desk(tmp_path) -> Desk:
    """Ninety dossiers and three lists on the desk, the table open."""
    store = EventStore("sqlite://")
    store.add_script(compiled(1, EXERCISE)[0])
    desk = desk_on(store, tmp_path)
    desk.page.open("table")
    return desk


def table(desk: Desk) -> Table:
    return desk.page.table


def shown(desk: Desk) -> list[str]:
    """The codes on the page, from top to bottom."""
    return [one.id for one in table(desk).rows if "kit-hidden" not in one.widget._dom_classes]


def press(widget) -> None:
    widget.click()


def test_a_system_without_bulk_actions_has_no_table(tmp_path):
    store = EventStore("sqlite://")
    store.add_script(compiled(1)[0])
    page = desk_on(store, tmp_path).page
    assert page.table is None and set(page.tabs) == {"dossier", "reference"}


def test_the_table_shows_a_page_and_turns(desk):
    first = shown(desk)
    assert len(first) == PAGE and len(table(desk).found()) == 93
    table(desk).turn(1)
    assert not set(first) & set(shown(desk))
    table(desk).turn(9)
    assert len(shown(desk)) == 93 - 2 * PAGE
    table(desk).turn(-9)
    assert shown(desk) == first


@pytest.mark.parametrize("words", ["dat dai", "Đất Đai", "  dat   dai "])
def test_the_filter_knows_no_marks_and_no_capitals(desk, words):
    table(desk).want(words=words)
    rows = table(desk).found()
    assert 20 < len(rows) < 60 and all("dat dai" in one.text for one in rows)


def test_the_filter_by_step_and_by_disagreement(desk):
    table(desk).want(step="sheet_open")
    assert len(table(desk).found()) == 3
    table(desk).want(step="", differing=True)
    rows = table(desk).found()
    assert len(rows) == 12  # 4 without paper, 3 not listed, 3 with different states, 2 finished
    assert all(len({one.record[name] for name in table(desk).system.compares}) > 1 for one in rows)
    assert all("kit-differs" in one.widget._dom_classes for one in table(desk).rows[:12])


def test_a_column_sorts_and_sorts_backwards(desk):
    names = [one.cells["who"] for one in table(desk).found()]
    table(desk).sort("who")
    forwards = [one.cells["who"] for one in table(desk).found()]
    table(desk).sort("who")
    backwards = [one.cells["who"] for one in table(desk).found()]
    assert "kit-backwards" in table(desk).heads["who"]._dom_classes
    assert "kit-sorted" not in table(desk).heads["code"]._dom_classes
    assert forwards == sorted(names, key=vietnamese_order) and [*reversed(backwards)] != backwards
    assert [vietnamese_order(one) for one in backwards] == [vietnamese_order(one) for one in reversed(forwards)]
    table(desk).sort("code")
    assert [one.cells["who"] for one in table(desk).found()] == names


def test_days_sort_as_days(desk):
    table(desk).sort("due")
    days = [one.record["due_date"] for one in table(desk).found()]
    assert days == sorted(days)


def test_many_are_chosen_and_acted_upon_with_one_form(desk):
    table(desk).want(words="ho tich")
    table(desk).choose([one.id for one in table(desk).found()], True)
    form = table(desk).form
    form.pick.value = "acknowledge"
    assert len(form.fitting()) == len(form.chosen) - 1  # the list itself cannot be signed for
    before = len(desk.view.attempt.events)
    press(form.do)
    done = desk.view.attempt.events[before:]
    assert [event.kind for event in done] == [ACTED] * len(done) and len(done) >= 18
    assert all(desk.view.attempt.state.records[event.record]["step"] == "acknowledged" for event in done)
    assert "Đã lưu: Ký nhận cho" in table(desk).notice.value
    assert "Đã ký nhận" in "".join(one.cells.value for one in table(desk).rows)


def test_an_action_that_none_of_the_chosen_can_take_any_more_is_let_go(desk):
    table(desk).want(words="ho tich")
    table(desk).choose([one.id for one in table(desk).found()], True)
    form = table(desk).form
    form.pick.value = "acknowledge"
    press(form.do)
    assert form.pick.value == desk.view.table.action == "" and "Làm được" not in form.state.value
    assert len(form.chosen) > 18 and "Đã lưu: Ký nhận" in table(desk).notice.value


def test_an_action_stays_picked_while_one_of_the_chosen_can_take_it(desk):
    rows = {one.record["step"]: one.id for one in table(desk).found()}
    table(desk).choose([rows["sheet_open"]], True)
    form = table(desk).form
    form.pick.value = "acknowledge"
    assert "0/1" in form.state.value  # said to whoever picks it
    table(desk).choose([rows["on_list"]], True)
    assert form.pick.value == "acknowledge" and "1/2" in form.state.value
    table(desk).choose([*rows.values()], False)
    assert form.pick.value == "acknowledge"  # for the next choice


def test_the_entries_are_those_of_the_action_and_a_refusal_is_said_in_the_table(desk):
    key = table(desk).found()[0].id
    table(desk).choose([key], True)
    form = table(desk).form
    form.pick.value = "ask_missing"
    assert [one.field.name for one in form.entries] == ["missing", "answer_by"]
    before = len(desk.view.attempt.events)
    press(form.do)
    assert len(desk.view.attempt.events) == before + 1
    assert "kit-notice-bad" in table(desk).notice.value and key[-4:] in table(desk).notice.value
    assert "kit-wrong" in form.entries[0].widget._dom_classes


def test_a_tick_chooses_and_the_buttons_choose_all_or_none(desk):
    first = table(desk).rows[0]
    assert first.tick.description.startswith(first.id[-4:])
    first.tick.value = True
    assert list(table(desk).settings.chosen) == [first.id]
    first.tick.value = False
    assert not table(desk).settings.chosen
    table(desk).want(differing=True)
    table(desk).choose([one.id for one in table(desk).found()], True)
    table(desk).want(differing=False)
    assert len(table(desk).settings.chosen) == 12
    table(desk).turn(1)
    ticked = {one.id for one in table(desk).rows if one.tick.value}
    assert ticked == set(shown(desk)) & set(table(desk).settings.chosen)


def test_a_code_opens_its_dossier_and_the_columns_take_their_place_again(desk):
    assert "kit-wide" in desk.page.columns._dom_classes
    row = table(desk).rows[3]
    press(row.open)
    assert desk.view.chosen == row.id and desk.view.tab == "dossier"
    assert "kit-wide" not in desk.page.columns._dom_classes


def test_hostile_words_on_a_record_stay_text(desk):
    key = table(desk).found()[0].id
    record = dict(desk.view.attempt.state.records[key], who="<script>alert(1)</script>")
    desk.view.attempt.state.records[key] = record
    table(desk).refresh()
    assert "<script" not in "".join(one.cells.value for one in table(desk).rows)


def test_rows_are_found_by_every_word_whatever_its_order():
    rows = [Line(name, {"step": "a"}, {}, {}, name == "2", text) for name, text in (("1", "dat dai an"), ("2", "an"))]
    assert [one.id for one in found(rows, Wanted("an dat"))] == ["1"]
    assert [one.id for one in found(rows, Wanted(differing=True))] == ["2"]
    assert found(rows, Wanted(step="b")) == [] and len(found(rows, Wanted())) == 2


def test_the_small_trial_script_still_opens_without_a_table(monkeypatch, tmp_path):
    from kit.systems.registry import SYSTEMS
    from tests.desk_trial import TRIAL

    monkeypatch.setitem(SYSTEMS, "trial", TRIAL)
    store = EventStore("sqlite://")
    store.add_script(script(letter(1, "Ông An")))
    assert desk_on(store, tmp_path).page.table is None


def test_filter_choice_and_action_survive_another_language(desk):
    table(desk).want(words="dat dai", differing=True)
    table(desk).sort("who")
    table(desk).choose(shown(desk)[:2], True)
    table(desk).form.pick.value = "ask_missing"
    desk.view.drafts["bulk", "ask_missing"]["answer_by"] = "3/7/2025"
    before, chosen = shown(desk), list(table(desk).settings.chosen)
    desk.speak("en")
    assert desk.view.tab == "table" and shown(desk) == before
    assert [one.id for one in table(desk).rows if one.tick.value] == [one for one in before if one in chosen]
    assert table(desk).form.pick.value == "ask_missing" and table(desk).form.chosen == chosen
    assert table(desk).form.entries[1].read() == "2025-07-03"
    assert "kit-sorted" in table(desk).heads["who"]._dom_classes


# ---- the button for many records is for use only where an action is picked that one of those chosen can take ----


def keys(table: Table, step: str) -> list[str]:
    return [one.id for one in table.lines() if one.record["step"] == step]


def test_without_an_action_or_a_record_for_it_the_button_is_not_for_use(desk):
    form = table(desk).form
    table(desk).choose(keys(table(desk), "sheet_open")[:1], True)
    assert form.do.disabled, "no action is picked"
    form.pick.value = "acknowledge"
    assert form.do.disabled, "a list cannot be signed for"
    table(desk).choose(keys(table(desk), "on_list")[:1], True)
    assert not form.do.disabled
    form.pick.value = ""
    assert form.do.disabled


def test_it_is_not_for_use_after_all_is_done_and_is_again_after_a_refusal(desk, monkeypatch):
    monkeypatch.setattr(desk.guard, "clock", iter(range(1_000)).__next__)  # a second passes between two clicks
    form = table(desk).form
    table(desk).choose(keys(table(desk), "on_list")[:2], True)
    form.pick.value = "ask_missing"
    form.do.click()
    assert "kit-notice-bad" in table(desk).notice.value and not form.do.disabled
    form.pick.value = "acknowledge"
    form.do.click()
    assert form.pick.value == "" and form.do.disabled
