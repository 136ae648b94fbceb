"""A session with a roster, published and served: two people alone, three in a team, each invited by link and code."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kit.identity import Gate
from kit.publish.bundle import publish
from kit.session import Session
from kit.store import EventStore
from kit.words import say
from tests.desk_setting import ROOT
from tests.hostile.served import PROVINCE, Served, served_from
from tests.hostile.trainee import States, classed
from tests.hostile.wire import Wire, opened
from tests.roster import session_in

NAME = "lop-1"


@dataclass(frozen=True)
class Course:
    """The served bundle, its gate, and the store that its desks write."""

    served: Served
    gate: Gate

    def store(self) -> EventStore:
        """The store that the server writes."""
        return EventStore.at(self.served.state / "sessions" / NAME / "attempts.sqlite")


class Comer:
    """Somebody who opens the course's page, with or without a link."""

    def __init__(self, course: Course, query: str = "", **headers: str) -> None:
        self.page, kernel = opened(course.served.address, query, **headers)
        self.wire = Wire(course.served.address, kernel)

    def shown(self) -> str:
        """Everything in any widget, and the page."""
        return self.page + str(self.wire.states())

    def type(self, code: str) -> States:
        """Type a join code."""
        states = self.wire.states()
        field = next(comm for comm, one in states.items() if one.get("description") == say("arrival.code", "vi"))
        self.wire.set(field, value=code)
        self.wire.click(classed(states, "kit-enter")[0])
        return self.wire.states()


@contextmanager
def course_served(folder: Path, port: int) -> Iterator[Course]:
    """Publish the course and serve it; its joining secret lies apart from bundle and state."""
    home = folder / "home"
    home.mkdir()
    for name in ("datasets", "exercises", "notebooks", "requirements.lock"):
        (home / name).symlink_to(ROOT / name)
    session_in(home / "sessions" / NAME)
    secret = home / "sessions" / NAME / "joining" / "secret"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        publish(Session.named(NAME), PROVINCE, folder / "bundle")
        patch.setenv("KIT_JOIN_FILE", str(secret))
        with served_from(folder, port, {}) as served:
            yield Course(served, Gate(NAME, secret.read_bytes()))


def last_day(days: int) -> datetime:
    """So many days from now."""
    return datetime.now(UTC) + timedelta(days=days)
