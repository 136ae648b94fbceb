"""What no single field shows: names that must agree between the two files, the folder, the truths and the systems.

The checks read the raw files, so that one wrong entry hides none of the others.
"""

from pathlib import Path
from typing import Any

from kit.exercise.problems import Problem
from kit.systems.form import Action
from kit.systems.registry import SYSTEMS
from kit.world.truths import TRUTHS
from kit.yaml_file import Document, Steps

Trouble = tuple[Steps, str, str]  # place in the file, what was found, what is allowed
DISTINCT = "khác nhau / distinct"


def cross_check(folder: Path, said: Document, dealt: Document | None = None) -> list[Problem]:
    """The problems of a scenario file, beside the cases that its folder declares."""
    troubles: list[Trouble] = [(("systems", index), name, ", ".join(SYSTEMS))
             for index, name in enumerate(_texts(said.data, "systems")) if name not in SYSTEMS]  # fmt: skip
    declared = [str(case.get("truth")) for _, case in items(dealt, "cases")] if dealt else []
    if isinstance(said.data, dict) and said.data.get("id") != folder.name:
        troubles.append((("id",), str(said.data.get("id")), folder.name))
    for index, inject in items(said, "injects"):
        found = _declared_inject(inject, declared) if dealt else _inject(inject)
        troubles += [(("injects", index, *place), was, allowed) for place, was, allowed in found]
    troubles += repeated(said, "injects")
    return [problem_at(said, *one) for one in troubles]


def cross_check_guide(said: Document, told: Document, dealt: Document | None = None) -> list[Problem]:
    """The problems of a guide file beside its scenario and the cases that its folder declares."""
    systems = [name for name in _texts(said.data, "systems") if name in SYSTEMS]
    actions = {action.name: action for name in systems for action in SYSTEMS[name].actions}
    planted = {str(inject.get("truth")) for _, inject in items(said, "injects")}
    objectives = {"", *(str(one.get("id")) for _, one in items(told, "objectives"))}
    sequels = {"", *_sequels(said, dealt)}
    troubles = repeated(told, "expectations") + repeated(told, "objectives")
    for index, one in items(told, "expectations"):
        found = _truths(one, planted) + _ways(one, actions) + _after(one, items(told, "expectations"), index)
        for name, allowed in (("follow_up", sequels), ("objective", objectives)):
            if str(one.get(name, "")) not in allowed:
                found.append(((name,), str(one[name]), ", ".join(sorted(allowed)) or "-"))
        troubles += [(("expectations", index, *place), was, allowed) for place, was, allowed in found]
    return [problem_at(told, *one) for one in troubles]


def _sequels(said: Document, dealt: Document | None) -> set[str]:
    """What may come of an action: the citizen's return, and each follow-up that a case declares."""
    back = {"back"} if isinstance(said.data, dict) and said.data.get("returns") else set()
    cases = [case for _, case in items(dealt, "cases")] if dealt else []
    lists = [case.get("follow_ups") for case in cases]
    return back | {str(one.get("name")) for each in lists if isinstance(each, list) for one in each
                   if isinstance(one, dict)}  # fmt: skip


def problem_at(document: Document, place: Steps, was: str, allowed: str) -> Problem:
    """The sentences for a trouble, with file and line."""
    where = f"{document.name}:{document.line(place)}: {'.'.join(map(str, place))}"
    return f"{where}: thấy {was!r}, cho phép: {allowed}", f"{where}: found {was!r}, allowed: {allowed}"


def items(document: Document, name: str) -> list[tuple[int, dict[str, Any]]]:
    """The groups of a list with their places; what is no group is another check's business."""
    items = document.data.get(name) if isinstance(document.data, dict) else None
    return [(i, one) for i, one in enumerate(items) if isinstance(one, dict)] if isinstance(items, list) else []


def _texts(item: Any, name: str) -> list[str]:
    found = item.get(name) if isinstance(item, dict) else None
    return [str(one) for one in found] if isinstance(found, list) else []


def repeated(document: Document, name: str) -> list[Trouble]:
    """Ids that are there twice."""
    ids = [str(item.get("id")) for _, item in items(document, name)]
    return [((name, index, "id"), one, DISTINCT) for index, one in enumerate(ids) if one in ids[:index]]


def _inject(inject: dict[str, Any]) -> list[Trouble]:
    truth = str(inject.get("truth"))
    if truth not in TRUTHS:
        return [(("truth",), truth, ", ".join(sorted(TRUTHS)))]
    possible = TRUTHS[truth].procedures
    if not _texts(inject, "procedures"):
        return [(("procedures",), "[]", ", ".join(possible))]
    return [(("procedures", index), code, ", ".join(possible))
            for index, code in enumerate(_texts(inject, "procedures")) if code not in possible]  # fmt: skip


def _declared_inject(inject: dict[str, Any], declared: list[str]) -> list[Trouble]:
    truth = str(inject.get("truth"))
    return [] if truth in declared else [(("truth",), truth, ", ".join(sorted(declared)))]


def _truths(expectation: dict[str, Any], planted: set[str]) -> list[Trouble]:
    return [(("truths", index), truth, ", ".join(sorted(planted)))
            for index, truth in enumerate(_texts(expectation, "truths")) if truth not in planted]  # fmt: skip


def _after(expectation: dict[str, Any], each: list[tuple[int, dict[str, Any]]], place: int) -> list[Trouble]:
    """`after` names what is judged earlier for every truth of the expectation: never itself, never in a circle."""
    wanted, truths = expectation.get("after") or "", {*_texts(expectation, "truths")}
    earlier = [str(one.get("id")) for index, one in each
               if index < place and not one.get("counts") and truths <= {*_texts(one, "truths")}
               and str(one.get("follow_up", "")) == str(expectation.get("follow_up", ""))]  # fmt: skip
    return [] if str(wanted) in ("", *earlier) else [(("after",), str(wanted), ", ".join(earlier) or "-")]


def _ways(expectation: dict[str, Any], actions: dict[str, Action]) -> list[Trouble]:
    ways = expectation.get("any")
    found: list[Trouble] = []
    for index, way in enumerate(ways if isinstance(ways, list) else []):
        action = actions.get(str(way.get("action"))) if isinstance(way, dict) else None
        if action is None:
            found.append((("any", index, "action"), str(way)[:60], ", ".join(actions)))
        elif isinstance(way.get("where"), dict):
            fields = [field.name for field in action.fields]
            found += [(("any", index, "where", name), name, ", ".join(fields) or "-")
                      for name in way["where"] if name not in fields and not _counted(action, name)]  # fmt: skip
    return found


def _counted(action: Action, name: str) -> bool:
    """Whether a name can be what the software itself counted when the action was done."""
    return action.knows is not None and name.startswith("counted_")
