"""The Front's software: every action, every refusal, what it prints; the forms of exercise 15 add up."""

from datetime import datetime
from types import MappingProxyType
from typing import Any

import pytest

from kit import home, papers
from kit.calendar import is_working_day
from kit.systems.form import Refused, Situation
from kit.systems.front import FRONT
from kit.yaml_file import read_yaml
from tests.rehearsed import compiled

OFFICE = {"short_name": "Phường Giả Định", "committee": "UBND Phường Giả Định", "units": {}, "bodies": {},
          "officials": {"CB04": {"full_name": "Trần Thị Thử", "role": "division_head"}}}  # fmt: skip
AREAS = {"a1": {"name": "Khu dân cư số 3", "listed_households": 9}, "a2": {"name": "Khu dân cư số 7"}}
RECORDS = {
    step: {"kind": "front_matter", "step": step, "title": "Việc", "who": "Khu dân cư", "areas": AREAS}
    for step in FRONT.states
}
GIVEN: dict[str, tuple[str, dict[str, Any]]] = {
    "count_forms": ("forms_in", {"forms_issued": 100, "forms_returned": 73, "forms_valid": 66, "forms_for": 46,
                                 "forms_against": 20}),
    "report_consultation": ("consultation_open", {"households_asked": 300, "agreed_total": 151, "opposed_total": 80,
                                                  "consulted_outcome": "agreed", "report_text": "Hai bên."}),
    "check_fund": ("fund_in", {"fund_balance": 12_500_000, "fund_finding": "fund_in_order"}),
    "take_over_fund": ("fund_checked", {}),
    "hold_fund": ("fund_checked", {"deadline": "2025-07-08", "reason": "Làm rõ chứng từ."}),
    "share_relief": ("relief_open", {"relief": {"a1": 7, "a2": 0}, "reason": "Theo danh sách xác minh."}),
    "arrange_help": ("help_asked", {"lead_member": "youth_union", "supporting_members": ["womens_union"],
                                    "deadline": "2025-07-08", "task_text": "Lập đội tình nguyện."}),
}  # fmt: skip


def situation(step: str, **changes: object) -> Situation:
    record = {**RECORDS[step], **changes}
    return Situation("MT-0001", record, datetime(2025, 7, 1, 8), OFFICE, MappingProxyType({"MT-0001": record}))


def done(action: str, at: str = "", **instead: object) -> dict[str, Any]:
    step, given = GIVEN[action]
    return FRONT.decide(action, situation(at or step), {**given, **instead})[1]


def refusal(action: str, at: str = "", **instead: object) -> tuple[str, str]:
    with pytest.raises(Refused) as no:
        done(action, at, **instead)
    return no.value.reason, no.value.field


def test_every_action_is_tried():
    assert set(GIVEN) == {action.name for action in FRONT.actions}


@pytest.mark.parametrize("action", GIVEN)
def test_each_action_moves_its_record_and_what_it_prints_can_be_drawn(action):
    changes = done(action)
    assert changes["MT-0001"]["step"] in FRONT.states
    assert changes["MT-0001"]["step"] != GIVEN[action][0]
    for number, change in changes.items():
        if "/" in number:
            assert "BẢN TẬP HUẤN" in papers.render(change["paper"])


@pytest.mark.parametrize("action", GIVEN)
def test_an_action_is_offered_at_its_own_steps_only(action):
    steps = next(one for one in FRONT.actions if one.name == action).steps
    for step in set(FRONT.states) - steps:
        assert refusal(action, step) == ("wrong_step", "")


@pytest.mark.parametrize(("action", "field"), [(name, field) for name, (_, given) in GIVEN.items() for field in given])
def test_what_must_be_entered_is_asked_for(action, field):
    fields = {one.name: one for one in next(a for a in FRONT.actions if a.name == action).fields}
    if fields[field].required:
        assert refusal(action, **{field: ""}) == ("empty", field)
    else:
        assert done(action, **{field: ""})


