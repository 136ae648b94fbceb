"""One place's script and key: drawn, then given the person's own time and clock."""

from dataclasses import replace
from datetime import datetime, timedelta

from kit.compiling import compile_exercise
from kit.exercise import load_exercise
from kit.script import Key, Script, Target
from kit.session.injects import with_changes
from kit.session.plan import BY_ACTIONS, MoreTime
from kit.session.seating import Place
from kit.world import World

CLOCK = "clock"  # in the script's office: {"pace": simulated minutes that a real minute brings by itself}


def compile_place(place: Place, world: World) -> tuple[Script, Key]:
    """Script and key of a place; the script names the plan's seed, not the one that its cases were drawn with."""
    exercise = with_changes(load_exercise(place.exercise), place.injects)
    drawn, key = compile_exercise(exercise, world, int(place.drawn_with), place.who)
    clock = {} if place.pace == BY_ACTIONS else {CLOCK: {"pace": place.pace}}
    script = replace(drawn, seed=place.seed, office={**drawn.office, **clock})
    targets = tuple(_longer(target, place.more_time, script.begins()) for target in key.targets)
    return script, replace(key, script=script.hash(), seed=place.seed, targets=targets)


def _longer(target: Target, more: MoreTime, begins: datetime) -> Target:
    """The target with the time that this person has; a moment is moved by its distance from the beginning."""
    within = target.within and more.longer(target.within)
    if not target.by:
        return replace(target, within=within)
    allowed = int((datetime.fromisoformat(target.by) - begins).total_seconds() // 60)
    moved = begins + timedelta(minutes=more.longer(allowed)) if allowed > 0 else datetime.fromisoformat(target.by)
    return replace(target, within=within, by=moved.isoformat(timespec="minutes"))
