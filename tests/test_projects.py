"""Projects handed over: what each action does, when the software refuses, which paper comes out, what is planted."""

import re
from datetime import date, datetime
from functools import partial
from typing import Any

import pytest

from kit import home, papers
from kit.plain_text import plain
from kit.systems.form import Situation
from kit.systems.projects import PROJECTS, STATE
from kit.systems.registry import SYSTEMS
from kit.words import words
from kit.yaml_file import read_yaml
from tests.rehearsed import compiled
from tests.system_desk import after, printed, refusal_of, wrong_steps

EXERCISE = "06-handover-projects"
MORNING = datetime(2025, 7, 1, 9)
OUR, OTHER = "26740", "26737"
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
GOOD: dict[str, dict[str, Any]] = {
    "check_project_file": {"project_issues": ["figures_differ"], "missing_papers": ["site"]},
    "correct_code": {"project_code": "7412345"},
    "accept_handover": {"disbursed_confirmed": 3_700},
    "accept_with_reservation": {"disbursed_confirmed": 3_700, "reservation": "Thiếu biên bản bàn giao mặt bằng"},
    "ask_handing_side": {"missing_papers": ["site", "policy"], "deadline": "2025-07-08", "reason": "Chưa bàn giao"},
    "decide_competence": {"competent_body": "our_ward", "heir_unit": ""},
    "choose_next_step": {"next_step": "submit", "partner": "finance"},
    "draft_submission": {
        "addressee": "finance", "submission_subject": "Giao chủ đầu tư dự án đường Lê Lợi",
        "proposal": "assign_investor", "figure": 41_200, "submission_body": "Dự án mã 7412345, đã giải ngân 3.700.",
    },
    "send_submission": {"signer": "CB01"},
    "plan_disbursement": {"remaining": 5_300, "disbursement_risk": "medium"},
    "rate_risk": {"risk_rank": 2},
    "site_notice": {"notice_kind": "fence_off", "notice_text": "Cấm qua lại"},
    "change_investor": {"instrument": "contract_annex", "new_investor": "our_ward", "effective_on": "2025-07-01"},
    "report_to_leader": {"report_text": "Cầu nứt, người dân còn qua lại"},
    "follow_project": {},
    "reconcile_list": {"listed_count": 3, "left_out": "DA-0099", "overlap_one": "DA-2", "overlap_two": "DA-3"},
    "order_by_risk": {"first_risk": "DA-2", "second_risk": "DA-3", "third_risk": "DA-4", "fourth_risk": "DA-5"},
}  # fmt: skip
IN_HAND = {"project_checked", "project_taken", "project_reserved", "submission_drafted", "submission_sent"}
ANY, LIST = IN_HAND | {"project_pending"}, {"list_open", "list_reconciled"}
UNTAKEN = {"project_checked", "submission_drafted", "submission_sent"}
STEPS = {
    **dict.fromkeys(GOOD, IN_HAND),
    **dict.fromkeys(("check_project_file", "rate_risk", "site_notice"), ANY),
    **dict.fromkeys(("accept_handover", "accept_with_reservation"), UNTAKEN),
    **dict.fromkeys(("reconcile_list", "order_by_risk"), LIST), "report_to_leader": ANY | LIST,
    "send_submission": {"submission_drafted"}, "follow_project": IN_HAND | {"list_reconciled"},
}  # fmt: skip
LEADS_TO = {
    ("check_project_file", "project_pending"): "project_checked",
    ("accept_handover", "project_checked"): "project_taken",
    ("accept_with_reservation", "project_checked"): "project_reserved",
    **{("draft_submission", step): "submission_drafted" for step in IN_HAND},
    ("send_submission", "submission_drafted"): "submission_sent",
    **{("follow_project", step): "project_followed" for step in IN_HAND | LIST},
    **{(action, "list_open"): "list_reconciled" for action in ("reconcile_list", "order_by_risk")},
}
PRINTS = {
    "accept_handover": "project_minutes", "accept_with_reservation": "project_minutes",
    "ask_handing_side": "project_request", "send_submission": "project_submission",
    "plan_disbursement": "project_plan", "site_notice": "project_notice", "change_investor": "project_investor",
    "report_to_leader": "project_report",
}  # fmt: skip
PREVIEWS = {"accept_handover", "accept_with_reservation", "ask_handing_side", "draft_submission", "plan_disbursement",
            "site_notice", "report_to_leader"}  # fmt: skip


