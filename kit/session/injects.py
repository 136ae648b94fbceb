"""What a trainer may change about an exercise's injects for a session: their minute, and whether they come at all."""

from dataclasses import replace
from typing import Any

from kit.exercise import Exercise, Inject

Json = dict[str, Any]
DECIDING = ("minute", "enabled")  # an owner or a note changes no script


def with_changes(exercise: Exercise, changes: dict[str, Json]) -> Exercise:
    """The exercise with its injects moved or left out, before anything is drawn; deadlines follow the inject.

    An inject that was given a minute stays at it; the others go on changing places among themselves.
    """
    if not changes:
        return exercise
    kept = [_changed(one, changes.get(one.id, {})) for one in exercise.scenario.injects
            if changes.get(one.id, {}).get("enabled", True)]  # fmt: skip
    return replace(exercise, scenario=exercise.scenario.model_copy(update={"injects": kept}))


def _changed(inject: Inject, change: Json) -> Inject:
    if "minute" not in change:
        return inject
    return inject.model_copy(update={"minute": change["minute"], "movable": False})


def deciding(changes: dict[str, Json]) -> dict[str, Json]:
    """The changes that a script follows from."""
    found = {inject: {name: one[name] for name in DECIDING if name in one} for inject, one in changes.items()}
    return {inject: one for inject, one in found.items() if one}
