"""compile_exercise(exercise, world, seed, trainee) -> (Script, Key): cases drawn for one trainee, truth kept apart."""

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from random import Random
from typing import Any

from kit.calendar import form_set, is_working_day
from kit.compiling.binding import counted, targets_of
from kit.compiling.drawing import Day, Drawn, draw_cases
from kit.errors import WrongUse
from kit.exercise import Exercise
from kit.script import Cue, Key, Script
from kit.world import World
from kit.world.cases import Office
from kit.world.people import gather
from kit.world.procedures import procedures
from kit.world.reference import handbook, office_book

Json = dict[str, Any]

BLANK = re.compile(r"\{[a-z][a-z0-9_.-]*\}")

__all__ = ["compile_exercise"]


def compile_exercise(exercise: Exercise, world: World, seed: int, trainee: str) -> tuple[Script, Key]:
    """Draw one trainee's cases and bind the guide to them; the same arguments give the same Script and Key.

    Raises `WrongUse` when the world's date is no working day or the world is too small, `BrokenFile` where a case or
    the guide names something that was not drawn.
    """
    begins = _begins(exercise, world)
    book = office_book(world, Random(f"{seed}|{trainee}|office"))
    office = Office(world.unit["code"], book.prefix, book.visible["committee"], begins, book.signers)
    citizens, units = _everybody(world)
    people = gather(citizens, units, office.unit, begins.date(), Random(f"{seed}|{trainee}|people"))
    visible = {**book.visible, "form_set": form_set(world.date), **exercise.office()}
    drawn = draw_cases(exercise, Day(office, visible, people, f"{seed}|{trainee}"))
    visible |= {"population": _population(world, drawn), "handbook": handbook(_procedures(drawn))}
    script = Script(
        exercise.id, exercise.scenario.title.model_dump(), {lang: exercise.brief(lang) for lang in ("vi", "en")}, seed,
        world.unit["code"], trainee, begins.isoformat(timespec="minutes"), exercise.scenario.minutes,
        tuple(exercise.scenario.systems), visible, tuple(cue for one in drawn for cue in _cues(one)),
    )  # fmt: skip
    return script, _key(exercise, script, drawn)


@lru_cache(maxsize=2)
def _everybody(world: World) -> tuple[list[Json], dict[str, Json]]:
    """The people and the units of a world as records; seat after seat is compiled from the same ones."""
    return world.records("citizens"), {row["code"]: row for row in world.records("units")}


def _begins(exercise: Exercise, world: World) -> datetime:
    if not is_working_day(world.date):
        raise WrongUse(f"Ngày {world.date:%d/%m/%Y} không phải ngày làm việc.",
                       f"{world.date.isoformat()} is not a working day.")  # fmt: skip
    return datetime.fromisoformat(f"{world.date.isoformat()}T{exercise.scenario.starts_at}")


def _procedures(drawn: Iterable[Drawn]) -> Iterator[Any]:
    return (procedures()[one.procedure] for one in drawn if one.procedure)


def _cues(drawn: Drawn) -> Iterator[Cue]:
    """What is brought, and what follows from what is done about it."""
    case = drawn.case
    yield Cue(drawn.cue, drawn.minute, _said(drawn.inject.says.model_dump(), case.cast), case.code, case.records)
    for one in case.follow_ups:
        says = _said(one.says, case.cast)
        yield Cue(f"{drawn.cue}-{one.name}", one.minutes, says, one.on or case.code, one.records, one.after)


def _said(texts: dict[str, str], cast: Mapping[str, Any]) -> dict[str, str]:
    return {language: BLANK.sub(lambda blank: _named(blank[0], cast), text) for language, text in texts.items()}


def _named(blank: str, cast: Mapping[str, Any]) -> str:
    """What a blank such as {person.full_name} names; one that names no text and no number stays as it is."""
    value: Any = cast
    for part in blank[1:-1].split("."):
        value = value.get(part) if isinstance(value, Mapping) else None
    return str(value) if isinstance(value, str | int) else blank


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
    guide = exercise.guide
    targets = [target for one in drawn for target in targets_of(guide.expectations, one)]
    targets += counted(guide.expectations, targets)
    return Key(
        exercise.id, script.hash(), script.seed, script.unit, exercise.scenario.pass_mark,
        {one.cue: one.inject.id for one in drawn}, {one.cue: one.inject.truth for one in drawn},
        {cue.id: cue.record for cue in script.cues}, {one.cue: one.case.facts for one in drawn}, tuple(targets),
        {one.inject.truth: one.case.name for one in drawn if one.case.name},
        {one.id: one.title.texts for one in guide.objectives},
    )  # fmt: skip
