"""Take attempts from other servers' stores into the session's own: adds what is new, changes nothing that is here."""

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import sqlalchemy as sql

from kit.errors import KitError, WrongUse
from kit.event import Event, broken_at
from kit.session.folder import Session
from kit.store import EventStore

MAGIC = b"SQLite format 3\0"
NEW, LONGER, SAME = "new", "longer", "same"


@dataclass
class Gathered:
    """How many attempts were new, had gone on, were here already; and (attempt, trainee, why) of each left out."""

    counts: dict[str, int] = field(default_factory=lambda: dict.fromkeys((NEW, LONGER, SAME), 0))
    left: list[tuple[str, str, KitError]] = field(default_factory=list)


def gather(session: Session, file: Path) -> Gathered:
    """Take over every attempt of a server's `attempts.sqlite`; the file stays as it is. Doing it twice adds nothing.

    An attempt is left out and named where its log is broken, its script is not of this session, its log went on
    here in another way, or its person has another attempt of the same script. `WrongUse` for a file that is no store.
    """
    session.must_exist()
    done, ours = Gathered(), session.store()
    with TemporaryDirectory() as folder:
        theirs = EventStore.at(_copied(file, Path(folder)))
        scripts = {number for number, _ in ours.scripts()}
        for row in theirs.attempts():
            try:
                done.counts[_taken(row, theirs, ours, scripts)] += 1
            except KitError as error:
                done.left.append((row["id"], row["trainee"], error))
        ours.hotwash.take(theirs.hotwash)
        theirs.engine.dispose()
    return done


def _copied(file: Path, folder: Path) -> Path:
    """A copy to read, with what SQLite has not yet moved into the file itself where that lies beside it."""
    for part in _parts(file):
        shutil.copyfile(part, folder / part.name)
    return folder / file.name


def _parts(file: Path) -> Iterator[Path]:
    try:
        with file.open("rb") as stream:
            good = stream.read(len(MAGIC)) == MAGIC
    except OSError:
        good = False
    if not good:
        raise WrongUse(f"{file} không phải kho lượt diễn tập (attempts.sqlite).",
                       f"{file} is no store of attempts (attempts.sqlite).")  # fmt: skip
    beside = file.with_name(f"{file.name}-wal")
    yield from (file, beside) if beside.is_file() else (file,)


def _taken(row: dict[str, Any], theirs: EventStore, ours: EventStore, scripts: set[str]) -> str:
    events = theirs.read(row["id"])
    if not events:
        raise broken_at(row["id"], 0)
    if row["script"] not in scripts:
        raise WrongUse("kịch bản không thuộc đợt này.", "its script is not of this session.")
    held = ours.read(row["id"])
    if not held:
        _open(ours, row, events[0])
    if any(mine.hash != other.hash for mine, other in zip(held, events, strict=False)):
        raise WrongUse("nhật ký ở đây đã đi tiếp theo hướng khác.", "its log went on in another way here.")
    ours.append(*events[len(held) or 1 :])
    return SAME if len(held) >= len(events) else LONGER if held else NEW


def _open(ours: EventStore, row: dict[str, Any], first: Event) -> None:
    """The end is noted with the event that ends it."""
    try:
        ours.open({**row, "ended": ""}, first)
    except sql.exc.IntegrityError:
        raise WrongUse("người này đã có lượt khác của bài này.", "this person has another attempt of it.") from None