def desk(step: str, **more: Any) -> Situation:
    """A project at a step among others, in an office with two leaders, a head, a specialist and a clerk."""
    record = {
        "kind": "project", "step": step, "code": "DA-1", "title": "Mở rộng đường Lê Lợi", "title_en": "Lê Lợi street",
        "who": "Tổ bàn giao Quận 1", "channel": "handing_group", "project_code": "7400000", "total_capital": 48_000,
        "project_contractor": "Công ty Giả Định", "asks": {"policy": "Chủ trương", "site": "Biên bản mặt bằng"}, **more,
    }  # fmt: skip
    if step == "submission_drafted":
        record = {**GOOD["draft_submission"], **record}
    people = (("CB01", "signer", "Lê Văn Duyệt", "Chủ tịch UBND phường"),
              ("CB02", "signer", "Lê Thị Thay", "Phó Chủ tịch UBND phường"),
              ("CB05", "division_head", "Võ Thị Trưởng", "Trưởng phòng"),
              ("CB07", "specialist", "Bùi Văn Soạn", "Công chức"),
              ("CB11", "clerk", "Hồ Thị Thư", "Văn thư"))  # fmt: skip
    office = {
        "code": OUR, "short_name": "Phường Sài Gòn", "committee": "UBND Phường Sài Gòn",
        "units": {OUR: "Phường Sài Gòn", OTHER: "Phường Tân Định"}, "bodies": {"finance": {"vi": "Sở Tài chính"}},
        "officials": {code: {"role": role, "full_name": name, "post_vi": post, "certificate_valid_to": "2026-06-30"}
                      for code, role, name, post in people},
    }  # fmt: skip
    others = {f"DA-{n}": {**record, "step": "project_pending", "code": f"DA-{n}"} for n in range(2, 6)}
    return Situation("DA-1", record, MORNING, office, {"DA-1": record, **others})


def done(action: str, situation: Situation, **other: Any) -> dict[str, Any]:
    """What a good form, with some other entries, changes."""
    return PROJECTS.decide(action, situation, {**GOOD[action], **other})[1]


refusal = partial(refusal_of, done)


def through(situation: Situation, *actions: str) -> Situation:
    for action in actions:
        situation = after(situation, done(action, situation))
    return situation


def test_the_tables_here_name_every_action():
    assert set(GOOD) == set(STEPS) == {action.name for action in PROJECTS.actions}
    assert SYSTEMS["projects"] is PROJECTS and set(PROJECTS.routine) <= set(GOOD)
    assert {action.name for action in PROJECTS.actions if action.preview} == PREVIEWS


def taken_at_its_steps_alone(action: str, step: str) -> None:
    situation = desk(step)
    if step not in STEPS[action]:
        assert refusal(action, situation) == ("wrong_step", "")
        return
    changes = done(action, situation)
    assert changes["DA-1"].get("step", step) == LEADS_TO.get((action, step), step)
    assert (action in PRINTS) == any(change.get("kind") == "paper" for change in changes.values())


def test_an_action_is_taken_at_its_steps_and_at_no_other():
    wrong = wrong_steps(taken_at_its_steps_alone, GOOD, STATE)
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("step", STATE)
def test_something_can_be_done_at_every_step_but_the_last(step):
    offered = [action.name for action in PROJECTS.actions if action.allowed({"step": step})]
    assert bool(offered) == (step != "project_followed")


