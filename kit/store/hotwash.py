"""What people said after a session: answers without a name, a time or an order, so that nobody can be told by them."""

import json
import secrets

import sqlalchemy as sql

from kit.event import canonical
from kit.store.engines import together
from kit.store.tables import HOTWASH

Answers = dict[str, str]


class HotWash:
    """The answers in one store."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine, self.single = together(engine), engine

    def add(self, exercise: str, answers: Answers) -> None:
        """Keep somebody's answers by question; the place among the others is drawn by lot."""
        row = {"id": secrets.token_hex(16), "exercise": exercise, "body": canonical(answers)}
        with self.engine.begin() as connection:
            connection.execute(HOTWASH.insert().values(row))

    def all(self) -> list[tuple[str, Answers]]:
        """(exercise, answers) of everybody, in the order of the lots."""
        with self.single.connect() as connection:
            rows = connection.execute(sql.select(HOTWASH).order_by(HOTWASH.c.id))
            return [(row.exercise, json.loads(row.body)) for row in rows]

    def take(self, other: "HotWash") -> None:
        """Add the answers of another store that are not here yet."""
        query = sql.select(HOTWASH)
        with other.single.connect() as there, self.engine.begin() as here:
            held = {row.id for row in here.execute(query)}
            new = [dict(row) for row in there.execute(query).mappings() if row["id"] not in held]
            if new:
                here.execute(HOTWASH.insert(), new)
