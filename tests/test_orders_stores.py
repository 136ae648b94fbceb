"""What trainers order reaches everybody in SQLite and in PostgreSQL alike, also when several order at once."""

from threading import Thread

from kit.attempt import Attempt
from kit.hotwash import answer
from kit.store.orders import Order
from tests.ordered_day import begun, look_up, order, pushed
from tests.places import Place, a_place, a_server  # noqa: F401

GIVERS, EACH = 4, 15


def test_orders_are_followed_whatever_the_database(place: Place):
    store = place.open()
    attempt = begun(store)
    mate = Attempt(place.open(), store.attempt(id=attempt.id))
    order(store, "now", attempt.id, inject="m05")
    order(store, "push", **pushed())
    order(store, "close")
    look = store.lengths()[attempt.id]
    assert mate.refresh() and attempt.refresh() and attempt.events == mate.events == store.read(attempt.id)
    assert store.lengths()[attempt.id] == attempt.state.seq > look and attempt.state.finished
    answer(store, attempt, {"well": "tốt"})
    assert place.open().hotwash.all() == [(attempt.script.exercise, {"well": "tốt"})]


def test_whoever_sees_an_order_has_seen_all_before_it(place: Place):
    """Attempts remember the number of the last order: one that became visible later would be lost for ever."""
    store, seen = place.open(), list[int]()
    orders = [Order(0, "2025-07-01T00:00:00.000+00:00", "x", "extend", "", {"minutes": 1})] * 2

    def give() -> None:
        own = place.open()
        for _ in range(EACH):
            own.orders.give_all(orders)

    givers = [Thread(target=give) for _ in range(GIVERS)]
    for one in givers:
        one.start()
    while any(one.is_alive() for one in givers) or len(seen) < GIVERS * EACH * 2:
        seen += [one.number for one in store.orders.after(seen[-1] if seen else 0)]
    assert len(seen) == len(set(seen)) == len(store.orders.after(0)) == GIVERS * EACH * 2


def test_two_mates_at_once_never_lose_what_they_did(place: Place):
    store = place.open()
    attempt = begun(store)
    mate = Attempt(place.open(), store.attempt(id=attempt.id))
    while "H3" not in attempt.state.records:
        attempt.wait()
        attempt.deliver()
    mate.refresh()

    def work(one: Attempt, record: str) -> None:
        for _ in range(10):
            look_up(one, record)

    hands = [Thread(target=work, args=pair) for pair in ((attempt, "H1"), (mate, "H3"))]
    for one in hands:
        one.start()
    for one in hands:
        one.join()
    done = [event.record for event in store.read(attempt.id) if event.kind == "acted"]
    assert (done.count("H1"), done.count("H3")) == (10, 10)
