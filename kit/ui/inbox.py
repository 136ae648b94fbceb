"""How the queue is searched, sorted and grouped, how near a deadline is, and what is unread."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from kit.plain_text import Order, plain, vietnamese_order
from kit.ui.matters import DONE, GROUPS, Matter
from kit.ui.view import View

SORTINGS = ("arrival", "deadline", "name")
GROUPINGS = ("progress", "neighbourhood")
SOON = timedelta(days=3)  # over a weekend, so that Monday's deadline is seen on Friday
NEVER = "9999"

Section = tuple[str, list[Matter]]


def sections(view: View, found: list[Matter]) -> list[Section]:
    """(title, matters) of each part of the queue; parts of the usual grouping are there even when empty."""
    ordered = sort(view.sorting, found)
    if view.grouping == "neighbourhood":
        return _by_neighbourhood(view, ordered)
    return [(view.say(f"queue.{group}"), [one for one in ordered if one.group == group]) for group in GROUPS]


def sort(sorting: str, found: Iterable[Matter]) -> list[Matter]:
    """As they came, by deadline (none comes last), or by the name of who it is about."""
    if sorting == "deadline":
        return sorted(found, key=lambda one: str(one.record.get("due_date") or NEVER))
    if sorting == "name":
        return sorted(found, key=_name)
    return list(found)


def matching(view: View, found: Iterable[Matter]) -> list[Matter]:
    """Those that hold every word of the filter, whatever its capitals and marks."""
    words = plain(view.wanted).split()
    return [one for one in found if all(word in _text(view, one) for word in words)] if words else list(found)


def deadline(due: str, now: datetime) -> str:
    """overdue, today, soon or later; empty where `due` is no ISO day or moment. A day lasts until midnight."""
    try:
        ends = datetime.fromisoformat(due)
    except ValueError:
        return ""
    ends = ends.replace(tzinfo=None) if "T" in due else ends + timedelta(days=1)
    if ends <= now:
        return "overdue"
    last = (ends if "T" in due else ends - timedelta(days=1)).date()
    if last == now.date():
        return "today"
    return "soon" if last - now.date() <= SOON else "later"


def unread(view: View, matter: Matter) -> bool:
    """Whether something reached or changed it since the trainee last looked at it or worked on it."""
    return max(view.looked_at.get(matter.id, -1), matter.touched) < matter.changed


def _by_neighbourhood(view: View, ordered: list[Matter]) -> list[Section]:
    """What is done stands last in each part, and what has no neighbourhood in the last part."""
    parts: dict[str, list[Matter]] = {}
    for one in sorted(ordered, key=lambda one: one.group == DONE):
        parts.setdefault(str(one.record.get("neighbourhood") or ""), []).append(one)
    elsewhere = parts.pop("", [])
    named = [(place, parts[place]) for place in sorted(parts, key=vietnamese_order)]
    return [*named, (view.say("queue.no_neighbourhood"), elsewhere)]


def _name(matter: Matter) -> Order:
    return vietnamese_order(str(matter.record.get("who") or matter.record.get("title", "")))


def _text(view: View, matter: Matter) -> str:
    record = matter.record
    named = (
        matter.id,
        *(record.get(name, "") for name in ("code", "who", "title", "title_en", "neighbourhood")),
        view.named(record, "who"),
    )
    return plain(" ".join((*map(str, named), channel(view, matter), view.say(f"step.{record.get('step', '')}"))))


def channel(view: View, matter: Matter) -> str:
    """How it reached the desk, in words; empty where the record does not say."""
    return view.say(f"channel.{matter.record['channel']}") if matter.record.get("channel") else ""
