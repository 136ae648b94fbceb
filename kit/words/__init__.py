"""All words on screen: `say("desk.start", "vi")` reads `vi.toml`, English stands beside in `en.toml`; what reports,
the world explorer and each system say is in files of their own: `report.vi.toml`, `documents.vi.toml` ..."""

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

LANGUAGES = ("vi", "en")


@cache
def words(language: str) -> dict[str, str]:
    """Every key of a language with its sentence; keys are dotted: "desk.start"."""
    if language not in LANGUAGES:
        raise KeyError(language)
    found: dict[str, str] = {}
    for file in sorted(files(__package__).iterdir(), key=lambda one: one.name):
        if file.name.endswith(f"{language}.toml"):
            found |= dict(_flat("", tomllib.loads(file.read_text(encoding="utf-8"))))
    return found


def _flat(prefix: str, table: dict[str, Any]) -> list[tuple[str, str]]:
    pairs: list[tuple[str, str]] = []
    for name, value in table.items():
        key = f"{prefix}{name}"
        pairs += _flat(f"{key}.", value) if isinstance(value, dict) else [(key, str(value))]
    return pairs


def say(key: str, language: str, **values: object) -> str:
    """The sentence for `key` with its {blanks} filled; an unknown key is shown as itself, so that it is seen."""
    sentence = words(language).get(key, key)
    for name, value in values.items():
        sentence = sentence.replace("{" + name + "}", str(value))
    return sentence


def pick(texts: dict[str, str], language: str) -> str:
    """The text in `language` from a {"vi": ..., "en": ...} pair; Vietnamese where there is no English."""
    return texts.get(language) or texts.get("vi", "")


def number(value: float, language: str) -> str:
    """68.58 as 68,58 in Vietnamese."""
    return f"{value:g}".replace(".", "," if language == "vi" else ".")
