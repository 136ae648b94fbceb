"""What trainees and trainers are told of a matter: what was planted, where on the papers it is, how sure a basis is."""

from typing import Any

from kit.exercise import TRUSTED
from kit.papers.sheet import form
from kit.plain_text import short_code
from kit.script import Cue, Key, Script, first_of
from kit.words import pick, say

Json = dict[str, Any]


def needs_mark(basis: tuple[Json, ...]) -> bool:
    """Whether any of it is less than read law, a checked data set or the founding reports."""
    return any(one["confidence"] not in TRUSTED for one in basis)


def truth_name(key: Key, inject: str, language: str) -> str:
    """What the truth planted in an inject, or in the one it follows, is called: by the exercise, or in the words."""
    truth = key.truths[first_of(inject)]
    named = key.names.get(truth)
    return pick(named, language) if named else say(f"truth.{truth}", language)


def fault(script: Script, key: Key, inject: str, language: str) -> str:
    """The same with the papers at fault, the entry on them, or the dossier that came before."""
    facts = key.facts_of(inject)
    cue = next(cue for cue in script.cues if cue.id == first_of(inject))
    asks = cue.records[cue.record].get("asks" if language == "vi" else "asks_en", {})
    papers = [asks[one] for one in facts.get("defects", ()) if one in asks]
    entry = _label(cue, facts["field"]) if "field" in facts else ""
    earlier = short_code(facts["earlier"]) if "earlier" in facts else ""
    where = ", ".join(filter(None, (*papers, entry, earlier)))
    return truth_name(key, inject, language) + (f": {where}" if where else "")


def _label(cue: Cue, field: str) -> str:
    """What stands before an entry on the paper, which is Vietnamese for everybody."""
    papers = (record["paper"] for record in cue.records.values() if record.get("kind") == "paper")
    kinds = (paper["kind"] for paper in papers if field in paper["fields"])
    body = (item for kind in kinds for item in form(kind).body if isinstance(item, tuple))
    labels = (label for item in body for label, name in zip(item[::2], item[1::2], strict=True) if name == field)
    return next((f"“{label.rstrip(':')}”" for label in labels), "")
