"""What the handover software counts itself: what each source holds, and what became of the dossiers of one list."""

from collections.abc import Iterator, Mapping
from typing import Any

from kit.systems.form import Json, Situation

ABSENT = "absent"
SOURCES = {"counted_listed": "listed_state", "counted_boxed": "boxed_state", "counted_system": "system_state"}
GONE = {"handed_back": "counted_returned", "passed_on": "counted_passed", "merged": "counted_merged"}
COUNTED = ("counted_received", "counted_reserved", "counted_returned", "counted_passed", "counted_merged",
           "counted_open")  # fmt: skip


def counted_sources(situation: Situation) -> Json:
    """How many dossiers of this list's field the list, the boxes and the old system hold."""
    found = list(dossiers(situation))
    return {name: sum(one[source] != ABSENT for one in found) for name, source in SOURCES.items()}


def counted_now(situation: Situation) -> Json:
    """How many dossiers of this list's field are received, reserved, gone or still open."""
    ends = [end_of(one) for one in dossiers(situation)]
    return {name: ends.count(name) for name in COUNTED}


def dossiers(situation: Situation) -> Iterator[Mapping[str, Any]]:
    """The dossiers of the same field as the list."""
    field = situation.record["list_field"]
    return (one for one in situation.records.values()
            if one.get("kind") == "handover" and "listed_state" in one and one["list_field"] == field)  # fmt: skip


def end_of(record: Mapping[str, Any]) -> str:
    """Which number of the minutes a dossier belongs to."""
    if record["step"] in GONE:
        return GONE[record["step"]]
    if record.get("reserved_for"):
        return "counted_reserved"
    return "counted_received" if record.get("acknowledged_at") else "counted_open"
