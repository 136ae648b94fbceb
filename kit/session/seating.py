"""Who plays what: one place for each person or team at each exercise, and the inputs that decide its script."""

import hashlib
import secrets
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from functools import cache
from typing import Any

from kit.event import digest
from kit.exercise import load_exercise
from kit.session.folder import Session
from kit.session.injects import deciding
from kit.session.plan import MoreTime, SessionPlan
from kit.session.planned import Planned
from kit.store.people import Seat

SECRET = "draws"
TEAM = "team:"  # no person's code holds a colon
Json = dict[str, Any]


@dataclass(frozen=True)
class Place:
    """One script to compile: for whom (a person's code or a team's name), where, with what time and injects."""

    who: str
    team: bool
    exercise: str
    unit: str
    day: str
    seed: int
    drawn_with: str
    more_time: MoreTime
    pace: float
    injects: dict[str, Json]
    files: str

    def inputs(self) -> str:
        """The digest of everything that the script follows from."""
        return digest(asdict(self))


def places_of(planned: Planned, secret: str) -> list[Place]:
    """Every place, those of one unit together; `secret` keeps assessed cases from being drawn by a trainee."""
    plan = planned.plan
    salt = f"{secret}|" if plan.mode == "assessed" else ""
    units = {person.code: person.unit for person in planned.people}
    players = [(one, exercise) for exercise in plan.exercises for one in _players(planned, exercise, units)]
    found = [_place(planned, salt, player, exercise) for player, exercise in players]
    return sorted(found, key=lambda place: (place.unit, place.exercise, place.who))


def seats_of(plan: SessionPlan, place: Place, script: str) -> list[Seat]:
    """The seats at a place: one, or one for each member of the team."""
    if not place.team:
        return [Seat(place.who, place.exercise, script, plan.mode)]
    team = next(one for one in plan.teams if (one.name, one.exercise) == (place.who, place.exercise))
    return [Seat(person, place.exercise, script, plan.mode, team.name, role) for person, role in team.members.items()]


def secret_of(session: Session) -> str:
    """What keeps this session's draws from being repeated by others; made once, kept beside the keys."""
    path = session.folder / "keys" / SECRET
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.is_file():
        path.touch(mode=0o600)
        path.write_text(secrets.token_hex(32), encoding="ascii")
    return path.read_text(encoding="ascii")


def _players(planned: Planned, exercise: str, units: dict[str, str]) -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """(team's or person's name, unit, people) of everybody who plays an exercise; a team's name begins with a mark."""
    teams = [team for team in planned.plan.teams if team.exercise == exercise]
    yield from ((TEAM + team.name, team.unit, tuple(team.members)) for team in teams)
    in_team = {person for team in teams for person in team.members}
    yield from ((person, unit, (person,)) for person, unit in units.items() if person not in in_team)


def _place(planned: Planned, salt: str, player: tuple[str, str, tuple[str, ...]], exercise: str) -> Place:
    plan, (label, unit, people) = planned.plan, player
    own = [plan.more_time.get(person, MoreTime()) for person in people]
    more = MoreTime(max(one.factor for one in own), max(one.minutes for one in own))
    mixed = int(hashlib.sha256(f"{salt}{plan.seed}|{unit}|{label}".encode()).hexdigest()[:24], 16)
    return Place(
        label.removeprefix(TEAM), label.startswith(TEAM), exercise, unit, plan.day.isoformat(), plan.seed,
        str(mixed), more,
        min(plan.pace_of(person) for person in people), deciding(planned.injects.get(exercise, {})),
        _files(exercise),
    )  # fmt: skip


@cache
def _files(exercise: str) -> str:
    """The digest of an exercise's files: changed ones are compiled anew."""
    folder = load_exercise(exercise).folder
    told = hashlib.sha256()
    for path in sorted(folder.glob("*.*")):
        told.update(path.name.encode() + b"\0" + path.read_bytes() + b"\0")
    return told.hexdigest()
