"""What the trainer ordered for one attempt or for all: an append-only list that attempts follow when they look."""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

import sqlalchemy as sql

from kit.event import canonical
from kit.store.engines import together
from kit.store.tables import ORDERS

AFTER = sql.select(ORDERS).where(ORDERS.c.number > sql.bindparam("number")).order_by(ORDERS.c.number)
AFTER_FOR_ONE = AFTER.where(ORDERS.c.attempt.in_(("", sql.bindparam("attempt"))))  # asked at every action: built once
GIVING = 0x6B69746F  # "kito": one process at a time gives orders on a server


@dataclass(frozen=True)
class Order:
    """One order: its place in the list, when (ISO, UTC) and by whom; `attempt` empty: for every attempt."""

    number: int
    at: str
    who: str
    kind: str
    attempt: str
    body: dict[str, Any]


class Orders:
    """The orders of one store."""

    def __init__(self, engine: sql.Engine) -> None:
        self.engine, self.single = together(engine), engine

    def give(self, order: Order) -> int:
        """Append an order (its number is given here); returns the number."""
        return self.give_all([order])

    def give_all(self, orders: Iterable[Order]) -> int:
        """Append orders, all or none; returns the last one's number. Whoever sees a number sees all before it."""
        number: int | None = 0
        with self.engine.begin() as connection:
            if connection.dialect.name == "postgresql":  # numbers are given in the order in which they become visible
                connection.execute(sql.select(sql.func.pg_advisory_xact_lock(GIVING)))
            for order in orders:
                row = {**asdict(order), "body": canonical(order.body)}
                del row["number"]
                number = connection.scalar(ORDERS.insert().values(row).returning(ORDERS.c.number))
        return int(number or 0)

    def after(self, number: int, attempt: str = "") -> list[Order]:
        """The orders that came after one, in their order; of one attempt and of all attempts when one is named."""
        asked = (AFTER_FOR_ONE, {"number": number, "attempt": attempt}) if attempt else (AFTER, {"number": number})
        with self.single.connect() as connection:
            rows = connection.execute(*asked).mappings()
            return [Order(**{**row, "body": json.loads(row["body"])}) for row in rows]
