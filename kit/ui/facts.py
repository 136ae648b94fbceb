"""What stands above the papers: the citizen's words, the facts on the record, the answers of look-ups."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from markupsafe import Markup

from kit.safe_html import fill, join
from kit.systems.called import unit
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
    what = view.named(record, "title") or view.chosen
    return fill(
        HEAD, what=what, facts=facts, step=view.say(f"step.{record.get('step', '')}"), state=view.colour(record)
    )


def known(view: View, record: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(name, text) of each fact that the record's system shows; what is not there yet is left out."""
    system = next((one for one in view.systems() if one.lists == record.get("kind")), None)
    for shown in system.shows if system else ():
        value = view.named(record, shown.field or shown.name)
        if value or (shown.kind == "money" and value == 0):
            yield shown.name, reads(view, shown.kind, value)


def reads(view: View, kind: str, value: Any) -> str:
    """How a value of a kind reads on screen."""
    if isinstance(value, list):
        return "; ".join(reads(view, kind, one) for one in value)
    office = view.attempt.script.office
    readers: dict[str, Callable[[Any], str]] = {
        "text": str, "day": day, "moment": lambda iso: f"{clock(iso)} {day(iso)}",
        "money": lambda number: amount(number, view.language), "yes": lambda _: view.say("desk.yes"),
        "count": lambda number: f"{int(number):,}".replace(",", "." if view.language == "vi" else ","),
        "unit": lambda code: unit(code, office, view.language),
        "body": lambda code: pick(office.get("bodies", {}).get(code, {"vi": code}), view.language),
        "official": lambda code: str(office["officials"].get(code, {}).get("full_name", code)),
    }  # fmt: skip
    return readers[kind](value) if kind in readers else view.say(f"{kind}.{value}")


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
