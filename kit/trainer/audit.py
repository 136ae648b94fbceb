"""What the trainers ordered, for the file: when, who, what, for whom, why, and how many attempts followed."""

import csv
import io

from grading.gradebook.tables import BOM, neutral
from kit.calendar import wall_time
from kit.store.orders import Order
from kit.trainer.watching import Watch
from kit.words import say

COLUMNS = ("number", "at", "who", "order", "for", "what", "why", "followed")
Row = tuple[str, ...]


def audit(watch: Watch, language: str) -> list[Row]:
    """A row for each order, the oldest first; texts as they were entered."""
    names = {one.id: one.trainee for one in watch.attempts.values()}
    return [
        (
            str(one.number), wall_time(one.at), one.who, say(f"board.order_{one.kind}", language),
            names.get(one.attempt, one.attempt) or say("board.everybody", language),
            _what(watch, one, language),
            str(one.body.get("why", "")), str(watch.followed(one)),
        )
        for one in watch.orders
        if "result" not in one.body
    ]  # fmt: skip


def _what(watch: Watch, one: Order, language: str) -> str:
    """The inject as a trainer calls it, the notice by its title, the minutes."""
    notice, minutes, inject = one.body.get("notice", {}), one.body.get("minutes"), one.body.get("inject", "")
    attempt = watch.attempts.get(one.attempt)
    named = attempt.situation(inject, language) if attempt and inject else inject
    title = notice.get(f"title_{language}") or notice.get("title", "")
    parts = (named, title, say("board.plus_minutes", language, minutes=minutes) if minutes else "")
    return " · ".join(filter(None, parts))


def audit_csv(watch: Watch, language: str) -> bytes:
    """The same for spreadsheets: UTF-8 with its mark, CRLF, and no cell that could run as a formula."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(say(f"board.audit_{name}", language) for name in COLUMNS)
    writer.writerows([neutral(text) for text in row] for row in audit(watch, language))
    return (BOM + held.getvalue()).encode()
