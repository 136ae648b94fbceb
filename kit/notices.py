"""A notice that the trainer brought: whoever has read it says so, with an answer or without; the log keeps both."""

from kit.errors import WrongUse
from kit.event import ACKNOWLEDGED, Event
from kit.following import follow
from kit.log_book import LogBook
from kit.safe_html import clean
from kit.words import LANGUAGES, say

NOTICE = "notice"  # the kind of record that a trainer brings: there is nothing to do with it but to know it
LONGEST = 1_000  # letters of an answer
MOST = 5  # answers of one person to one notice


def replies(book: LogBook, record: str, who: str = "") -> list[Event]:
    """Who read a notice, oldest first, or what one person said; `given["text"]` is the answer, "" for none."""
    said = (event for event in book.events if event.kind == ACKNOWLEDGED and event.record == record)
    return [event for event in said if who in ("", event.actor)]


def acknowledge(book: LogBook, record: str, text: str = "") -> None:
    """Write down that the book's actor has read a notice, also while paused; `WrongUse` for what may not be."""
    book.trying(lambda: _acknowledge(book, record, clean(text).strip()))


def _acknowledge(book: LogBook, record: str, text: str) -> None:
    book.read_news()
    follow(book)
    before = replies(book, record, book.actor)
    if book.state.finished or book.state.records.get(record, {}).get("kind") != NOTICE:
        raise _wrong("over")
    if len(text) > LONGEST:
        raise _wrong("long")
    if before and not text:
        raise _wrong("empty")
    if len(before) >= MOST:
        raise _wrong("many")
    book.append([{"kind": ACKNOWLEDGED, "record": record, "given": {"text": text}}])


def _wrong(reason: str) -> WrongUse:
    return WrongUse(*(say(f"notice.wrong_{reason}", language) for language in LANGUAGES))
