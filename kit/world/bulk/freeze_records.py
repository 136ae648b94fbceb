"""Frozen tables of documents, reports to 1022, projects, Party organisations and posts, from their YAML files."""

from typing import Any

from kit import home
from kit.world.officials import POSTS
from kit.yaml_file import read_yaml

Rows = list[dict[str, Any]]
TRAINING = {"source": "TRAIN", "confidence": "training"}
LISTS = {
    "documents": ("types", "urgency", "agencies", "divisions", "subjects", "faults"),
    "portal1022": ("channels", "fields", "contents"),
    "projects": ("groups", "funding", "statuses", "names"),
    "certificates": ("registries",),
}
PREFIX = {"documents": "document", "portal1022": "petition", "projects": "project",
          "certificates": "certificate"}  # fmt: skip
FACTS = (
    ("portal1022", "volume", "per_thousand_households", "petitions"), ("party", "share", "per_thousand", "members"),
    ("party", "age", "least", "member_age"), ("party", "probation", "months", "probation_months"),
    ("party", "delegates", "most", "delegates"),
    ("certificates", "volume", "per_thousand_households", "certificates"),
    ("certificates", "noted", "per_thousand", "noted"),
)  # fmt: skip


def record_tables() -> dict[str, Rows]:
    """The tables by name: `document_types` has the rows of `types` in documents.yaml, and so on."""
    found = {f"{PREFIX[file]}_{name}": _rows(file, name) for file, names in LISTS.items() for name in names}
    return found | {"record_facts": _facts(), "posts": [dict(post._asdict()) | TRAINING for post in POSTS]}


def _rows(file: str, name: str) -> Rows:
    part = _data(file)[name]
    mark = {"source": ";".join(part["source"]), "confidence": part["confidence"]}
    return [row | mark for row in part["list"]]


def _facts() -> Rows:
    found = []
    for file, part, key, name in FACTS:
        of = _data(file)[part]
        mark = {"source": ";".join(of["source"]), "confidence": of["confidence"]}
        found.append({"fact": name, "value": of[key]} | mark)
    return found


def _data(file: str) -> dict[str, Any]:
    found: dict[str, Any] = read_yaml(home.datasets() / f"{file}.yaml").data
    return found
