"""What the actions of a meeting share: the next step, the moment, days that lie ahead, what is on the agenda."""

from kit.systems.form import Changes, Json, Refused, Situation


def agenda(situation: Situation) -> list[Json]:
    """The items placed on the agenda of this session, in the order in which they came."""
    return [one for one in situation.records.values()
            if one.get("kind") == "meeting" and one.get("item_kind")
            and one.get("session", situation.id) == situation.id and one["step"] != "item_postponed"]  # fmt: skip


def move(situation: Situation, step: str, **fields: object) -> Changes:
    """The record at its next step with what was entered."""
    return {situation.id: {**fields, "step": step}}


def now(situation: Situation) -> str:
    """The simulated moment, ISO."""
    return situation.moment.isoformat(timespec="minutes")


def require_future(situation: Situation, day: str, field: str) -> None:
    """Refuse a day that has passed."""
    if day < situation.today():
        raise Refused("date_in_the_past", field)
