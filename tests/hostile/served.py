"""A real published bundle, served as a province serves it: by its own code, where the project is not installed."""

import json
import os
import subprocess
import sys
import venv
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from kit.event import Event, canonical
from kit.key_store import KEYS
from kit.publish import starting
from kit.publish.bundle import publish
from kit.publish.serving import Place
from kit.script import Key
from kit.session import Session
from kit.store import EventStore
from tests.browser.answering import wait_for
from tests.desk_setting import PLAN, ROOT, make_home

CANARY = "CANARY-7f3a-"
SECRET = "OTHER_PROGRAMS_SECRET"  # stands in the environment of whoever starts the server
PROVINCE = ("79", "Thành phố Hồ Chí Minh")
# Shorter than in earnest, so that a test need not wait for minutes.
SOONER = ("--VisitorKernels.unseen_seconds=12", "--VisitorKernels.away_seconds=20", "--VisitorKernels.pause=1")


@dataclass(frozen=True)
class Served:
    """Where the bundle answers, and what only the test may know."""

    address: str
    bundle: Path
    state: Path
    log: Path
    keys: dict[str, Key]
    server: "subprocess.Popen[bytes]"

    def store(self) -> EventStore:
        """The store that the server writes."""
        return EventStore.at(self.state / "sessions" / "practice" / "attempts.sqlite")

    def events(self, trainee: str) -> list[Event]:
        """The log of a trainee's only attempt."""
        store = self.store()
        (attempt,) = [row["id"] for row in store.attempts() if row["trainee"] == trainee]
        return store.read(attempt)


@contextmanager
def serving(folder: Path, port: int) -> Iterator[Served]:
    """Prepare a session, plant canaries in its keys, publish it, and serve the bundle in a clean environment."""
    home = folder / "home"
    home.mkdir()
    (home / "requirements.lock").symlink_to(ROOT / "requirements.lock")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("KIT_HOME", str(home))
        session = make_home(home, replace(PLAN, seats=2))
        keys = plant(session)
        publish(session, PROVINCE, folder / "bundle")
    with served_from(folder, port, keys) as served:
        yield served


@contextmanager
def served_from(folder: Path, port: int, keys: dict[str, Key]) -> Iterator[Served]:
    """Serve the bundle in a folder as its operator does, in a clean environment."""
    bundle, state, log = folder / "bundle", folder / "state", folder / "server.log"
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv(SECRET, "1")
        command, around = starting.ready(bundle, state, Place(port))
    waits = tuple(word.split("=")[0] for word in SOONER)
    command = [clean_python(folder / "clean"), *(word for word in command[1:] if not word.startswith(waits)), *SOONER]
    around |= {"JUPYTER_PATH": f"{around['JUPYTER_PATH']}:{sys.prefix}/share/jupyter"}
    with log.open("w") as out:
        server = subprocess.Popen(command, env=around, stdout=out, stderr=out, cwd=state)
    try:
        wait_for(f"http://127.0.0.1:{port}/voila/static/voila.js", server, log)
        yield Served(f"http://127.0.0.1:{port}/", bundle, state, log, keys, server)
    finally:
        server.terminate()
        server.wait(20)


def plant(session: Session) -> dict[str, Key]:
    """Write a canary into every text of every key; returns the real ones by their script."""
    keys = session.keys()
    numbers = sorted(number for number, _ in session.store().scripts())
    real = {number: keys.key(number) for number in numbers}
    with keys.engine.begin() as connection:
        for number in numbers:
            data = json.loads(canonical(real[number].to_json()))
            marked = {**with_canaries(data), "script": number}
            connection.execute(KEYS.update().where(KEYS.c.script == number).values(body=canonical(marked)))
    return real


def with_canaries(data: object) -> object:
    """The same data, a canary before every text."""
    if isinstance(data, dict):
        return {name: with_canaries(value) for name, value in data.items()}
    if isinstance(data, list):
        return [with_canaries(value) for value in data]
    return CANARY + data if isinstance(data, str) else data


def clean_python(folder: Path) -> str:
    """A Python with the same libraries in which neither kit nor grading is installed."""
    venv.create(folder, with_pip=False)
    libraries = next(place for place in sys.path if place.endswith("site-packages"))
    (next((folder / "lib").glob("python3*")) / "site-packages" / "libraries.pth").write_text(f"{libraries}\n")
    python = str(folder / "bin" / "python")
    look = "import importlib.util as u, sys; sys.exit(bool(u.find_spec('kit') or u.find_spec('grading')))"
    assert (
        subprocess.run([python, "-c", look], check=False, cwd=folder, env={"PATH": os.environ["PATH"]}).returncode == 0
    )
    return python