@pytest.mark.parametrize("action", ["hold_fund", "arrange_help"])
def test_a_day_gone_by_is_refused(action):
    assert refusal(action, deadline="2025-06-30") == ("date_in_the_past", "deadline")


def test_a_wrong_count_and_a_blind_signature_go_through():
    assert done("count_forms", forms_for=5_000)["MT-0001"]["forms_for"] == 5_000
    assert done("take_over_fund")["MT-0001"]["step"] == "fund_taken"
    assert done("share_relief", relief={"a1": 99, "a2": 99})["MT-0001"]["relief_sum"] == 198


def test_a_relief_list_needs_a_number_for_each_neighbourhood():
    assert refusal("share_relief", relief={"a1": 7}) == ("row_empty", "relief")
    assert refusal("share_relief", relief={"a1": 7, "a9": 1}) == ("not_on_offer", "relief")


def test_what_was_reserved_stands_in_the_minutes():
    (paper,) = [one["paper"] for key, one in done("hold_fund").items() if "/" in key]
    assert "08/07/2025: Làm rõ chứng từ." in paper["fields"]["reservation"]


@pytest.mark.parametrize("entries", [{}, {"agreed_total": "x", "consulted_outcome": "none", "report_text": None}])
def test_the_preview_of_the_report_stands_whatever_was_typed(entries):
    preview = next(one for one in FRONT.actions if one.name == "report_consultation").preview
    assert preview is not None
    assert "Báo cáo kết quả" in papers.render(preview(situation("consultation_open"), entries))


def polls() -> list[dict[str, Any]]:
    read: Any = read_yaml(home.exercises() / "15-fatherland-front" / "cases.yaml").data
    found: list[dict[str, Any]] = read["draws"]["poll"]["one_of"]
    return found


def counted(area: dict[str, Any]) -> dict[str, int]:
    """Forms by the guidebook's rules, from the lines that the trainee sees."""
    found = dict.fromkeys(("returned", "valid", "yes", "no"), 0)
    for line in area["rows"].split("\n"):
        kind, number = line.rsplit(" | ", 1)
        if "sau ngày hết hạn" in kind:
            continue
        found["returned"] += int(number)
        spoilt = ("cả hai ô", "không có chữ ký", "cùng một hộ", "phô tô")
        if not any(word in kind for word in spoilt):
            found["valid"] += int(number)
            found["no" if "Không đồng ý" in kind else "yes"] += int(number)
    return found


def test_every_poll_adds_up_and_the_majority_of_valid_forms_is_no_majority_of_all_in_half_of_them():
    agreed = 0
    for poll in polls():
        for area in (poll[name] for name in "abc"):
            assert counted(area) == {name: area[name] for name in ("returned", "valid", "yes", "no")}
            assert area["returned"] < area["issued"]
        assert poll["asked"] == sum(poll[name]["issued"] for name in "abc")
        assert poll["agreed"] == sum(poll[name]["yes"] for name in "abc") > poll["opposed"]
        assert poll["outcome"] == ("agreed" if 2 * poll["agreed"] > poll["asked"] else "not_agreed")
        agreed += poll["outcome"] == "agreed"
    assert agreed * 2 == len(polls())


@pytest.mark.parametrize("seed", range(1, 9))
def test_each_fund_of_the_old_unit_is_handed_over_once_with_papers_of_working_days(seed):
    script, _ = compiled(seed, "15-fatherland-front")
    records = [record for cue in script.cues for record in cue.records.values()]
    titles = [record["title"] for record in records if record.get("step") == "fund_in"]
    assert len(titles) == len(set(titles)) == 4
    days = [datetime.strptime(told["paper"]["fields"]["as_of"], "%d/%m/%Y").date()
            for told in records if "as_of" in told.get("paper", {}).get("fields", {})]  # fmt: skip
    assert len(days) == 4 and all(map(is_working_day, days))
