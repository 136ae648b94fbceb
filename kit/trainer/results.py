"""Results that a trainer released, told to the desks of those who have ended: score and rating, nothing of a key."""

from collections.abc import Iterable
from typing import Any

from kit.log_book import Clock, stamp
from kit.ordered import RELEASE
from kit.store import EventStore
from kit.store.orders import Order
from kit.trainer.watched import Watched

Json = dict[str, Any]
AT_ONCE = 50  # results told in one look, so that the board stays quick however many are released


class Results:
    """To whom results were released, and what each was told last; whoever serves the desks needs no key for it."""

    def __init__(self, store: EventStore, clock: Clock) -> None:
        self.store, self.clock = store, clock
        self.released: dict[str, Order] = {}  # by attempt, "" for all
        self.told: dict[str, Json] = {}

    def learn(self, orders: Iterable[Order]) -> None:
        """Take in new orders."""
        for one in orders:
            if one.kind == RELEASE and "result" in one.body:
                self.told[one.attempt] = one.body["result"]
            elif one.kind == RELEASE:
                self.released[one.attempt] = one

    def may_be_shown(self, attempt: str) -> bool:
        """Whether the results of an attempt are released."""
        return "" in self.released or attempt in self.released

    def tell(self, attempts: Iterable[Watched]) -> bool:
        """Tell what is released, and not told so yet, to the next few who have ended; True where there was any."""
        orders: list[Order] = []
        for one in attempts:
            if one.state.finished and self.may_be_shown(one.id) and len(orders) < AT_ONCE:
                result = _result(one)
                if self.told.get(one.id) != result:
                    who = self.released.get(one.id) or self.released[""]
                    orders.append(Order(0, stamp(self.clock), who.who, RELEASE, one.id, {"why": "", "result": result}))
        if orders:
            self.store.orders.give_all(orders)
        return bool(orders)


def _result(one: Watched) -> Json:
    found = one.evaluation
    limits = {"lowest": found.whole.score.lowest, "highest": found.whole.score.highest}
    return {"score": found.score, "rating": found.rating, "passed": found.passed, "mark": one.key.pass_mark, **limits}
