"""The after-action report: every failed finding with rule, basis, advice and evidence; nothing in it runs."""

import re
from dataclasses import replace

import pytest

from grading.evaluate import PENDING, UNJUDGED, Slip, evaluate
from grading.report import page, render
from grading.report.reading import Report, read_report
from grading.report.values import shown, to_be_done, wanted
from grading.telling import needs_mark
from kit.attempt import Attempt
from kit.errors import BrokenLog, KitError, NotFound
from kit.event import FINISHED, REFUSED
from kit.session import Session
from kit.store import EventStore
from kit.words import say
from tests.rehearsed import compiled, home_in, inject_with, played
from tests.test_safe_html import HOSTILE, Reading

LANGUAGES = ("vi", "en")


def report(robot: str, seed: int = 1) -> Report:
    attempt, key = played(robot, seed)
    return Report(attempt.events, attempt.script, key, evaluate(key, attempt.events))


@pytest.fixture(scope="module")
def careless() -> Report:
    return report("careless")


@pytest.fixture(scope="module")
def html(careless: Report) -> str:
    return str(render(careless))


def section(html: str, language: str) -> str:
    """The text that people read in one of the two languages."""
    found = re.search(rf'<section class="{language}".*?</section>', html, re.S)
    assert found
    return " ".join(Reading(found.group()).text.split())


def plain(text: str) -> str:
    return " ".join(text.split())


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_careless_report_holds_each_failed_finding_with_rule_basis_and_advice(careless, html, language):
    text = section(html, language)
    assert len(careless.failed) > 30
    for finding in careless.failed:
        target = finding.target
        for said in (target.title, target.rule, target.advice):
            assert plain(said[language]) in text, target.id
        assert all(plain(ref) in text for ref in target.cited(language)), target.id
        assert language == "vi" or not any(plain(one["ref"]) in text for one in target.basis), target.id
    assert text.count(say("training.mark", language)) == sum(needs_mark(f.target.basis) for f in careless.failed)
    assert f"{careless.evaluation.score:g}" in text and say("report.rating_rule", language) in text


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_missing_word_would_show_as_its_key(html, language):
    text = section(html, language)
    assert not re.findall(r"\b(?:report|status|truth|refusal|action|field|choice|mode)\.[a-z_]+\b", text)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_model_is_told_that_all_is_well(language):
    text = section(render(report("model")), language)
    assert say("report.all_good", language) in text and say("report.next_none", language) in text
    assert say("report.no_refusals", language) in text and "100" in text


@pytest.mark.parametrize("robot", ["guessing", "idle"])
def test_every_robots_report_renders_in_both_languages(robot):
    html = render(report(robot, 2), "en")
    assert len(section(html, "vi")) > 2_000 and len(section(html, "en")) > 2_000


def test_what_the_software_refused_is_listed(careless, html):
    refused = {event.reason.split(":")[0] for event in careless.events if event.kind == REFUSED}
    assert refused
    for reason in refused:
        assert say(f"refusal.{reason}", "vi") in section(html, "vi")


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_language_asked_for_is_shown_first(careless, language):
    html, other = page(careless, language), "en" if language == "vi" else "vi"
    assert re.search(rf'id="aar-{language}"[^>]* checked', html)
    assert not re.search(rf'id="aar-{other}"[^>]* checked', html)
    assert html.startswith(f'<!DOCTYPE html><html lang="{language}">')


@pytest.mark.parametrize("name", ["<!--", " ".join(HOSTILE)], ids=["comment", "all"])
def test_a_hostile_name_stays_text(careless, html, name):
    first = replace(careless.events[0], given={**careless.events[0].given, "trainee": name})
    read, innocent = Reading(render(replace(careless, events=[first, *careless.events[1:]]))), Reading(html)
    assert sorted(read.tags) == sorted(innocent.tags)
    assert len(read.attributes) == len(innocent.attributes)
    assert not [n for n, _ in read.attributes if n.startswith("on")]


def test_a_hostile_entry_stays_text():
    attempt, key = played("idle")
    inject = inject_with(key, "altered")
    record = key.records[inject]
    evil = "<img src=x onerror=alert(1)>"
    acted = replace(
        attempt.events[-1], kind="acted", action="refuse", record=record, given={"ground": evil, "reason": evil}
    )
    events = [*attempt.events, replace(acted, seq=len(attempt.events))]
    html = render(Report(events, attempt.script, key, evaluate(key, events)))
    assert "<img src=x" not in html and "&lt;img src=x" in html


def test_the_report_loads_nothing_from_elsewhere(careless):
    addresses = [
        value for name, value in Reading(page(careless)).attributes if name in ("src", "href", "action", "srcset")
    ]
    assert addresses and all((value or "").startswith("data:image/svg+xml;base64,") for value in addresses)


