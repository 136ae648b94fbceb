"""Join codes that were wrong, counted across all processes of a session; old ones are forgotten."""

import sqlalchemy as sql

from kit.store.engines import together
from kit.store.tables import FAILURES


class Failures:
    """The failures of one store; times are seconds since 1970."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine, self.single = together(engine), engine

    def since(self, moment: float, origin: str | None = None) -> int:
        """How many came after a moment, from one origin or from all."""
        query = sql.select(sql.func.count()).select_from(FAILURES).where(FAILURES.c.at > moment)
        with self.single.connect() as connection:
            found = connection.scalar(query if origin is None else query.where(FAILURES.c.origin == origin[:64]))
        return int(found or 0)

    def add(self, moment: float, origin: str, forget_before: float) -> None:
        """Count one more, and forget what is older than needed."""
        with self.engine.begin() as connection:
            connection.execute(FAILURES.delete().where(FAILURES.c.at < forget_before))
            connection.execute(FAILURES.insert().values(at=moment, origin=origin[:64]))
