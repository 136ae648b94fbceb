"""compile_exercise(exercise, world, seed, trainee) -> (Script, Key): cases drawn for one trainee, truth kept apart."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Any

from kit.calendar import form_set, is_working_day
from kit.errors import BrokenFile, WrongUse
from kit.exercise import Exercise, Expectation, Inject, Return
from kit.script import Cue, Key, Script, Target
from kit.world import World
from kit.world.cases import Case, Office, Slot, plant
from kit.world.people import NobodyLeft, gather
from kit.world.procedures import procedures
from kit.world.reference import handbook, office_book

Json = dict[str, Any]


@dataclass(frozen=True)
class Drawn:
    """An inject with its case; `cue` is the name the trainee's side knows it by: its place in the day, no more."""

    inject: Inject
    cue: str
    minute: int
    procedure: str
    case: Case


def compile_exercise(exercise: Exercise, world: World, seed: int, trainee: str) -> tuple[Script, Key]:
    """Draw one trainee's cases and bind the guide to them; the same arguments give the same Script and Key.

    Raises `WrongUse` when the world's date is no working day or the world is too small.
    """
    begins = _begins(exercise, world)
    book = office_book(world, Random(f"{seed}|{trainee}|office"))
    office = Office(world.unit["code"], book.prefix, book.visible["committee"], begins, book.signers)
    drawn = _draw(exercise, world, office, f"{seed}|{trainee}")
    visible = {**book.visible, "form_set": form_set(world.date), "population": _population(world, drawn),
               "handbook": handbook(procedures()[one.procedure] for one in drawn)}  # fmt: skip
    cues = tuple(cue for one in drawn for cue in _cues(one, exercise.scenario.returns))
    script = Script(
        exercise.id, exercise.scenario.title.model_dump(), {lang: exercise.brief(lang) for lang in ("vi", "en")}, seed,
        world.unit["code"], trainee, begins.isoformat(timespec="minutes"), exercise.scenario.minutes,
        tuple(exercise.scenario.systems), visible, cues,
    )  # fmt: skip
    return script, _key(exercise, script, drawn)


def _begins(exercise: Exercise, world: World) -> datetime:
    if not is_working_day(world.date):
        raise WrongUse(f"Ngày {world.date:%d/%m/%Y} không phải ngày làm việc.",
                       f"{world.date.isoformat()} is not a working day.")  # fmt: skip
    return datetime.fromisoformat(f"{world.date.isoformat()}T{exercise.scenario.starts_at}")


def _draw(exercise: Exercise, world: World, office: Office, seed: str) -> list[Drawn]:
    """Every inject with its minute (movable ones change places) and its case, in the order of time."""
    injects = exercise.scenario.injects
    people = gather(
        world.records("citizens"), {row["code"]: row for row in world.records("units")},
        office.unit, office.today.date(), Random(f"{seed}|people"),
    )  # fmt: skip
    minutes = _minutes(injects, Random(f"{seed}|order"))
    drawn = []
    for number, inject in enumerate(sorted(injects, key=lambda one: minutes[one.id]), start=1):
        draw = Random(f"{seed}|{inject.id}")
        code = draw.choice(inject.procedures)
        try:
            case = plant(Slot(inject.truth, code, number), people, office, draw)
        except NobodyLeft:
            vi = f"Địa phương giả lập quá nhỏ cho tình huống {inject.id}: hãy tăng số dân."
            raise WrongUse(vi, f"The world is too small for inject {inject.id}: ask for more people.") from None
        drawn.append(Drawn(inject, f"m{number:02d}", minutes[inject.id], code, case))
    return drawn


def _minutes(injects: list[Inject], draw: Random) -> dict[str, int]:
    movable = [inject for inject in injects if inject.movable]
    places = [inject.minute for inject in movable]
    draw.shuffle(places)
    moved = dict(zip((inject.id for inject in movable), places, strict=True))
    return {inject.id: moved.get(inject.id, inject.minute) for inject in injects}