def test_entries_are_shown_as_people_read_them(careless):
    office = careless.script.office
    assert shown(careless, "competent_unit", office["code"], "vi") == office["short_name"]
    assert shown(careless, "signer", "CB01", "vi") == office["officials"]["CB01"]["full_name"]
    assert shown(careless, "due_date", "2025-07-04", "vi") == "04/07/2025"
    assert shown(careless, "papers", ["form"], "en") != "form" and shown(careless, "x", None, "vi") == ""
    assert shown(careless, "x", "079123456789", "en") == "079123456789"


def test_what_a_text_should_say_is_told_in_words(careless):
    finding = next(one for one in careless.evaluation.findings if one.slips)
    event = next(one for one in careless.events if one.seq in finding.evidence)
    asked = {"all": [{"mentions": ["02"]}, {"lacks": list("abcde")}]}
    target = replace(finding.target, any=[{"action": event.action, "where": {"reason": asked, "fee": 8}}])
    told = finding._replace(target=target)
    assert wanted(careless, told, Slip("reason", "x", "02"), "vi") == "có nêu: 02; không được ghi: a, b, c, d, …"
    assert wanted(careless, told, Slip("fee", 0, 8), "en") == "8"


def test_what_was_left_undone_is_told_with_its_entries(careless):
    """A trainer reads which paper should have been asked for, and by which action a mistake was made."""
    undone = next(one for one in careless.failed if one.target.id.endswith(".supplement") and not one.evidence)
    paper = next(iter(undone.target.any[0]["where"]["papers"]["any_set"]))
    text = to_be_done(careless, undone, "vi")
    assert (
        text
        == f"{say('action.supplement', 'vi')} ({say('field.papers', 'vi')}: {shown(careless, 'papers', paper, 'vi')})"
    )
    section_text = section(str(render(careless)), "vi")
    assert plain(text) in section_text
    broken = next(one for one in careless.failed if one.target.id.endswith(".accepted-incomplete"))
    event = next(one for one in careless.events if one.seq == broken.evidence[0])
    assert f"{say('action.receive', 'vi')} lúc {event.when():%H:%M}" in section_text


def test_a_choice_is_named_by_the_words_of_its_field_and_a_body_by_the_office(careless):
    script = replace(careless.script, systems=("documents",), office={
        **careless.script.office, "bodies": {"health": {"vi": "Sở Y tế", "en": "Department of Health"}},
    })  # fmt: skip
    report = replace(careless, script=script)
    assert shown(report, "supporting", ["police"], "vi") == say("choice.lead_division.police", "vi")
    assert shown(report, "recipients", ["health"], "vi") == "Sở Y tế"


def test_an_unfinished_attempt_can_be_reported_too():
    script, key = compiled()
    store = EventStore("sqlite://")
    attempt, _ = Attempt.start(store, store.add_script(script), "x", "practice")
    attempt.deliver()
    html = render(Report(attempt.events, script, key, evaluate(key, attempt.events)))
    assert say("status.not_reached", "vi") in html


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_perfect_attempt_has_neither_passed_nor_failed_while_it_goes_on(language):
    whole = report("model")
    going = whole.events[:-1]
    assert whole.events[-1].kind == FINISHED
    open_one = replace(whole, events=going, evaluation=evaluate(whole.key, going))
    said = [say(f"report.{name}", language, mark=whole.key.pass_mark) for name in ("passed", "failed", "going_on")]
    assert [text in section(render(open_one), language) for text in said] == [False, False, True]
    assert [text in section(render(whole), language) for text in said] == [True, False, False]


@pytest.mark.parametrize(("language", "told"), [
    ("vi", "Chưa xếp loại: còn yêu cầu chờ chấm"),
    ("en", "Not rated: requirements are still to be marked")])  # fmt: skip
def test_what_waits_for_marks_is_rated_by_a_question_mark_and_says_why(careless, language, told):
    first, *rest = careless.evaluation.findings
    whole = careless.evaluation
    pending = replace(whole, rating=PENDING, passed=None, whole=replace(whole.whole, rating=PENDING, rule="unjudged"),
                      findings=(first._replace(status=UNJUDGED), *rest), reasons=("unjudged",))  # fmt: skip
    text = section(render(replace(careless, evaluation=pending)), language)
    assert f"?{told}" in text and say("report.so_far", language) in text
    assert say("report.failed", language, mark=careless.key.pass_mark) not in text


def test_a_report_is_read_from_its_session(tmp_path, monkeypatch):
    monkeypatch.setenv("KIT_HOME", str(home_in(tmp_path)))
    session, (script, key) = Session.named("practice"), compiled()
    session.keys().add(key)
    store = session.store()
    attempt, _ = Attempt.start(store, store.add_script(script), "001204000123", "practice")
    read = read_report("practice", attempt.id)
    assert (list(read.events), read.script, read.key) == (attempt.events, script, key)
    assert "001204000123" in section(render(read), "vi")
    with pytest.raises(NotFound):
        read_report("practice", "f" * 32)
    with pytest.raises(KitError):
        read_report("../x", attempt.id)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET body = replace(body, '001204000123', '079123456789')")
    with pytest.raises(BrokenLog):
        read_report("practice", attempt.id)
