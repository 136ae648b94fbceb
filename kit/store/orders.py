"""What the trainer ordered for one attempt or for all: an append-only list that attempts follow when they look."""

import json
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sql

from kit.event import canonical
from kit.store.tables import ORDERS


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
        self.engine = engine

    def give(self, order: Order) -> int:
        """Append an order (its number is given here); returns the number."""
        row = {"at": order.at, "who": order.who, "kind": order.kind, "attempt": order.attempt,
               "body": canonical(order.body)}  # fmt: skip
        with self.engine.begin() as connection:
            number = connection.scalar(ORDERS.insert().values(row).returning(ORDERS.c.number))
        return int(number or 0)

    def after(self, number: int, attempt: str = "") -> list[Order]:
        """The orders that came after one, in their order; of one attempt and of all attempts when one is named."""
        query = sql.select(ORDERS).where(ORDERS.c.number > number).order_by(ORDERS.c.number)
        if attempt:
            query = query.where(ORDERS.c.attempt.in_(("", attempt)))
        with self.engine.connect() as connection:
            return [Order(**{**row, "body": json.loads(row["body"])}) for row in connection.execute(query).mappings()]
