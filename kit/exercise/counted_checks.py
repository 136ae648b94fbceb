"""What no single field shows of what people judge and of k-of-n: actions, entries and expectations that there are."""

from typing import Any

from kit.exercise.checks import Trouble, items, problem_at
from kit.exercise.problems import Problem
from kit.systems.form import Action
from kit.systems.registry import SYSTEMS
from kit.yaml_file import Document


def cross_check_counted(said: Document, told: Document) -> list[Problem]:
    """The problems of a guide's `judged` and `counts` beside the systems of its scenario."""
    systems = [SYSTEMS[str(name)] for name in _listed(said.data, "systems") if str(name) in SYSTEMS]
    actions = {action.name: action for one in systems for action in one.actions}
    simple = [str(one.get("id")) for _, one in items(told, "expectations") if not one.get("counts")]
    found: list[Trouble] = []
    for index, one in items(told, "expectations"):
        troubles = _looks(one, actions) + _counted(one, simple)
        found += [(("expectations", index, *place), was, allowed) for place, was, allowed in troubles]
    return [problem_at(told, *one) for one in found]


def _looks(expectation: dict[str, Any], actions: dict[str, Action]) -> list[Trouble]:
    """Actions that no system offers, and entries that an action does not have."""
    found: list[Trouble] = []
    for index, look in enumerate(_listed(expectation.get("judged"), "looks_at")):
        action = actions.get(str(look.get("action"))) if isinstance(look, dict) else None
        if action is None:
            found.append((("judged", "looks_at", index, "action"), str(look)[:60], ", ".join(actions)))
            continue
        entries = [field.name for field in action.fields]
        found += [(("judged", "looks_at", index, "fields", place), str(name), ", ".join(entries) or "-")
                  for place, name in enumerate(_listed(look, "fields")) if name not in entries]  # fmt: skip
    return found


def _counted(expectation: dict[str, Any], known: list[str]) -> list[Trouble]:
    """Expectations that are not there, or that count others themselves."""
    return [(("counts", "of", index), str(name), ", ".join(known) or "-")
            for index, name in enumerate(_listed(expectation.get("counts"), "of")) if name not in known]  # fmt: skip


def _listed(part: Any, name: str) -> list[Any]:
    found = part.get(name) if isinstance(part, dict) else None
    return found if isinstance(found, list) else []
