"""What no single field of `cases.yaml` shows: draws that there are, blanks that are drawn, actions that exist."""

from typing import Any

from kit.exercise.checks import Trouble, items, problem_at
from kit.exercise.problems import Problem
from kit.systems.registry import SYSTEMS
from kit.world.blanks import FILTERS, filters_in, names_in
from kit.world.draws import DRAWS
from kit.yaml_file import Document, Steps

ALWAYS = ("today", "now", "year", "office", "unit", "code_of")
SPOKEN = ("record", "also", "papers", "facts", "follow_ups")


def cross_check_cases(dealt: Document) -> list[Problem]:
    """The problems of a file of declared cases."""
    shared = [*ALWAYS, *_group(dealt.data, "draws")]
    troubles = _draws((), dealt.data, list(ALWAYS))
    truths = [str(case.get("truth")) for _, case in items(dealt, "cases")]
    for index, case in items(dealt, "cases"):
        own = [*shared, "code", "codes"]
        place: Steps = ("cases", index)
        if truths.index(str(case.get("truth"))) < index:
            troubles.append(((*place, "truth"), str(case.get("truth")), "khác nhau / distinct"))
        troubles += _draws(place, case, [*own]) + _blanks(place, case, own)
        troubles += _follow_ups(place, case)
    return [problem_at(dealt, *one) for one in troubles]


def _group(data: Any, name: str) -> dict[str, Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _draws(place: Steps, data: Any, known: list[str]) -> list[Trouble]:
    """Draws of an unknown word, and blanks in them that nothing before them draws."""
    troubles: list[Trouble] = []
    for name, spec in _group(data, "draws").items():
        at: Steps = (*place, "draws", name)
        words = list(spec) if isinstance(spec, dict) else [str(spec)]
        troubles += [(at, str(word), ", ".join(DRAWS)) for word in words if word not in DRAWS]
        troubles += _unknown(at, spec, known)
        known.append(name)
    return troubles


def _blanks(place: Steps, case: dict[str, Any], shared: list[str]) -> list[Trouble]:
    known = [*shared, *_group(case, "draws")]
    return [trouble for part in SPOKEN for trouble in _unknown((*place, part), _unsaid(case.get(part)), known)]


def _unsaid(part: Any) -> Any:
    """A part without its spoken lines: what those name is filled in later, and may be anything drawn."""
    if isinstance(part, list):
        return [{name: one for name, one in each.items() if name != "says"} for each in part if isinstance(each, dict)]
    return part


def _unknown(place: Steps, value: Any, known: list[str]) -> list[Trouble]:
    troubles: list[Trouble] = [(place, name, ", ".join(sorted(known))) for name in sorted(names_in(value) - {*known})]
    return troubles + [(place, f"|{name}", ", ".join(FILTERS)) for name in sorted(filters_in(value) - {*FILTERS})]


def _follow_ups(place: Steps, case: dict[str, Any]) -> list[Trouble]:
    listed, further = case.get("follow_ups"), [*_group(case, "also")]
    each = enumerate(listed if isinstance(listed, list) else [])
    return [trouble for index, one in each if isinstance(one, dict)
            for trouble in _follow_up((*place, "follow_ups", index), one, further)]  # fmt: skip


def _follow_up(place: Steps, one: dict[str, Any], further: list[str]) -> list[Trouble]:
    """An action that there is not, or a further record that the case does not bring."""
    actions = [action.name for system in SYSTEMS.values() for action in system.actions]
    named = [("on", one.get("on") or ""), *(("also", name) for name in _group(one, "also"))]
    lost = [((*place, part), str(name), ", ".join(further) or "-") for part, name in named
            if name and name not in further]  # fmt: skip
    unknown = one.get("after") not in actions
    return [*lost, *([((*place, "after"), str(one.get("after")), ", ".join(actions))] if unknown else [])]
