"""A session's pace: real time that moves the simulated clock by itself, where the session's plan says so.

Without a pace only actions move the clock. With one, each real minute in which nothing is logged brings so many
simulated ones; a gap in which no desk was open brings ten at most.
"""

from datetime import datetime

from kit.event import WAITED
from kit.following import moment_of
from kit.log_book import KIT, LogBook

STEP, LONGEST = 5, 10  # simulated minutes: so many at once, unless an inject is due; at most so many for one gap
MINUTE = 60.0


def pass_time(book: LogBook) -> bool:
    """Write down the simulated minutes that real time has brought since the last event; True where there were any."""
    pace = book.script.office.get("clock", {}).get("pace", 0)
    if not pace or book.state.finished or book.state.orders.paused:
        return False
    return book.trying(lambda: _pass(book, float(pace)))


def _pass(book: LogBook, pace: float) -> bool:
    since = (book.clock() - datetime.fromisoformat(book.events[-1].at)).total_seconds()
    minutes = min(LONGEST, int(since / MINUTE * pace))
    if minutes < min(STEP, _until_next(book)):
        return False
    book.append([{"kind": WAITED, "minutes": minutes, "actor": KIT}])
    return True


def _until_next(book: LogBook) -> int:
    """Minutes until the next inject, 1 at least."""
    moments = [moment_of(book, cue) for cue in book.script.cues if cue.id not in book.state.delivered]
    known = [int((moment - book.state.moment).total_seconds() // MINUTE) for moment in moments if moment]
    return max(1, min(known, default=STEP))
