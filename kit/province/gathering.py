"""From attempts to the figures of the province's page. What may be shown is decided by `group_report.readiness`."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from grading.cell import Cell
from grading.evaluate import GRADED
from grading.group_report import GROUP, PROVINCE, UNIT, place_name, readiness
from grading.group_report.gather import Member, Taken, counting, gather, member_of, province_of
from grading.group_report.gather import Place as Named
from grading.telling import needs_mark
from kit.exercise import load_exercise
from kit.plain_text import vietnamese_order
from kit.province.overview import Costly, Overview, Place, Requirement, Spot
from kit.province.reading import Read, Tally, read_session
from kit.script import Target
from kit.session import Session
from kit.store.people import Person, Seat

MOST_COSTLY = 5  # requirements told of a spot
KINDS = (PROVINCE, GROUP, UNIT)
Where = tuple[Named, str]  # ((kind, code), exercise)


@dataclass(frozen=True)
class Held:
    """What was held: who was expected where, and when the figures are made (ISO, UTC)."""

    session: str
    made: str
    people: Mapping[str, Person]
    seats: Sequence[Seat] = ()


def overview_of(session: Session, made: str) -> Overview:
    """The figures of a session as its store stands."""
    roster = session.store().people
    held = Held(session.name, made, {person.code: person for person in roster.all()}, roster.seats())
    return summed(held, read_session(session))


def summed(held: Held, read: Read) -> Overview:
    """The figures of attempts that were read."""
    taken = gather(read.graded, held.people)
    found, awaited = readiness(read.graded, held.people), _awaited(held)
    spots = {_name(where): _spot(cell, len(awaited.get(where, ())), _costly(read, taken_at, where[1]))
             for where, cell, taken_at in _with_attempts(found.places, taken)}  # fmt: skip
    titles = {one: dict(load_exercise(one).scenario.title.texts) for one in found.exercises}
    costly = {one.requirement for spot in spots.values() for one in spot.costly}
    asked = {name: _told(target) for (exercise, short), target in read.targets.items()
             if (name := f"{exercise}|{short}") in costly}  # fmt: skip
    places = tuple(_places(taken, held))
    return Overview(held.session, held.made, titles, places, spots, asked, len(read.graded), read.invalid)


def _name(where: Where) -> str:
    (kind, code), exercise = where
    return f"{kind}|{code}|{exercise}"


def _awaited(held: Held) -> dict[Where, set[str]]:
    """The people who have a seat, by place and exercise."""
    found: dict[Where, set[str]] = {}
    for seat in held.seats:
        for place in member_of(held.people[seat.person]).places if seat.person in held.people else ():
            found.setdefault((place, seat.exercise), set()).add(seat.person)
    return found


def _with_attempts(cells: Mapping[Where, Cell], taken: Iterable[Taken]) -> Iterable[tuple[Where, Cell, set[str]]]:
    """Each spot with the attempts that its figures are made of: none where the figures may not be shown."""
    counted: dict[Where, set[str]] = {}
    for (code, exercise), one in counting(taken).items():
        member = next(member for member in one.members if member.code == code)
        for place in member.places if one.graded.evaluation.state == GRADED else ():
            counted.setdefault((place, exercise), set()).add(one.graded.attempt["id"])
    for where, cell in cells.items():
        yield where, cell, counted.get(where, set()) if cell.mean is not None else set()


def _spot(cell: Cell, awaited: int, costly: tuple[Costly, ...]) -> Spot:
    return Spot(**vars(cell), expected=max(awaited, cell.people), costly=costly)


def _costly(read: Read, attempts: Iterable[str], exercise: str) -> tuple[Costly, ...]:
    """The requirements that cost most points over some attempts, the dearest first."""
    sums: dict[str, Tally] = {}
    for attempt in attempts:
        for name, tally in read.tallies[attempt].items():
            sums.setdefault(name, Tally()).add(tally)
    ranked = sorted((name for name in sums if sums[name].lost > 0), key=lambda name: (-sums[name].lost, name))
    return tuple(_figures(f"{exercise}|{name}", sums[name]) for name in ranked[:MOST_COSTLY])


def _figures(name: str, tally: Tally) -> Costly:
    return Costly(name, round(tally.met / tally.reached, 4), tally.reached, tally.failing, round(tally.lost, 2))


def _told(target: Target) -> Requirement:
    unsure = needs_mark(target.basis)
    return Requirement(target.title, target.rule, target.advice, target.cited("vi"), unsure, target.critical,
                       target.cited("en"))  # fmt: skip


def _places(taken: Iterable[Taken], held: Held) -> Iterable[Place]:
    """Every place of the roster or of an attempt, the wide ones first, then by name."""
    played = {member.code: member for one in taken for member in one.members}
    everybody = {code: member_of(person) for code, person in held.people.items()} | played
    inside: dict[Named, list[Member]] = {}
    for member in everybody.values():
        for place in member.places:
            inside.setdefault(place, []).append(member)
    ordered = sorted(
        inside, key=lambda place: (KINDS.index(place[0]), vietnamese_order(place_name(place, "vi")), place)
    )
    for place in ordered:
        yield _place(place, inside[place], len({one.code for one in inside[place]} & played.keys()))


def _place(place: Named, members: Sequence[Member], people: int) -> Place:
    kind, code = place
    ((group, _),) = Counter(one.group for one in members).most_common(1)
    ((province, _),) = Counter(province_of(one.unit) for one in members).most_common(1)
    return Place(kind, code, place_name(place, "vi"), province, group if kind == UNIT else "", people, len(members))
