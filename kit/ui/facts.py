"""What stands above the papers: the citizen's words, the facts on the record, the answers of look-ups."""

from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from kit.safe_html import fill, join
from kit.ui.matters import said
from kit.ui.view import View, amount, clock, day
from kit.words import pick

SPEECH = """<div class="kit-speech" role="note"><span class="kit-speaker" aria-hidden="true">“</span>
<p>{says}</p>{before}</div>"""
HEAD = """<div class="kit-record-head"><h1>{what}</h1><span class="kit-step kit-step-{state}">{step}</span></div>
<dl class="kit-facts">{facts}</dl>"""
FACT = "<div><dt>{label}</dt><dd>{value}</dd></div>"
ANSWER = """<tr><td><b>{full_name}</b> <span class="kit-mono">{number}</span></td><td>{birth_date}</td><td>{sex}</td>
<td>{residence}</td><td>{marital}</td></tr>"""
TABLE = """<details class="kit-answers" open><summary>{title}</summary><table><thead><tr>{heads}</tr></thead>
<tbody>{rows}</tbody></table></details>"""
HEADS = ("person", "birth_date", "sex", "residence", "marital_status")


def speech(view: View) -> Markup:
    """The newest words about the record, earlier ones below in small."""
    cues = [pick(cue.says, view.language) for cue in said(view.attempt, view.chosen)]
    if not cues:
        return Markup("")
    before = join(fill('<p class="kit-before">{text}</p>', text=text) for text in reversed(cues[:-1]))
    return fill(SPEECH, says=cues[-1], before=before)


def sheet(view: View) -> Markup:
    """The facts on the record that are known so far."""
    record = view.record()
    if not record:
        return fill('<div class="kit-empty"><p>{text}</p></div>', text=view.say("desk.choose_matter"))
    facts = join(fill(FACT, label=view.say(f"fact.{name}"), value=value) for name, value in known(view, record))
    what = view.named(record, "procedure_name") or view.chosen
    return fill(
        HEAD, what=what, facts=facts, step=view.say(f"step.{record.get('step', '')}"), state=record.get("state", 0)
    )


def known(view: View, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, text) of each fact; what is not there yet is left out."""
    values = {
        "code": record.get("code"), "applicant": record.get("applicant_name"),
        "address": record.get("applicant_address"), "phone": record.get("applicant_phone"),
        "channel": record.get("channel") and view.say(f"channel.{record['channel']}"),
        "filed": record.get("channel") != "counter" and _moment(record.get("filed_at")),
        "received": _moment(record.get("received_at")), "due": day(record.get("due_date") or ""),
        "copies": record.get("copies"), "competent": _unit(view, record.get("competent_unit")),
        "destination": _unit(view, record.get("destination")), "fee": _money(view, record.get("fee")),
        "duty": _money(view, record.get("duty")), "paid": _money(view, record.get("fee_paid")),
        "brought_back": record.get("brought_back") and view.say("desk.yes"),
    }  # fmt: skip
    yield from ((name, str(value)) for name, value in values.items() if value)


def answers(view: View) -> Markup:
    """What the population database answered in this dossier, and nothing that was not asked."""
    asked = view.record().get("looked_up", [])
    if not asked:
        return Markup("")
    people = view.attempt.script.office["population"]
    rows = join(_answer(view, number, people[number]) for number in asked if number in people)
    heads = join(fill("<th>{name}</th>", name=view.say(f"person.{name}")) for name in HEADS)
    return fill(TABLE, title=view.say("reference.answers", count=len(asked)), heads=heads, rows=rows)


def _answer(view: View, number: str, person: Mapping[str, Any]) -> Markup:
    return fill(
        ANSWER, number=number, full_name=person["full_name"], birth_date=day(person["birth_date"]),
        sex=view.say(f"sex.{person['sex']}"), residence=person["residence"],
        marital=view.say(f"marital.{person['marital_status']}"),
    )  # fmt: skip


def _moment(iso: str | None) -> str:
    return f"{clock(iso)} {day(iso)}" if iso else ""


def _unit(view: View, code: str | None) -> str:
    return str(view.attempt.script.office["units"].get(code, "")) if code else ""


def _money(view: View, number: int | None) -> str:
    return "" if number is None else amount(number, view.language)