@pytest.mark.parametrize(
    ("action", "step", "other", "reason"),
    [
        ("check_project_file", "project_pending", {"project_issues": ["weather"]}, ("not_on_offer", "project_issues")),
        ("check_project_file", "project_pending", {"missing_papers": ["poem"]}, ("not_on_offer", "missing_papers")),
        ("correct_code", "project_checked", {"project_code": "741234"}, ("code_malformed", "project_code")),
        ("correct_code", "project_checked", {"project_code": "741234٥"}, ("code_malformed", "project_code")),
        ("accept_handover", "project_checked", {"disbursed_confirmed": ""}, ("empty", "disbursed_confirmed")),
        ("accept_handover", "project_checked", {"disbursed_confirmed": 48_001}, ("over_total", "disbursed_confirmed")),
        ("accept_with_reservation", "project_checked", {"reservation": " "}, ("empty", "reservation")),
        ("ask_handing_side", "project_taken", {"deadline": "2025-06-30"}, ("date_in_the_past", "deadline")),
        ("ask_handing_side", "project_taken", {"missing_papers": []}, ("empty", "missing_papers")),
        ("decide_competence", "project_taken", {"heir_unit": "00001"}, ("not_on_offer", "heir_unit")),
        ("choose_next_step", "project_taken", {"partner": "circus"}, ("not_on_offer", "partner")),
        ("draft_submission", "project_taken", {"figure": "41.200"}, ("malformed", "figure")),
        ("draft_submission", "project_taken", {"submission_body": "x" * 2_001}, ("too_long", "submission_body")),
        ("send_submission", "submission_drafted", {"signer": "CB11"}, ("not_a_leader", "signer")),
        ("rate_risk", "project_taken", {"risk_rank": 0}, ("no_such_rank", "risk_rank")),
        ("rate_risk", "project_taken", {"risk_rank": 5}, ("no_such_rank", "risk_rank")),
        ("change_investor", "project_taken", {"effective_on": "1/7"}, ("malformed", "effective_on")),
        ("reconcile_list", "list_open", {"overlap_two": "DA-2"}, ("chosen_twice", "overlap_two")),
        ("reconcile_list", "list_open", {"overlap_one": "DA-1"}, ("not_on_offer", "overlap_one")),
        ("order_by_risk", "list_open", {"third_risk": "DA-2"}, ("chosen_twice", "fourth_risk")),
        ("rate_risk", "project_taken", {"step": "project_followed"}, ("unknown_field", "step")),
    ],
)
def test_what_the_software_refuses(action, step, other, reason):
    assert refusal(action, desk(step), **other) == reason
    assert all(f"refusal.{reason[0]}" in words(language) for language in ("vi", "en"))


@pytest.mark.parametrize(
    ("action", "step", "other"),
    [
        ("check_project_file", "project_pending", {"project_issues": [], "missing_papers": []}),
        ("accept_handover", "project_checked", {"disbursed_confirmed": 0}),
        ("decide_competence", "project_checked", {"competent_body": "former_board", "heir_unit": OUR}),
        ("draft_submission", "project_checked", {"proposal": "add_capital", "submission_body": "Kính trình."}),
        ("site_notice", "project_pending", {"notice_kind": "resume_work"}),
        ("change_investor", "project_taken", {"instrument": "old_seal", "new_investor": "former_board"}),
    ],
)
def test_mistakes_that_real_software_lets_through_go_through(action, step, other):
    assert done(action, desk(step), **other)


def test_a_second_look_replaces_the_first_and_leaves_the_step():
    again = after(desk("project_taken"), done("check_project_file", desk("project_taken"), project_issues=[]))
    assert (again.record["step"], again.record["project_issues"]) == ("project_taken", [])


def test_what_is_submitted_first_can_still_be_taken_over():
    sent = through(desk("project_pending"), "check_project_file", "draft_submission", "send_submission")
    taken = through(sent, "accept_with_reservation")
    assert (taken.record["step"], taken.record["taken_as"]) == ("submission_sent", "project_reserved")
    assert refusal("accept_handover", taken) == ("minutes_signed", ""), "minutes are signed once"


