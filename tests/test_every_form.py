"""Every form of every system: whatever is entered is taken clean or refused, whatever is typed so far can be seen."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kit import papers
from kit.systems.form import Action, Field, Refused, Situation
from kit.systems.registry import SYSTEMS
from tests.depth import depth
from tests.every_desk import DESKS
from tests.nasty_values import ANY_VALUE, NASTY, is_fine

NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
TYPED: list[Any] = [
    "", "?", "x", "15000", "15.000", "26737", "2025-07-08", "2025-13-45", "<b>đậm</b>", "x" * 5_000, "9" * 5_000, None,
    -7, -1, 1.5, 3, 7, [], ["x"], ["x", 1], ["x", None], {"a": 1},
]  # fmt: skip
TYPES = {"number": int, "count": int, "allotment": dict}
TOUCHES_ANOTHER_RECORD = {
    "merge_petition", "merge_duplicate", "submit_draft", "confirm_members", "strike_organisation",
}  # fmt: skip
GOES_TO_THE_SIGNER = {"propose_item", "return_product", "brief_session"}
EACH = [(name, action) for name, system in SYSTEMS.items() for action in system.actions]
DRAWN = [(name, action) for name, action in EACH if action.preview]


def named(value: Any) -> str:
    return value.name if isinstance(value, Action) else str(value)


def at_first(name: str, action: Action) -> Situation:
    return DESKS[name].at(action.name, sorted(action.steps)[0])


@contextmanager
def only_read(situation: Situation) -> Iterator[None]:
    before = repr(situation)
    yield
    assert repr(situation) == before, "a rule must not write into the records"


def test_every_system_has_its_desk_here_and_every_action_a_good_form():
    assert {name: set(desk.good) for name, desk in DESKS.items()} == {
        name: {action.name for action in system.actions} for name, system in SYSTEMS.items()
    }


@pytest.mark.parametrize(("name", "action"), EACH, ids=named)
def test_a_good_form_is_clean_and_no_nasty_value_in_any_field_gets_past_it(name, action):
    situation = at_first(name, action)
    with only_read(situation):
        taken_clean_or_refused(name, action, situation, {})
        for field, value in product(action.fields, NASTY):
            taken_clean_or_refused(name, action, situation, {field.name: value})


@pytest.mark.parametrize("name", SYSTEMS)
@settings(max_examples=depth(100, 200))
@given(ANY_VALUE, st.data())
def test_whatever_is_entered_is_taken_clean_or_refused(name, value, data):
    action = data.draw(st.sampled_from(SYSTEMS[name].actions))
    situation = DESKS[name].at(action.name, data.draw(st.sampled_from(sorted(action.steps))))
    entry = data.draw(st.sampled_from([*(field.name for field in action.fields), "unknown"]))
    with only_read(situation):
        taken_clean_or_refused(name, action, situation, {entry: value})


@pytest.mark.parametrize("name", SYSTEMS)
@settings(max_examples=depth(20, 60))
@given(st.data())
def test_however_much_of_a_form_is_wrong_it_is_taken_clean_or_refused(name, data):
    action = data.draw(st.sampled_from(SYSTEMS[name].actions))
    situation = at_first(name, action)
    good = DESKS[name].good[action.name]
    wrong = {field.name: data.draw(st.just(good.get(field.name)) | ANY_VALUE) for field in action.fields}
    with only_read(situation):
        taken_clean_or_refused(name, action, situation, wrong)


def taken_clean_or_refused(name: str, action: Action, situation: Situation, wrong: dict[str, Any]) -> None:
    """Some entries of a good form are others: refused, or taken clean."""
    entered = {**DESKS[name].good[action.name], **wrong}
    try:
        clean, changes = SYSTEMS[name].decide(action.name, situation, entered)
    except Refused:
        return
    fields = {field.name: field for field in action.fields}
    assert [entry for entry in wrong if not is_fine(fields[entry], entered[entry], situation)] == []
    assert set(clean) == {*fields, *action.known(situation)}
    assert [entry for entry, field in fields.items() if not is_clean(field, clean[entry])] == []
    changes_its_own_record(action, situation, changes)


def is_clean(field: Field, clean: Any) -> bool:
    """What a rule gets: of the field's type, filled in where it must be, and only what is on offer."""
    if clean in ("", [], {}):
        return not field.required
    chosen = clean if field.listed else [clean]
    of_its_type = isinstance(clean, list if field.listed else TYPES.get(field.kind, str))
    return of_its_type and (not field.options or set(chosen) <= set(field.options))


def changes_its_own_record(action: Action, situation: Situation, changes: dict[str, Any]) -> None:
    """Something changes, on the record and its papers alone, and each paper can be drawn."""
    assert changes
    others = [key for key in changes if key != situation.id and not key.startswith(f"{situation.id}/")]
    assert not others or action.name in TOUCHES_ANOTHER_RECORD
    for change in changes.values():
        assert change.get("kind") != "paper" or NOTICE in papers.render(change["paper"])


@pytest.mark.parametrize(("name", "action"), DRAWN, ids=named)
def test_previews_draw_whatever_is_typed(name, action):
    situation, good = at_first(name, action), DESKS[name].good[action.name]
    fields = [field.name for field in action.fields]
    with only_read(situation):
        for value in TYPED:
            alone = [{field: value} for field in fields]
            for typed in (dict.fromkeys(fields, value), *alone, *({**good, **one} for one in alone)):
                is_drawn(name, action, situation, typed)
    for step, typed in product(action.steps, ({}, good)):
        is_drawn(name, action, DESKS[name].at(action.name, step), typed)


def is_drawn(name: str, action: Action, situation: Situation, typed: dict[str, Any]) -> None:
    """The preview is a practice paper, takes no markup from what is typed, and nobody has signed it yet."""
    sheet = action.preview(situation, typed)
    html, signer = papers.render(sheet), DESKS[name].signer
    assert NOTICE in html and "<b>đậm" not in html
    if signer and signer in html:
        assert action.name in GOES_TO_THE_SIGNER and "signer_name" not in sheet["fields"]
