"""The hot wash: three questions to whoever has ended an attempt, answered once and kept without a name."""

from kit.errors import WrongUse
from kit.event import REFLECTED
from kit.log_book import LogBook
from kit.safe_html import clean
from kit.store import EventStore
from kit.words import LANGUAGES, say

QUESTIONS = ("well", "badly", "change")
LONGEST = 1_000  # letters of one answer


def has_answered(book: LogBook) -> bool:
    """Whether the book's actor has answered the hot wash already; in a team each answers."""
    return any(event.kind == REFLECTED and event.actor == book.actor for event in book.events)


def answer(store: EventStore, book: LogBook, said: dict[str, str]) -> None:
    """Keep the answers; the log says only that there are some. `WrongUse` for none, for too many letters, twice."""
    book.read_news()
    answers = {name: clean(said.get(name, "")).strip() for name in QUESTIONS}
    if not book.state.finished or has_answered(book):
        raise _wrong("once")
    if not any(answers.values()):
        raise _wrong("empty")
    if max(map(len, answers.values())) > LONGEST:
        raise _wrong("long")
    book.append([{"kind": REFLECTED}])
    store.hotwash.add(book.script.exercise, {name: text for name, text in answers.items() if text})


def _wrong(reason: str) -> WrongUse:
    return WrongUse(*(say(f"hotwash.wrong_{reason}", language) for language in LANGUAGES))