def test_the_whole_life_of_a_project():
    checked = through(desk("project_pending"), "report_to_leader", "site_notice", "check_project_file", "correct_code")
    kept = through(checked, "accept_with_reservation", "ask_handing_side", "decide_competence", "choose_next_step")
    told = through(kept, "site_notice", "change_investor", "plan_disbursement", "rate_risk", "draft_submission")
    record = through(told, "send_submission", "follow_project").record
    assert (record["step"], record["notices"], record["risk_rank"]) == ("project_followed", ["fence_off"] * 2, 2)
    assert (record["asked_by"], record["reported_at"]) == ("2025-07-08", "2025-07-01T09:00")
    assert through(desk("list_open"), "reconcile_list", "order_by_risk").record["fourth_risk"] == "DA-5"


# ---- papers --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("action", PRINTS)
def test_each_paper_renders_with_all_that_it_needs(action):
    sheet = printed(done(action, desk(sorted(STEPS[action])[0])))
    html = papers.render(sheet)
    assert sheet["kind"] == PRINTS[action] and NOTICE in html and "None" not in html and "……………" not in html
    assert "Mở rộng đường Lê Lợi" in html and "7400000" in html


def test_the_minutes_say_what_is_kept_open_and_amounts_are_in_million():
    plainly = printed(done("accept_handover", desk("project_checked")))["fields"]
    assert (plainly["spent"], plainly["total"]) == ("3.700 triệu đồng", "48.000 triệu đồng")
    assert plainly["reservation"] == "Không có bảo lưu" and plainly["signer_name"] == "Lê Văn Duyệt"
    kept = printed(done("accept_with_reservation", desk("project_checked")))["fields"]
    assert kept["reservation"] == "Thiếu biên bản bàn giao mặt bằng"


def test_the_submission_that_is_sent_is_the_one_that_was_drafted():
    sent = through(desk("project_taken"), "draft_submission", "send_submission")
    fields = sent.records["DA-1/submission-1"]["paper"]["fields"]
    assert (fields["receiver"], fields["figure"]) == ("Sở Tài chính", "41.200 triệu đồng")
    assert fields["content"] == GOOD["draft_submission"]["submission_body"] and "chủ đầu tư" in fields["proposal"]


@pytest.mark.parametrize(("signer", "lines"), [("CB01", "CHỦ TỊCH"), ("CB02", "KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH")])
def test_whoever_signs_a_submission_signs_in_his_own_capacity(signer, lines):
    sheet = printed(done("send_submission", desk("submission_drafted"), signer=signer))
    assert sheet["fields"]["signer_post"] == f"TM. ỦY BAN NHÂN DÂN\n{lines}"


def test_the_typed_entries_are_on_the_preview():
    preview = PROJECTS.action("draft_submission").preview
    assert preview
    html = papers.render(preview(desk("project_taken"), GOOD["draft_submission"]))
    assert all(text in html for text in ("Sở Tài chính", "41.200 triệu đồng", "Giao chủ đầu tư dự án đường Lê Lợi"))


# ---- what the exercise plants --------------------------------------------------------------------------------------
def drawn(seed: int) -> dict[str, tuple[dict[str, Any], dict[str, dict[str, str]], dict[str, Any]]]:
    """By truth: the record, the fields of each of its papers, the facts."""
    script, key = compiled(seed, EXERCISE)
    found = {}
    for cue in script.cues:
        sheets = {one["paper"]["component"]: one["paper"]["fields"] for one in cue.records.values()
                  if one["kind"] == "paper"}  # fmt: skip
        found[key.truths[cue.id]] = (cue.records[cue.record], sheets, key.facts[cue.id])
    return found


def money(text: str) -> int:
    return int(text.replace(".", ""))


