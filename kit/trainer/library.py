"""The library of frictions that a trainer pushes: what the trainee is told, and where the friction was met."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from kit import home
from kit.exercise import TRUSTED
from kit.yaml_file import read_yaml

Json = dict[str, Any]
Texts = dict[str, str]
INVENTED = {"confidence": "training", "source": ["TRAIN"], "basis": ""}


@dataclass(frozen=True)
class Notice:
    """One notice: what it says and from whom; `friction` holds right reaction, basis, source and confidence."""

    id: str
    sender: Texts
    title: Texts
    says: Texts
    friction: Json

    @property
    def trusted(self) -> bool:
        """Whether what it rests on is read law, a checked data set or the founding reports."""
        return self.friction["confidence"] in TRUSTED

    def record(self) -> Json:
        """The record that lies on the trainee's desk; it holds no reaction and no basis."""
        return {
            "kind": "notice", "step": "told", "title": self.title["vi"], "title_en": self.title["en"],
            "who": self.sender["vi"], "who_en": self.sender["en"], "says": self.says,
        }  # fmt: skip


@cache
def notices() -> dict[str, Notice]:
    """All notices by id, in the library's order."""
    frictions = {one["id"]: one for one in read_yaml(home.datasets() / "frictions.yaml").data["frictions"]}
    found = read_yaml(Path(__file__).with_name("notices.yaml")).data["notices"]
    return {one["id"]: _notice(one, frictions) for one in found}


def _notice(one: Json, frictions: dict[str, Json]) -> Notice:
    friction = frictions[one["friction"]] if "friction" in one else INVENTED
    return Notice(one["id"], one["from"], one["title"], one["says"], friction)
