"""What is prepared already: one line a script in a file of the session, believed only where the databases agree."""

import json
from collections import defaultdict

from kit.session.folder import Session
from kit.session.seating import Place

FILE = "prepared.jsonl"


class Done:
    """The scripts that are ready, by the inputs that they follow from; and whose attempt has begun."""

    def __init__(self, session: Session) -> None:
        self.path = session.folder / FILE
        store = session.store()
        scripts, keys = dict(store.scripts()), session.keys().scripts()
        self.seats: dict[tuple[str, str], set[str]] = defaultdict(set)
        for seat in store.people.seats():
            self.seats[seat.team or seat.person, seat.exercise].add(seat.script)
        self.played = {(row["team"] or row["person"], scripts.get(row["script"], "")) for row in store.attempts()}
        self.made = {inputs: script for inputs, script in self._lines() if script in scripts and script in keys}

    def ready(self, place: Place) -> bool:
        """Whether this very script is compiled, and is the one that the seats name."""
        script = self.made.get(place.inputs())
        return script is not None and self.seats[place.who, place.exercise] == {script}

    def begun(self, place: Place) -> bool:
        """Whether somebody plays there already: then its script stays as it is."""
        return (place.who, place.exercise) in self.played

    def add(self, made: list[tuple[Place, str]]) -> None:
        """Remember scripts that are kept."""
        with self.path.open("a", encoding="utf-8") as file:
            file.writelines(json.dumps([place.inputs(), script]) + "\n" for place, script in made)

    def _lines(self) -> list[tuple[str, str]]:
        """Every whole line; one that was broken off is as good as none."""
        found: list[tuple[str, str]] = []
        for line in self.path.read_text(encoding="utf-8").splitlines() if self.path.is_file() else []:
            try:
                inputs, script = json.loads(line)
                found.append((str(inputs), str(script)))
            except (ValueError, TypeError):
                continue
        return found