@pytest.mark.parametrize("seed", range(1, 7))
def test_what_the_key_says_follows_from_the_papers(seed):
    """Read apart from the declared cases, as a trainee would with the guidebook."""
    for truth, (_, sheets, facts) in drawn(seed).items():
        if truth == "whole_list":
            continue
        treasury, listed, state = sheets["treasury"], sheets["list"], sheets["state"]
        plan, spent = money(treasury["plan"]), money(treasury["spent"])
        assert (facts["disbursed_confirmed"], facts["remaining"]) == (spent, plan - spent), truth
        issues = {
            "figures_differ": listed["spent"] != treasury["spent"],
            "code_differs": listed["project_code"] != treasury["project_code"],
            "plan_at_risk": listed["stage"] == "Đang thi công" and spent < 0.3 * plan,
            "advance_open": money(treasury["advance"]) > 0 and _share(state["progress"]) >= 80,
            "guarantee_lapsed": any(_day(sheets[name]["valid_to"]) < "2025-07-01"
                                    for name in ("contract", "guarantee") if name in sheets),
            "signed_without_authority": "01/07/2025" in sheets.get("contract", {}).get("annex", ""),
            "land_open": sheets.get("site", {}).get("handed_area", "100%") != "100%",
        }  # fmt: skip
        assert {name for name, there in issues.items() if there} == set(facts["project_issues"]) & set(issues), truth
        if "disbursement_risk" in facts:
            risk = "high" if spent < 0.3 * plan else "medium" if spent < 0.5 * plan else "low"
            assert facts["disbursement_risk"] == risk, truth


def _share(text: str) -> int:
    found = re.match(r"(\d+)%", text)
    return int(found[1]) if found and found[1] != "100" else 0


def _day(text: str) -> str:
    return "-".join(reversed(text.split("/")))


LONG_DAY = re.compile(r"ngày (\d+) tháng (\d+) năm (\d+)")
CHAIN = ("policy", "decision", "contract", "site")


def _signed(sheet: dict[str, str]) -> date:
    day, month, year = LONG_DAY.search(sheet["place_date"]).groups()
    return date(int(year), int(month), int(day))


@pytest.mark.parametrize("seed", range(1, 7))
def test_no_step_of_a_project_is_taken_on_the_day_of_the_one_before_or_on_a_sunday(seed):
    for truth, (_, sheets, _) in drawn(seed).items():
        signed = [_signed(sheets[name]) for name in CHAIN if name in sheets]
        assert signed == sorted(set(signed)) and all(day.weekday() < 5 for day in signed), truth


@pytest.mark.parametrize("seed", range(1, 7))
def test_an_english_reader_does_not_take_thousands_for_decimals(seed):
    for truth, (record, _, facts) in drawn(seed).items():
        for name in ("project_total", "project_plan", "project_spent"):
            if name in record:
                assert record[f"{name}_en"] == f"{money(record[name].split()[0]):,} million VND", truth
        if "disbursed_confirmed" in facts:
            assert f"{facts['disbursed_confirmed']:,}" in facts["spent_words"], truth


@pytest.mark.parametrize("seed", range(1, 7))
def test_competence_and_papers_follow_the_guidebook(seed):
    ward = compiled(seed, EXERCISE)[0].office["short_name"]
    for truth, (record, sheets, facts) in drawn(seed).items():
        if truth == "whole_list":
            continue
        alone = sheets["state"]["units"] == f"Toàn bộ thuộc {ward}"
        ours = alone and sheets["list"]["funding"].startswith("Ngân sách cấp xã") and truth != "unsettled"
        ours = ours and money(sheets["decision"]["total"]) < 90_000
        assert (facts["competent_body"] == "our_ward") == ours, truth
        begun = record["project_stage"].startswith(("Đang thi công", "Hoàn thành"))
        needed = {"policy", "decision", "treasury", *(("contract", "site") if begun else ())}
        needed |= {"guarantee"} if record["project_stage"].startswith("Đang thi công") else set()
        unsigned = {name for name in needed & set(sheets)
                    if not all(value for field, value in sheets[name].items() if field.endswith("_name"))}  # fmt: skip
        assert set(facts["missing_papers"]) == (needed - set(sheets)) | unsigned, truth


