"""What the trainers ordered, for the file: when, who, what, for whom, why, and how many attempts followed."""

import csv
import io

from grading.gradebook.tables import BOM, neutral
from kit.trainer.watching import Watch
from kit.words import say

COLUMNS = ("number", "at", "who", "order", "for", "what", "why", "followed")
Row = tuple[str, ...]


def audit(watch: Watch, language: str) -> list[Row]:
    """A row for each order, the oldest first; texts as they were entered."""
    names = {one.id: one.trainee for one in watch.attempts.values()}
    return [
        (
            str(one.number), one.at[:19].replace("T", " "), one.who, say(f"board.order_{one.kind}", language),
            names.get(one.attempt, one.attempt) or say("board.everybody", language),
            " ".join(str(one.body[name]) for name in ("inject", "friction", "minutes") if name in one.body),
            str(one.body.get("why", "")), str(watch.followed(one)),
        )
        for one in watch.orders
    ]  # fmt: skip


def audit_csv(watch: Watch, language: str) -> bytes:
    """The same for spreadsheets: UTF-8 with its mark, CRLF, and no cell that could run as a formula."""
    held = io.StringIO(newline="")
    writer = csv.writer(held, lineterminator="\r\n")
    writer.writerow(say(f"board.audit_{name}", language) for name in COLUMNS)
    writer.writerows([neutral(text) for text in row] for row in audit(watch, language))
    return (BOM + held.getvalue()).encode()
