"""The button for many records: for use only where an action is picked that one of those chosen can take."""

import pytest

from kit.store import EventStore
from kit.ui import Desk
from kit.ui.table import Table
from tests.rehearsed import compiled
from tests.test_ui_table import EXERCISE, desk_on, table


@pytest.fixture
def desk(tmp_path) -> Desk:
    store = EventStore("sqlite://")
    store.add_script(compiled(1, EXERCISE)[0])
    desk = desk_on(store, tmp_path)
    desk.page.open("table")
    return desk


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