@pytest.mark.parametrize("seed", range(1, 7))
def test_only_the_planted_pair_overlaps(seed):
    scopes = {
        truth: sheets["decision"]["scope"] for truth, (_, sheets, _) in drawn(seed).items() if truth != "whole_list"
    }
    read = {truth: re.fullmatch(r"từ số (\d+) đến số (\d+) (.+)", scope) for truth, scope in scopes.items()}
    ends = {truth: (int(found[1]), int(found[2]), found[3]) for truth, found in read.items() if found}
    assert len(ends) == 21
    pairs = {(one, two) for one, (a, b, street) in ends.items() for two, (c, d, other) in ends.items()
             if one < two and street == other and a <= d and c <= b}  # fmt: skip
    assert pairs == {("overlap_built", "overlap_idle")}


@pytest.mark.parametrize("seed", range(1, 7))
def test_the_list_names_every_file_and_one_more_and_the_order_follows_the_dates(seed):
    every = drawn(seed)
    _, sheets, facts = every["whole_list"]
    codes = [line.split(" | ")[0] for line in sheets["annex"]["rows"].split("\n")]
    ours = {record["code"] for truth, (record, _, _) in every.items() if truth != "whole_list"}
    assert set(codes) - ours == {facts["left_out"]} and len(codes) == facts["listed_count"] == len(ours) + 1
    dates = {"advance": _day(every["advance"][1]["guarantee"]["valid_to"])}
    for truth in ("unsettled", "procurement"):
        (found,) = re.findall(r"\d\d/\d\d/\d{4}", every[truth][1]["state"]["content"])
        dates[truth] = _day(found)
    nearest = [every[truth][0]["code"] for truth in sorted(dates, key=lambda one: dates[one])]
    first = [every[truth][0]["code"] for truth in ("danger", "guarantee")]
    assert [facts[f"{place}_risk"] for place in ("first", "second", "third", "fourth")] == [*first, *nearest[:2]]


def test_figures_of_submissions_follow_the_formulas():
    for seed in range(1, 7):
        for truth, (_, sheets, facts) in drawn(seed).items():
            if "figure" not in facts:
                continue
            treasury, said = sheets["treasury"], sheets["state"]["content"]
            spent = money(treasury["spent"]) + money(treasury["spent_before"])
            named = [money(one) for one in re.findall(r"([\d.]+) triệu đồng", said)]
            wanted = {
                "assign_investor": lambda s=sheets, x=spent: money(s["decision"]["total"]) - x,
                "settle_project": lambda s=sheets, x=spent: money(s["acceptance"]["value"]) - x,
                "adjust_plan": lambda t=treasury, n=named: money(t["plan"]) - n[0],
            }.get(facts["proposal"], lambda n=named: n[0])
            assert facts["figure"] == wanted() > 0, (seed, truth)


def test_every_file_looks_alike_from_outside():
    every = drawn(1)
    assert len({tuple(sorted(record)) for truth, (record, _, _) in every.items() if truth != "whole_list"}) == 1
    script, _ = compiled(1, EXERCISE)
    assert not [cue for cue in script.cues if cue.after_action]
    titles = [
        {truth: one[0]["title"].split(" đường ")[0] for truth, one in drawn(seed).items()} for seed in range(1, 12)
    ]
    danger = {each["danger"] for each in titles}
    others = {title for each in titles for truth, title in each.items() if truth != "danger"}
    assert danger & others, "a title alone must not tell the danger"


def test_thresholds_are_those_of_the_data_set_and_marked_as_training_values():
    book = compiled(1, EXERCISE)[0].office["guidebook"]
    groups = read_yaml(home.datasets() / "projects.yaml").data["groups"]["list"]
    for language in ("vi", "en"):
        assert all(f"| {group['b']} |" in book[language] for group in groups)
    assert "giá trị tập huấn, đối chiếu quy định hiện hành" in book["vi"] and "training values" in book["en"]


def test_what_must_be_mentioned_can_be_read():
    script, _ = compiled(2, EXERCISE)
    guidebook = plain(script.office["guidebook"]["vi"])
    for truth, (_, sheets, facts) in drawn(2).items():
        known = plain(str(sheets)) + guidebook
        for name in ("reserve_words", "report_words", "street_words", "left_words"):
            assert any(plain(word) in known for word in facts.get(name, ["ma"])), (truth, name)
