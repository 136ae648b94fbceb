"""What a plan says about people of the roster: who gets more time, who is in which team in which role."""

from collections.abc import Iterator
from difflib import get_close_matches

from kit.errors import KitError
from kit.exercise import load_exercise
from kit.session.places import Places
from kit.session.plan import PlanFile, TeamPlanned
from kit.systems.registry import system
from kit.yaml_file import Steps

MOST_COMPARED = 300  # codes that a wrong one is compared with
Found = tuple[Steps, str, str]  # place in the file, what is wrong in vi and en


def people_troubles(file: PlanFile, units: dict[str, str], exercises: list[str]) -> Iterator[Found]:
    """What does not fit to the roster (unit by person) and to the plan's exercises."""
    for index, one in enumerate(file.more_time):
        yield from _known(("more_time", index, "person"), one.person, list(units))
    people = [one.person for one in file.more_time]
    for name in sorted({one for one in people if people.count(one) > 1}):
        yield ("more_time",), f"{name} được nêu hai lần", f"{name} is named twice"
    seats: set[tuple[str, str]] = set()
    names = [team.name for team in file.teams]
    for index, team in enumerate(file.teams):
        if names.index(team.name) < index:
            yield ("teams", index, "name"), f"tổ {team.name} đã có", f"there is a team {team.name} already"
        yield from _team(("teams", index), team, list(units), exercises)
        for number, member in enumerate(team.members):
            seat = (member.person, team.exercise.zfill(2)[:2])
            if seat in seats:
                yield (("teams", index, "members", number), f"{member.person} đã có tổ ở bài này",
                       f"{member.person} has a team in this exercise already")  # fmt: skip
            seats.add(seat)


def _team(place: Steps, team: TeamPlanned, people: list[str], exercises: list[str]) -> Iterator[Found]:
    for number, member in enumerate(team.members):
        yield from _known((*place, "members", number, "person"), member.person, people)
    try:
        exercise = load_exercise(team.exercise.zfill(2))
        if team.unit:
            Places().unit_of(team.unit)
    except KitError as error:
        yield place, error.vi, error.en
        return
    if exercise.id not in exercises:
        yield (*place, "exercise"), f"{exercise.id} không có trong kế hoạch", f"{exercise.id} is not in the plan"
    roles = roles_of(exercise.id)
    for number, member in enumerate(team.members):
        if member.role not in roles:
            listed = ", ".join(roles)
            yield ((*place, "members", number, "role"), f"không có vai {member.role!r}; cho phép: {listed}",
                   f"no role {member.role!r}; allowed: {listed}")  # fmt: skip


def roles_of(exercise: str) -> list[str]:
    """The roles that somebody can have in an exercise: those of its systems' actions."""
    systems = load_exercise(exercise).scenario.systems
    return sorted({action.role for name in systems for action in system(name).actions})


def _known(place: Steps, code: str, people: list[str]) -> Iterator[Found]:
    if code not in people:
        near = ", ".join(get_close_matches(code, people[:MOST_COMPARED], 3, 0.5) or people[:3])
        yield place, f"không có {code[:40]!r} trong danh sách; gần nhất: {near}", (
            f"nobody in the roster is {code[:40]!r}; nearest: {near}")  # fmt: skip
