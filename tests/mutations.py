"""What clumsy and forging hands do to the rows of a log: cut, drop, double, swap, edit, and write nonsense."""

import json
from collections.abc import Callable, Sequence
from random import Random
from typing import Any

from kit.event import digest

HUGE = [10**30, -(10**30), 1e308, float("inf"), float("nan"), "x" * 100_000, [[[[[]]]]], ["x"] * 5_000, "9" * 5_000]
ODD = [
    None, True, False, 0, -1, 1.5, "", "x", "2025-13-45T99:99", "2025-07-01T08:00+07:00", "9999-12-31T23:59", "\ud800",
    [], {}, [None], [[1], {}], {"": None}, {"o01": "3", "o02": 1.5}, {"a": 10**400, "b": 1.5},
]  # fmt: skip
Body = dict[str, Any]
Bodies = list[Any]


def cut(bodies: Bodies, draw: Random) -> Bodies:
    return bodies[: draw.randrange(len(bodies))]


def dropped(bodies: Bodies, draw: Random) -> Bodies:
    gone = draw.randrange(len(bodies))
    return bodies[:gone] + bodies[gone + 1 :]


def doubled(bodies: Bodies, draw: Random) -> Bodies:
    place = draw.randrange(len(bodies))
    return [*bodies[:place], dict(bodies[place]), *bodies[place:]]


def swapped(bodies: Bodies, draw: Random) -> Bodies:
    one, other = draw.sample(range(len(bodies)), 2)
    bodies[one], bodies[other] = bodies[other], bodies[one]
    return bodies


def edited(bodies: Bodies, draw: Random) -> Bodies:
    """A field of an event, or one of its entries, takes the value that another event has there."""
    one, other = draw.sample(bodies, 2)
    name = draw.choice(sorted(one))
    if name == "given" and one["given"] and other["given"]:
        one["given"] = {**one["given"], draw.choice(sorted(one["given"])): draw.choice(list(other["given"].values()))}
    else:
        one[name] = other[name]
    return bodies


def strange(bodies: Bodies, draw: Random) -> Bodies:
    """A field or an entry of the wrong kind, a field too many or too few."""
    body, value = draw.choice(bodies), draw.choice(ODD)
    name = draw.choice([*sorted(body), "more"])
    if name == "given" and body["given"] and draw.random() < 0.8:
        body["given"] = {**body["given"], draw.choice(sorted(body["given"])): value}
    elif draw.random() < 0.1:
        body.pop(name, None)
    else:
        body[name] = value
    return bodies


def enormous(bodies: Bodies, draw: Random) -> Bodies:
    body, value = draw.choice(bodies), draw.choice(HUGE)
    name = draw.choice([*body, *["given"] * 9])
    body[name] = {**body["given"], draw.choice([*body["given"], "more"]): value} if name == "given" else value
    return bodies


def of_another_kind(bodies: Bodies, draw: Random) -> Bodies:
    """An event that claims to be an order of the trainer, a mark, or the end."""
    body = draw.choice(bodies)
    given = {"order": 1, "done": True, "kind": draw.choice(["delay", "extend", "skip", "now", "pause", "x"]),
             "minutes": 10, "injects": ["m01", "m02"]}  # fmt: skip
    given |= {draw.choice(list(given)): draw.choice([*ODD, *HUGE])} if draw.random() < 0.7 else {}
    mark = {"target": "m01.receive", "role": "override", "level": "done", "remark": draw.choice(ODD)}
    body |= {"kind": draw.choice(["ordered", "marked", "finished", "started", "nothing"])}
    body["given"] = mark if body["kind"] == "marked" else given
    return bodies


def no_event(bodies: Bodies, draw: Random) -> Bodies:
    """A row that holds something else, or JSON that nobody can read."""
    bodies[draw.randrange(len(bodies))] = draw.choice([None, 1, [], {}, "x", "[" * 90_000, '{"a":', "9" * 5_000, "NaN"])
    return bodies


HANDS: tuple[Callable[[Bodies, Random], Bodies], ...] = (
    cut, dropped, doubled, swapped, edited, strange, enormous, of_another_kind, no_event,
)  # fmt: skip


def mutated(honest: Sequence[Body], draw: Random) -> Bodies:
    """One to three hands, one after the other."""
    bodies: Bodies = [dict(body) for body in honest]
    for hand in draw.choices(HANDS, k=draw.randint(1, 3)):
        if len(bodies) > 2 and all(isinstance(body, dict) and "given" in body and isinstance(body["given"], dict)
                                   for body in bodies):  # fmt: skip
            bodies = hand(bodies, draw)
    return bodies


def forged(bodies: Bodies) -> Bodies:
    """The chain made anew, as far as there is something to chain."""
    previous, made = "", [dict(body) for body in bodies if isinstance(body, dict)]
    for number, body in enumerate(made):
        body |= {"seq": number, "previous": previous, "hash": ""}
        try:
            previous = body["hash"] = digest(body)
        except (ValueError, RecursionError):
            body["hash"] = "0" * 64
    return made


def written(body: Any) -> str:
    """A row's text; what UTF-8 cannot carry is escaped."""
    if isinstance(body, str):
        return body
    return json.dumps(body, ensure_ascii=True)
