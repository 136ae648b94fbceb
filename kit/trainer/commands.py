"""What the board's buttons order: for one, some or all attempts, always with who and mostly with why."""

from collections.abc import Iterable, Sequence
from typing import Any

from kit.errors import WrongUse
from kit.log_book import Clock, server_time, stamp
from kit.ordered import CLOSE, DELAY, EXTEND, OF_INJECTS, ORDER_KINDS, PUSH
from kit.safe_html import clean
from kit.store import EventStore
from kit.store.orders import Order
from kit.trainer.library import notices
from kit.trainer.watched import Watched
from kit.words import LANGUAGES, say

Json = dict[str, Any]
NAME = (2, 80)  # letters of whoever orders
LONGEST_REASON = 300  # letters
MOST_MINUTES = 600
NEEDS_REASON = (CLOSE, EXTEND)  # what changes the conditions of an assessment is explained in the log


class Commands:
    """Gives orders in somebody's name; an attempt follows them when it looks."""

    def __init__(self, store: EventStore, clock: Clock = server_time) -> None:
        self.store, self.clock = store, clock

    def give(self, kind: str, to: Sequence[Watched] | None, who: str, body: Json) -> int:
        """Order something for some attempts, or for all (None), also those that begin later; returns how many orders.

        `body`: why; minutes; inject as (exercise, the scenario's name of it); notice. Raises `WrongUse` for a missing
        name or reason, for nobody, and for what may not be.
        """
        name, why = self.require(kind, who, body.get("why", ""))
        if to is not None and not to:
            raise _wrong("nobody")
        clean_body = {"why": why, **self._body(kind, body)}
        at = stamp(self.clock)
        if kind in OF_INJECTS:
            found = [(one.id, inject) for one in to or () for inject in _named(one, body.get("inject", ("", "")))]
            orders = [Order(0, at, name, kind, attempt, {**clean_body, "inject": inject}) for attempt, inject in found]
        else:
            attempts = [""] if to is None else [one.id for one in to]
            orders = [Order(0, at, name, kind, attempt, clean_body) for attempt in attempts]
        if not orders:
            raise _wrong("no_inject")
        self.store.orders.give_all(orders)
        return len(orders)

    def require(self, kind: str, who: str, why: str) -> tuple[str, str]:
        """The clean name and reason; `WrongUse` where one is missing or too long, or there is no such order."""
        name, why = " ".join(clean(who).split()), clean(why).strip()
        if kind not in ORDER_KINDS:
            raise WrongUse(f"Không có lệnh {kind[:20]!r}.", f"No order {kind[:20]!r}.")
        if not NAME[0] <= len(name) <= NAME[1]:
            raise _wrong("name")
        if len(why) > LONGEST_REASON or (kind in NEEDS_REASON and not why):
            raise _wrong("why")
        return name, why

    def _body(self, kind: str, body: Json) -> Json:
        if kind in (DELAY, EXTEND):
            minutes = body.get("minutes")
            if not isinstance(minutes, int) or not 1 <= minutes <= MOST_MINUTES:
                raise _wrong("minutes")
            return {"minutes": minutes}
        if kind != PUSH:
            return {}
        notice = notices().get(str(body.get("notice", "")))
        if notice is None:
            raise _wrong("notice")
        return {"friction": notice.id, "notice": notice.record()}


def injects_ahead(attempts: Iterable[Watched], language: str) -> list[tuple[str, tuple[str, str]]]:
    """(label, (exercise, the scenario's name)) of every inject that is still to come in any of the attempts."""
    found: dict[tuple[str, str], str] = {}
    for one in attempts:
        open_ones = set() if one.state.finished else {cue.id for cue in one.script.cues} - set(one.state.delivered)
        for cue in sorted(open_ones):
            name = (one.script.exercise, one.key.inject(cue))
            if name not in found:
                found[name] = f"{name[0][:2]} · {one.situation(cue, language)}"
    return [(label, name) for name, label in sorted(found.items())]


def _named(one: Watched, name: Sequence[str]) -> list[str]:
    """The inject of an attempt that the scenario calls so; seats differ in what theirs are numbered."""
    exercise, inject = name
    same = one.script.exercise == exercise
    return [cue.id for cue in one.script.cues if same and one.key.inject(cue.id) == inject]


def _wrong(reason: str) -> WrongUse:
    return WrongUse(*(say(f"board.wrong_{reason}", language) for language in LANGUAGES))
