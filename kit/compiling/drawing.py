"""Every inject of a scenario with its minute and its case: planted in a visit, or declared in `cases.yaml`."""

from dataclasses import dataclass, replace
from random import Random
from typing import Any

from kit.compiling.declared import play_out
from kit.errors import WrongUse
from kit.exercise import Exercise, Inject, Return
from kit.world.cases import Case, Office, Sequel, Slot, plant
from kit.world.draws import Stage, draw_all
from kit.world.people import NobodyLeft, People

Json = dict[str, Any]
BACK = "back"  # whoever stood at the counter comes back after a supplement slip


@dataclass(frozen=True)
class Day:
    """Our office as cases need it, what the trainee sees of it, the people, and the seed of every draw."""

    office: Office
    visible: Json
    people: People
    seed: str


@dataclass(frozen=True)
class Drawn:
    """An inject with its case; `cue` is the name the trainee's side knows it by: its place in the day, no more."""

    inject: Inject
    cue: str
    minute: int
    procedure: str
    case: Case


def draw_cases(exercise: Exercise, day: Day) -> list[Drawn]:
    """Every inject with its minute (movable ones change places) and its case, in the order of time."""
    injects, minutes = _in_time(exercise.scenario.injects, day.seed)
    known, width = _known(exercise, day, injects), max(2, len(str(len(injects))))
    drawn = []
    for number, inject in enumerate(injects, start=1):
        draw = Random(f"{day.seed}|{inject.id}")
        procedure = draw.choice(inject.procedures) if inject.procedures else ""
        try:
            case = _case(exercise, day, (inject, procedure, number), (draw, known))
        except NobodyLeft:
            vi = f"Địa phương giả lập quá nhỏ cho tình huống {inject.id}: hãy tăng số dân."
            raise WrongUse(vi, f"The world is too small for inject {inject.id}: ask for more people.") from None
        except Exception as error:
            error.add_note(f"{inject.id} ({inject.truth})")
            raise
        drawn.append(Drawn(inject, f"m{number:0{width}d}", minutes[inject.id], procedure, case))
    return drawn


def _in_time(declared: list[Inject], seed: str) -> tuple[list[Inject], dict[str, int]]:
    """Every inject in the order of time, copies counted, and its minute; a crowd at one minute is mixed.

    Unmixed, the neighbours in a list would tell each other's truth. What may not move comes last in its minute.
    """
    placed = _minutes(declared, Random(f"{seed}|order"))
    minutes = {copy.id: placed[one.id] for one in declared for copy in one.copies()}
    injects = [copy for one in declared for copy in one.copies()]
    if len(injects) == len(declared):
        return sorted(injects, key=lambda one: minutes[one.id]), minutes
    mixing = Random(f"{seed}|crowd")
    places = {one.id: mixing.random() if one.movable else 1.0 for one in injects}
    return sorted(injects, key=lambda one: (minutes[one.id], places[one.id])), minutes


def _minutes(injects: list[Inject], draw: Random) -> dict[str, int]:
    movable = [inject for inject in injects if inject.movable]
    places = [inject.minute for inject in movable]
    draw.shuffle(places)
    moved = dict(zip((inject.id for inject in movable), places, strict=True))
    return {inject.id: moved.get(inject.id, inject.minute) for inject in injects}


def _known(exercise: Exercise, day: Day, injects: list[Inject]) -> Json:
    """What every declared case may name: the day, the office, the codes of the others, what is drawn for all."""
    if exercise.cases is None:
        return {}
    today = day.office.today
    known: Json = {"today": today.date().isoformat(), "now": today.isoformat(timespec="minutes"), "year": today.year,
                   "office": day.visible, "unit": day.office.unit}  # fmt: skip
    codes = {one.id: (f"{number:04d}", one.truth) for number, one in enumerate(injects, start=1)}
    known["code_of"] = {name: exercise.cases.numbered(number, known) for name, (number, _) in codes.items()}
    return draw_all(_stage(day, Random(f"{day.seed}|day")), exercise.cases.draws, known)


def _stage(day: Day, draw: Random) -> Stage:
    return Stage(day.people, day.visible, day.office.today.date(), draw, [])


def _case(exercise: Exercise, day: Day, what: tuple[Inject, str, int], how: tuple[Random, Json]) -> Case:
    (inject, procedure, number), (draw, known) = what, how
    declared = exercise.cases.of(inject.truth) if exercise.cases else None
    if declared is None:
        planted = plant(Slot(inject.truth, procedure, number), day.people, day.office, draw)
        return _returning(planted, exercise.scenario.returns)
    return play_out(declared, _stage(day, draw), {**known, "code": known["code_of"][inject.id]})


def _returning(case: Case, returns: Return | None) -> Case:
    """Whoever stands at the counter comes back after any slip, so a return tells nothing."""
    if returns is None or case.records[case.code]["step"] != "waiting":
        return case
    records = {case.code: {"brought_back": True}, **case.returned}
    back = Sequel(BACK, "supplement", returns.minutes, returns.says.model_dump(), records)
    return replace(case, follow_ups=(back,))
