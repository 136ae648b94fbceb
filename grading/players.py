"""Robot trainees: they play through the same door as people, to calibrate an exercise and to prove its guide.

`model` knows the Key and does what the guide asks; `average` and `slow` know it and err as people do; the others know
only the Script.
"""

from collections.abc import Callable
from datetime import timedelta
from random import Random
from typing import Any

from kit.attempt import Attempt
from kit.calendar import ProcessingTime, appointment
from kit.criteria import example
from kit.errors import UnknownName
from kit.script import Cue, Key
from kit.systems.entries import allotment_rows
from kit.systems.form import Action, Field, options
from kit.systems.registry import system

Json = dict[str, Any]
Turn = Callable[[Attempt, Cue, Key, Random], None]
REASON = "Theo quy định hiện hành"
MOST_GUESSED = 20  # in a row of an allotment
HALF = 0.5  # of what an average trainee gets wrong is done wrongly, the rest not at all


def model(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Does everything the guide asks about an inject, in the guide's order."""
    for record, action, where in steps(key, cue.id):
        do(attempt, record, action, where, key.facts_of(cue.id))


def careless(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Reads nothing: goes through each system's routine with the first thing that every form offers."""
    for name in attempt.script.systems:
        for record in _matters(cue, system(name).lists):
            for action in system(name).routine:
                form = next(one for one in system(name).actions if one.name == action)
                naive = {field.name: _naive(field, attempt, record) for field in form.fields}
                do(attempt, record, action, {}, naive)


def guessing(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Presses four random buttons with random entries."""
    for _ in range(4):
        known = _matters(cue, *(system(name).lists for name in attempt.script.systems))
        record = draw.choice(known) if len(known) > 1 else cue.record
        situation = attempt.situation(record)
        offered = [(name, action) for name in attempt.script.systems for action in system(name).actions
                   if action.allowed(situation.record)]  # fmt: skip
        if offered:
            name, action = draw.choice(offered)
            given = {field.name: _guess(field, attempt, record, draw) for field in action.fields}
            attempt.act(name, action.name, record, given)


def idle(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Does nothing."""


def average(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Does most things right: each by the odds of this attempt's ability, else leaves it out or enters what is easy."""
    able = ability(key, attempt)
    for record, action, where in steps(key, cue.id):
        if draw.random() < able:
            do(attempt, record, action, where, key.facts_of(cue.id))
        elif draw.random() < HALF:
            do(attempt, record, action, {}, {})


def slow(attempt: Attempt, cue: Cue, key: Key, draw: Random) -> None:
    """Does everything right, but only when the next matter has come."""
    attempt.wait()
    model(attempt, cue, key, draw)


def ability(key: Key, attempt: Attempt) -> float:
    """How often an average trainee is right, 0.3 to 0.95: differs from attempt to attempt, stays within one."""
    return Random(f"{key.seed}|{attempt.trainee}|ability").uniform(0.3, 0.95)


PLAYERS: dict[str, Turn] = {
    "model": model, "average": average, "slow": slow, "careless": careless, "guessing": guessing, "idle": idle,
}  # fmt: skip


def player(name: str) -> Turn:
    """The robot called `name`; `UnknownName` where there is none."""
    if name not in PLAYERS:
        known, asked = ", ".join(PLAYERS), repr(name[:40])
        raise UnknownName(f"Không có người chơi máy {asked}; có: {known}.", f"No player {asked}; there are: {known}.")
    return PLAYERS[name]


def play(attempt: Attempt, key: Key, turn: Turn) -> None:
    """Play a whole attempt: take the injects as they come, wait when nothing is left, finish."""
    draw = Random(f"{key.seed}|{attempt.script.trainee}")
    while True:
        for cue in attempt.deliver():
            turn(attempt, cue, key, draw)
        coming = attempt.upcoming()
        if not coming:
            break
        if coming[0][0] > attempt.state.moment:
            attempt.wait()
    attempt.finish()


def steps(key: Key, inject: str) -> list[tuple[str, str, Json]]:
    """(record, action, criteria of its entries) that meet every target of an inject, each action once a record."""
    wanted: dict[tuple[str, str], Json] = {}
    for target in key.of(inject):
        if not target.forbidden and target.any:
            way = target.any[0]
            entries = wanted.setdefault((target.record, way["action"]), {})
            for field, test in way["where"].items():
                entries[field] = {"all": [entries[field], test]} if field in entries else test
    return [(*what, where) for what, where in wanted.items()]


def do(attempt: Attempt, record: str, name: str, where: Json, facts: Json) -> None:
    """One action, its entries from the criteria, then from facts of the same name, then the form's first choice."""
    for system_name in attempt.script.systems:
        action = next((a for a in system(system_name).actions if a.name == name), None)
        if action and action.allowed(attempt.situation(record).record):
            attempt.act(system_name, name, record, entries(attempt, action, record, where, facts))


def entries(attempt: Attempt, action: Action, record: str, where: Json, facts: Json) -> Json:
    """A whole form: what the criteria ask, and something fitting everywhere else."""
    given: Json = {}
    known = action.known(attempt.situation(record)) if action.knows else {}
    for field in action.fields:
        if field.name in where:
            given[field.name] = example(where[field.name], known | given, attempt.state.moment)
        elif field.name in facts:
            given[field.name] = facts[field.name]
        else:
            given[field.name] = _fitting(field, attempt, record, facts)
    return given


def _fitting(field: Field, attempt: Attempt, record: str, facts: Json) -> Any:
    offered = options(field, attempt.situation(record))
    if field.listed:
        return list(offered or ())[:1]
    if field.kind == "allotment":
        return dict.fromkeys(allotment_rows(field, attempt.situation(record)), 0)
    if field.name == "result_kind" or field.name == "book":
        return next(iter(attempt.state.records[record]["result"]))
    if field.name == "due_date" and "time" in facts:
        return appointment(attempt.state.moment, ProcessingTime(**facts["time"])).date().isoformat()
    if field.kind == "date":
        return (attempt.state.moment.date() + timedelta(days=7)).isoformat()
    if field.kind in ("number", "count"):
        return 0
    if field.kind == "official":
        return _leader(attempt, who_can_sign=True)
    return offered[0] if offered else {"time": "08:00"}.get(field.kind, REASON)


def _matters(cue: Cue, *kinds: str) -> list[str]:
    """The records of these kinds that an inject brings, or that it is about."""
    brought = [record for record, shown in cue.records.items() if shown.get("kind") in kinds]
    return brought or [cue.record]


def _naive(field: Field, attempt: Attempt, record: str) -> Any:
    """Our own unit, today, nothing to pay, the first name at hand, the first choice, one for each row."""
    offered = options(field, attempt.situation(record))
    if field.kind == "allotment":
        return dict.fromkeys(allotment_rows(field, attempt.situation(record)), 1)
    if field.kind == "unit":
        return attempt.script.office["code"]
    if field.kind == "personal_id":
        return min(attempt.script.office["population"], default="")
    if field.kind == "official":
        return _leader(attempt)
    if field.name in ("result_kind", "book"):
        return next(iter(attempt.state.records[record]["result"]))
    plain = {"date": attempt.state.moment.date().isoformat(), "time": "08:00", "number": 0, "count": 0}
    first = list(offered or ())[:1]
    return first if field.listed else plain.get(field.kind, first[0] if first else REASON)


def _leader(attempt: Attempt, who_can_sign: bool = False) -> str:
    """The first leader of the office; of those whose certificate is in force where that is looked at."""
    officials: dict[str, Json] = attempt.script.office["officials"]
    today = attempt.state.moment.date().isoformat()
    leaders = [number for number, one in officials.items() if one["role"] == "signer"]
    able = [one for one in leaders if officials[one]["certificate_valid_to"] >= today]
    return (able if who_can_sign and able else leaders)[0]


def _guess(field: Field, attempt: Attempt, record: str, draw: Random) -> Any:
    offered = options(field, attempt.situation(record))
    if field.listed:
        return draw.sample(list(offered), 1) if offered else []
    if field.kind == "allotment":
        return {row: draw.randint(0, MOST_GUESSED) for row in allotment_rows(field, attempt.situation(record))}
    if field.kind == "date":
        return (attempt.state.moment.date() + timedelta(days=draw.randint(0, 10))).isoformat()
    if field.kind in ("number", "count"):
        return draw.choice((0, 8_000, 10_000))
    if field.kind == "time":
        return f"{draw.randint(7, 17):02d}:30"
    if field.kind == "personal_id":
        return draw.choice(sorted(attempt.script.office["population"]))
    return draw.choice(offered) if offered else REASON
