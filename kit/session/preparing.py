"""Scripts and keys compiled once for every person and exercise, on several processes; what is done stays done."""

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import as_completed
from dataclasses import dataclass, replace
from datetime import date
from itertools import groupby

from kit.processes import unreached
from kit.script import Key, Script
from kit.session.done import Done
from kit.session.folder import Session
from kit.session.planned import Planned, read_planned
from kit.session.seating import Place, places_of, seats_of, secret_of
from kit.session.workers import workers
from kit.store.people import Person

Made = list[tuple[Place, Script, Key]]
Watch = Callable[[int], object]  # told how many scripts are ready since the last time
CHUNK = 40  # scripts that one task compiles: a world is drawn in a tenth of the time that these take
WORTH = 120  # scripts that a further process must have to compile before it has paid for its start


@dataclass(frozen=True)
class Prepared:
    """How many scripts were made now, were ready already, and were left as they are because somebody plays them."""

    made: int
    ready: int
    begun: int


def prepare_session(session: Session, jobs: int = 1, watch: Watch = lambda number: None) -> Prepared:
    """Compile what is not ready yet, and keep people, seats, scripts and keys; broken off, it goes on where it was."""
    planned = read_planned(session)
    store, keys, done = session.store(), session.keys(), Done(session)
    store.people.add(_people(planned, store.people.all()), [])
    places = places_of(planned, secret_of(session))
    free = [place for place in places if not done.begun(place)]
    todo = [place for place in free if not done.ready(place)]
    watch(len(places) - len(todo))
    for made in _compiled(todo, jobs):
        keys.add(*(key for _, _, key in made))
        for _, script, _ in made:
            store.add_script(script)
        store.people.add([], [seat for place, _, key in made for seat in seats_of(planned.plan, place, key.script)])
        done.add([(place, key.script) for place, _, key in made])
        watch(len(made))
    return Prepared(len(todo), len(free) - len(todo), len(places) - len(free))


def compile_places(places: list[Place]) -> Made:
    """The scripts and keys of places in one unit on one day, its world drawn once."""
    from kit.session.compiled import compile_place
    from kit.world import draw_world

    first = places[0]
    world = draw_world(first.unit, first.seed, date.fromisoformat(first.day))
    return [(place, *compile_place(place, world)) for place in places]


def chunks(places: Iterable[Place]) -> Iterator[list[Place]]:
    """Places that stand together, at most `CHUNK` of one unit."""
    for _, group in groupby(places, key=lambda place: place.unit):
        listed = list(group)
        yield from (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


def _compiled(todo: list[Place], jobs: int) -> Iterator[Made]:
    tasks = list(chunks(todo))
    number = min(jobs, len(tasks), len(todo) // WORTH)
    if number <= 1:
        yield from map(compile_places, tasks)
        return
    with workers(number) as pool:
        with unreached():
            futures = [pool.submit(compile_places, task) for task in tasks]
        for future in as_completed(futures):
            yield future.result()


def _people(planned: Planned, known: list[Person]) -> list[Person]:
    """The roster's people; whose links were revoked, stays revoked."""
    invitations = {person.code: person.invitation for person in known}
    return [replace(one, invitation=invitations.get(one.code, one.invitation)) for one in planned.people]
