"""A little script with five injects and an answer that follows one of them, its key, and a trainer who orders."""

from datetime import UTC, datetime
from typing import Any

from kit.attempt import Attempt
from kit.script import Cue, Key, Script, Target
from kit.store import EventStore
from kit.store.orders import Order

MINUTES = {"m01": 0, "m02": 10, "m03": 10, "m04": 45, "m05": 120}
ANSWERED = 7  # minutes after somebody looked the person of m02 up
BOTH = {"vi": "chữ", "en": "text"}
TRAINER = "Trần Thị Giảng"


def script() -> Script:
    cues = [Cue(name, minute, BOTH, f"H{name[2]}", {f"H{name[2]}": _dossier()}) for name, minute in MINUTES.items()]
    cues.append(Cue("m02-back", ANSWERED, BOTH, "H2", {"H2": {"text": "bổ sung"}}, "look_up"))
    return Script(
        "04-one-stop-counter", BOTH, BOTH, 1, "26740", "seat-001", "2025-07-01T07:30", 600, ("onestop",),
        {"code": "26740", "centre": "Trung tâm", "short_name": "Phường", "units": {}, "officials": {},
         "population": {"099000000001": {}}}, tuple(cues),
    )  # fmt: skip


def key() -> Key:
    """Whoever looks each person up within 20 minutes, of m04 by 08:30, has done all."""
    targets = [_target(name) for name in MINUTES]
    counted = Target("most", "m01", "H1", (), 5, *[BOTH] * 4, (), counts={"of": ["t-m04", "t-m05"], "at_least": 2})
    records = {name: f"H{name[2]}" for name in MINUTES}
    number = script().hash()
    return Key("04-one-stop-counter", number, 1, "26740", 50, {n: n for n in MINUTES}, {}, records, {},
               (*targets, counted))  # fmt: skip


def _target(name: str) -> Target:
    way = {"action": "look_up", "where": {}}
    limits: dict[str, Any] = {"by": "2025-07-01T08:30"} if name == "m04" else {"within": 20}
    return Target(f"t-{name}", name, f"H{name[2]}", (way,), 10, *[BOTH] * 4, (), critical=name == "m05", **limits)


def _dossier() -> dict[str, Any]:
    return {"kind": "dossier", "step": "waiting", "code": "H", "title": "Hồ sơ", "title_en": "Dossier", "who": "A",
            "asks": {"form": "chữ"}}  # fmt: skip


def begun(store: EventStore, mode: str = "practice") -> Attempt:
    attempt, _ = Attempt.start(store, store.add_script(script()), "Nguyễn Thị Tập", mode)
    attempt.deliver()
    return attempt


def look_up(attempt: Attempt, record: str = "H1") -> None:
    attempt.act("onestop", "look_up", record, {"personal_id": "099000000001"})
    attempt.deliver()


def order(store: EventStore, kind: str, attempt: str = "", at: str = "", **body: Any) -> int:
    at = at or datetime.now(UTC).isoformat(timespec="milliseconds")
    return store.orders.give(Order(0, at, TRAINER, kind, attempt, {"why": "theo giáo án", **body}))


def pushed() -> dict[str, Any]:
    """The body of an order that brings a notice."""
    notice = {"kind": "notice", "step": "told", "title": "Mất mạng", "title_en": "No network", "who": "A", "says": BOTH}
    return {"friction": "weak-line", "notice": notice}
