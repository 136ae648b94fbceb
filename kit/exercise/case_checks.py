"""What no single field of `cases.yaml` shows: draws, blanks that are drawn, papers and actions that there are."""

from difflib import get_close_matches
from typing import Any

from kit import papers
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
        troubles += _follow_ups(place, case) + _papers(place, case)
    return [problem_at(dealt, *one) for one in troubles]


def _group(data: Any, name: str) -> dict[str, Any]:
    found = data.get(name) if isinstance(data, dict) else None
    return found if isinstance(found, dict) else {}


def _each(place: Steps, data: dict[str, Any], name: str) -> list[tuple[Steps, dict[str, Any]]]:
    """The groups of a list inside a group, with their places."""
    found = data.get(name)
    listed = enumerate(found if isinstance(found, list) else [])
    return [((*place, name, index), one) for index, one in listed if isinstance(one, dict)]


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
    further = [*_group(case, "also")]
    return [trouble for at, one in _each(place, case, "follow_ups") for trouble in _follow_up(at, one, further)]


def _follow_up(place: Steps, one: dict[str, Any], further: list[str]) -> list[Trouble]:
    """An action that there is not, or a further record that the case does not bring."""
    actions = [action.name for system in SYSTEMS.values() for action in system.actions]
    named = [("on", one.get("on") or ""), *(("also", name) for name in _group(one, "also"))]
    lost = [((*place, part), str(name), ", ".join(further) or "-") for part, name in named
            if name and name not in further]  # fmt: skip
    unknown = one.get("after") not in actions
    return [*lost, *([((*place, "after"), str(one.get("after")), ", ".join(actions))] if unknown else [])]


def _papers(place: Steps, case: dict[str, Any]) -> list[Trouble]:
    """Papers of the case and of what comes of it: kinds that no form has, fields that are not on the form."""
    holders = [(place, case), *_each(place, case, "follow_ups")]
    return [trouble for at, holder in holders for spot, one in _each(at, holder, "papers")
            for trouble in _paper(spot, one)]  # fmt: skip


def _paper(place: Steps, paper: dict[str, Any]) -> list[Trouble]:
    kind = str(paper.get("kind"))
    if not papers.known(kind):
        near = get_close_matches(kind, papers.kinds(), 3, 0)
        return [((*place, "kind"), kind, ", ".join(near))]
    known = (*papers.fields(kind), *papers.MEDIUM_FIELDS)
    return [((*place, "fields", name), name, ", ".join(get_close_matches(name, known, 3) or known))
            for name in _group(paper, "fields") if name not in known]  # fmt: skip
