"""What no single field shows: names that must agree between the two files, the folder, the truths and the systems."""

from pathlib import Path
from typing import Any

from kit.exercise.schema import Expectation, Guide, Inject, Scenario
from kit.systems.registry import SYSTEMS
from kit.world.truths import TRUTHS
from kit.yaml_file import Document, Steps

Problem = tuple[str, str]
Trouble = tuple[Steps, str, str]  # place in the file, what was found, what is allowed
DISTINCT = "khác nhau / distinct"


def cross_check(folder: Path, scenario: Scenario, said: Document) -> list[Problem]:
    """The problems of a scenario."""
    found: list[Trouble] = [(("systems", index), name, ", ".join(SYSTEMS))
                            for index, name in enumerate(scenario.systems) if name not in SYSTEMS]  # fmt: skip
    if scenario.id != folder.name:
        found.append((("id",), scenario.id, folder.name))
    for index, inject in enumerate(scenario.injects):
        found += [(("injects", index, *place), was, allowed) for place, was, allowed in _inject(inject)]
    found += [(("injects", index, "id"), one, DISTINCT) for index, one in _repeated(scenario.injects)]
    return [_problem(said, *one) for one in found]


def cross_check_guide(scenario: Scenario, guide: Guide, told: Document) -> list[Problem]:
    """The problems of a guide beside its scenario."""
    actions = {action.name: action for name in scenario.systems if name in SYSTEMS for action in SYSTEMS[name].actions}
    planted = {inject.truth for inject in scenario.injects}
    found: list[Trouble] = []
    for index, expectation in enumerate(guide.expectations):
        found += [(("expectations", index, *place), was, allowed)
                  for place, was, allowed in _expectation(expectation, planted, actions)]  # fmt: skip
    found += [(("expectations", index, "id"), one, DISTINCT) for index, one in _repeated(guide.expectations)]
    ids = {expectation.id for expectation in guide.expectations}
    found += [(("expectations", index, "after"), one.after, ", ".join(sorted(ids)))
              for index, one in enumerate(guide.expectations) if one.after and one.after not in ids]  # fmt: skip
    return [_problem(told, *one) for one in found]


def _problem(document: Document, place: Steps, was: str, allowed: str) -> Problem:
    where = f"{document.name}:{document.line(place)}: {'.'.join(map(str, place))}"
    return f"{where}: thấy {was!r}, cho phép: {allowed}", f"{where}: found {was!r}, allowed: {allowed}"


def _repeated(items: list[Any]) -> list[tuple[int, str]]:
    ids = [item.id for item in items]
    return [(index, one) for index, one in enumerate(ids) if one in ids[:index]]


def _inject(inject: Inject) -> list[Trouble]:
    if inject.truth not in TRUTHS:
        return [(("truth",), inject.truth, ", ".join(sorted(TRUTHS)))]
    possible = TRUTHS[inject.truth].procedures
    return [(("procedures", index), code, ", ".join(possible))
            for index, code in enumerate(inject.procedures) if code not in possible]  # fmt: skip


def _expectation(expectation: Expectation, planted: set[str], actions: dict[str, Any]) -> list[Trouble]:
    found: list[Trouble] = [(("truths", index), truth, ", ".join(sorted(planted)))
                            for index, truth in enumerate(expectation.truths) if truth not in planted]  # fmt: skip
    for index, way in enumerate(expectation.any):
        if way.action not in actions:
            found.append((("any", index, "action"), way.action, ", ".join(actions)))
            continue
        fields = [field.name for field in actions[way.action].fields]
        found += [(("any", index, "where", name), name, ", ".join(fields) or "-")
                  for name in way.where if name not in fields]  # fmt: skip
    return found
