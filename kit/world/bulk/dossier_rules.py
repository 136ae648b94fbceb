"""Rules about the course of dossiers, held against `kit.calendar` and `procedures.yaml` themselves."""

from functools import cache

import numpy as np

from kit import calendar
from kit.world.bulk.evidence import count, duplicates, not_matching
from kit.world.bulk.kinds import Flags, Integers
from kit.world.bulk.records import DAY, NULL, Records, day_number, moment
from kit.world.procedures import procedures

CODE = r"^H\d{2}\.99\.\d{2}\.\d{2}-\d{6}-\d{4}$"
ORDER = ("filed", "asked", "received", "processing", "financial", "processed", "returned")
ENDS = ("refused", "withdrawn", "stopped")
STATE_OF = {"asked": 5, "refused": 3, "received": 2, "processing": 4, "financial": 6, "withdrawn": 7, "stopped": 8,
            "processed": 9, "returned": 10}  # fmt: skip
BEFORE = {
    "received": ("filed",), "processing": ("received",), "financial": ("processing",), "processed": ("processing",),
    "returned": ("processed",), "withdrawn": ("processing",), "refused": ("filed",),
}  # fmt: skip


def dossier_ids_differ(r: Records) -> int:
    """No two dossiers have one id."""
    return duplicates(r.text("dossiers", "dossier_id"))


def dossier_codes_have_their_form(r: Records) -> int:
    """As in onestop.yaml, with a unit part that no unit has, and the day of filing."""
    days = (r.numbers("dossiers", "filed") // DAY).astype("datetime64[D]").astype(str)
    wrong = [
        code[13:19] != day[2:].replace("-", "") for code, day in zip(r.words("dossiers", "code"), days, strict=True)
    ]
    return int(not_matching(r.text("dossiers", "code"), CODE) + sum(wrong))


def due_dates_equal_the_calendar(r: Records) -> int:
    """kit.calendar.appointment gives the same day for the moment of reception; none without a time or reception."""
    received, due = r.numbers("dossiers", "received"), r.numbers("dossiers", "due_date")
    after = received % DAY > 15 * 3_600
    keys = np.unique(_keys(r, received, after), return_index=True, return_inverse=True)
    expected = np.array([_due(r.procedure[at], int(received[at])) for at in keys[1]], dtype=np.int64)
    return count(expected[keys[2]] != due)


def _keys(r: Records, received: Integers, after: Integers) -> Integers:
    _, procedure = np.unique(r.procedure.astype(str), return_inverse=True)
    return (received // DAY * 2 + after) * 64 + procedure


@cache
def _due(code: str, received: int) -> int:
    time = procedures()[code].time
    if received == NULL or time is None:
        return NULL
    return day_number(calendar.appointment(moment(received), time).date())


def moments_never_go_back(r: Records) -> int:
    """Each state that is there begins no earlier than those before it."""
    last, wrong = np.full(r.tables["dossiers"].num_rows, NULL), 0
    for name in ORDER:
        own = r.numbers("dossiers", name)
        wrong += count((own != NULL) & (own < last))
        last = np.where(own != NULL, own, last)
    ends = [r.numbers("dossiers", name) for name in ENDS]
    return wrong + sum(count((own != NULL) & (own < last)) for own in ends)


def nothing_is_after_the_day(r: Records) -> int:
    """No moment lies after the day of the draw."""
    end = (day_number(r.day) + 1) * DAY
    return sum(count(r.numbers("dossiers", name) >= end) for name in (*ORDER, *ENDS))


def states_follow_one_another(r: Records) -> int:
    """No state without the one before it (onestop.yaml, arrows: training); at most one of the ends."""
    there = {name: r.numbers("dossiers", name) != NULL for name in (*ORDER, *ENDS)}
    wrong = sum(count(there[name] & ~there[one]) for name, before in BEFORE.items() for one in before)
    ends = np.sum([there[name] for name in (*ENDS, "returned")], axis=0)
    return wrong + count(ends > 1) + count(~there["filed"])


def state_is_the_last_reached(r: Records) -> int:
    """The state's own moment is the latest; 1 when there is no moment but the filing."""
    state, found = r.numbers("dossiers", "state"), np.ones(r.tables["dossiers"].num_rows, dtype=np.int64)
    last = np.full(len(state), NULL)
    for name, code in STATE_OF.items():
        own = r.numbers("dossiers", name)
        later = (own != NULL) & (own >= last)
        found, last = np.where(later, code, found), np.where(later, own, last)
    return count(found != state)


def counters_are_open(r: Records) -> int:
    """Received and returned in office hours of a working day; filed so too unless online."""
    online = r.words("dossiers", "channel") == "online"
    wrong = 0
    for name in ("received", "processed", "returned", "filed"):
        own = r.numbers("dossiers", name)
        counts = (own != NULL) & ~(online & (name == "filed"))
        wrong += count(_closed(np.unique(own[counts])))
    return wrong


@cache
def _open_spans(day: int) -> tuple[tuple[int, int], ...]:
    spans = calendar.OFFICE_HOURS.on(moment(day * DAY).date())
    start = day * DAY
    return tuple((start + a.hour * 3600 + a.minute * 60, start + b.hour * 3600 + b.minute * 60) for a, b in spans)


def _closed(moments: Integers) -> Flags:
    """Which of them lie outside of office hours: not before the end of the last span that began."""
    spans = [span for day in np.unique(moments // DAY).tolist() for span in _open_spans(day)]
    starts, ends = np.array([(NULL, NULL), *spans]).T
    return np.asarray(moments >= ends[np.searchsorted(starts, moments, side="right") - 1])


def channels_are_offered(r: Records) -> int:
    """The procedure is offered through the channel."""
    pairs = zip(r.procedure, r.words("dossiers", "channel"), strict=True)
    return sum(channel not in procedures()[code].channels for code, channel in pairs)


def complete_dossiers_have_every_paper(r: Records) -> int:
    """Complete exactly when every paper that is always required is among the papers."""
    need = {code: {c.id for c in p.components if c.always} for code, p in procedures().items()}
    rows = zip(
        r.procedure, r.words("dossiers", "components"), r.tables["dossiers"]["complete"].to_pylist(), strict=True
    )
    return sum((need[code] <= set(papers.split(";"))) != complete for code, papers, complete in rows)


def fees_follow_the_procedure(r: Records) -> int:
    """The amount of procedures.yaml times the copies; none where the provincial council sets it."""
    amounts = {code: procedure.fee.amount_vnd for code, procedure in procedures().items()}
    fees, copies = r.tables["dossiers"]["fee_vnd"].to_pylist(), r.numbers("dossiers", "copies").tolist()
    rows = zip(r.procedure, fees, copies, strict=True)
    return sum(fee != (None if amounts[code] is None else amounts[code] * number) for code, fee, number in rows)


RULES = (
    dossier_ids_differ, dossier_codes_have_their_form, due_dates_equal_the_calendar, moments_never_go_back,
    nothing_is_after_the_day, states_follow_one_another, state_is_the_last_reached, counters_are_open,
    channels_are_offered, complete_dossiers_have_every_paper, fees_follow_the_procedure,
)  # fmt: skip
