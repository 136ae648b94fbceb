"""What people, offices and units are called in a language; whose name has no English keeps its Vietnamese one."""

from collections.abc import Mapping
from typing import Any

from kit.words import say

Record = Mapping[str, Any]


def who(record: Record, office: Record, language: str) -> str:
    """Whom a record comes from; an office that the exercise lists among its bodies is called as there."""
    said = str(record.get("who") or "")
    bodies = office.get("bodies", {}).values() if language == "en" else ()
    listed = (str(body["en"]) for body in bodies if body["vi"] == said)
    return str(record.get(f"who_{language}") or next(listed, said))


def unit(code: str, office: Record, language: str) -> str:
    """A ward or commune by its name, a body above it in the language; a code that nobody knows stays as it is."""
    above = say(f"unit.{code}", language) if language == "en" else f"unit.{code}"
    return str(office["units"].get(code, code)) if above == f"unit.{code}" else above