def _cues(drawn: Drawn, returns: Return) -> list[Cue]:
    """What is brought; whoever stands at the counter comes back after any slip, so a return tells nothing."""
    case, says = drawn.case, _said(drawn.inject.says.model_dump(), drawn.case.cast)
    cues = [Cue(drawn.cue, drawn.minute, says, case.code, case.records)]
    if case.records[case.code]["step"] == "waiting":
        records = {case.code: {"brought_back": True}, **case.returned}
        says = _said(returns.says.model_dump(), case.cast)
        cues.append(Cue(f"{drawn.cue}-back", returns.minutes, says, case.code, records, "supplement"))
    return cues


def _said(texts: dict[str, str], cast: dict[str, str]) -> dict[str, str]:
    for name, value in cast.items():
        texts = {language: text.replace("{" + name + "}", value) for language, text in texts.items()}
    return texts


def _population(world: World, drawn: list[Drawn]) -> Json:
    """What the population database answers for everybody on the papers."""
    people = {person["personal_id"]: person for one in drawn for person in one.case.people}
    names = dict(zip(world.units["code"], world.units["name_vn"], strict=True))
    return {
        number: {
            "full_name": p["full_name"], "birth_date": p["birth_date"], "sex": p["sex"], "unit": p["unit_code"],
            "unit_name": names[p["unit_code"]], "residence": p["address_current"],
            "marital_status": p["marital_status"],
        }
        for number, p in sorted(people.items())
    }  # fmt: skip


def _key(exercise: Exercise, script: Script, drawn: list[Drawn]) -> Key:
    targets = [target for one in drawn for target in _targets(exercise.guide.expectations, one)]
    return Key(
        exercise.id, script.hash(), script.seed, script.unit, exercise.scenario.pass_mark,
        {one.cue: one.inject.id for one in drawn}, {one.cue: one.inject.truth for one in drawn},
        {cue.id: cue.record for cue in script.cues}, {one.cue: one.case.facts for one in drawn}, tuple(targets),
    )  # fmt: skip


def _targets(expectations: list[Expectation], drawn: Drawn) -> list[Target]:
    return [_target(expectation, drawn) for expectation in expectations if drawn.inject.truth in expectation.truths]


def _target(e: Expectation, drawn: Drawn) -> Target:
    inject, cue = (f"{one}-back" if e.returned else one for one in (drawn.inject.id, drawn.cue))
    facts = drawn.case.facts
    _check_facts(e, drawn.inject.truth, facts)
    ways = tuple({"action": way.action, "where": _bind(dict(way.where), facts)} for way in e.any)
    return Target(
        f"{inject}.{e.id}", cue, drawn.case.code, ways, e.weight, e.title.model_dump(), e.rule.model_dump(),
        e.advice.model_dump(), e.hint.model_dump(), tuple(basis.model_dump() for basis in e.basis), e.within,
        _bind(e.by, facts), e.critical, e.forbidden, e.first, e.times, f"{inject}.{e.after}" if e.after else "",
    )  # fmt: skip


def _check_facts(e: Expectation, truth: str, facts: Json) -> None:
    """Raise `BrokenFile` where a guide asks for a fact that the truth does not give."""
    asked = set(_named([e.by, *(way.where for way in e.any)]))
    known = ", ".join(sorted(facts))
    if asked - set(facts):
        where = f"guide.yaml: {e.id}: {truth}: ${', $'.join(sorted(asked - set(facts)))}"
        raise BrokenFile(
            [(f"{where}: không có dữ kiện này; có: {known}", f"{where}: no such fact; there are: {known}")]
        )


def _named(value: Any) -> Iterator[str]:
    if isinstance(value, dict | list):
        for one in value.values() if isinstance(value, dict) else value:
            yield from _named(one)
    elif isinstance(value, str) and value.startswith("$"):
        yield value[1:]


def _bind(value: Any, facts: Json) -> Any:
    """The criterion with every "$name" replaced by the case's fact of that name."""
    if isinstance(value, dict):
        return {name: _bind(one, facts) for name, one in value.items()}
    if isinstance(value, list):
        return [_bind(one, facts) for one in value]
    return facts[value[1:]] if isinstance(value, str) and value.startswith("$") else value
