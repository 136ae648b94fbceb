"""The commune's procedures from `procedures.yaml`: who decides, how long, what it costs, which papers."""

from dataclasses import dataclass
from functools import cache
from typing import Any

from kit import home
from kit.calendar import ProcessingTime
from kit.yaml_file import read_yaml

TRUSTED = ("primary", "package", "seed")


@dataclass(frozen=True)
class Statement:
    """A fact in both languages, with how far to trust it."""

    vi: str
    en: str
    confidence: str
    source: tuple[str, ...] = ()

    @property
    def needs_mark(self) -> bool:
        """Whether the screen must add "giá trị tập huấn, đối chiếu quy định hiện hành"."""
        return self.confidence not in TRUSTED


@dataclass(frozen=True)
class Fee(Statement):
    """A fee in VND; `amount_vnd` is None where the provincial council sets it."""

    amount_vnd: int | None = None
    per: str = "case"
    amount_vnd_from_page_3: int | None = None
    maximum_vnd: int | None = None


@dataclass(frozen=True)
class Component:
    """One paper of a dossier; `kind` is submit or show, `required` is always, optional or "if ..."."""

    id: str
    vi: str
    en: str
    required: str
    required_vi: str
    kind: str
    copies: str
    reusable_from_database: bool

    @property
    def always(self) -> bool:
        """Whether every dossier needs it."""
        return self.required == "always"


@dataclass(frozen=True)
class Procedure:
    """One administrative procedure; `time` is None where no number can be given."""

    code: str
    name_vi: str
    name_en: str
    short_vi: str
    short_en: str
    group: str
    result_vi: str
    authority: Statement
    time_for_training: Statement
    time: ProcessingTime | None
    fee: Fee
    channels: tuple[str, ...]
    components: tuple[Component, ...]
    trainee_mistakes: tuple[Statement, ...]
    law_read: str
    law_checks: tuple[Statement, ...]
    confidence: str
    source: tuple[str, ...]

    def component(self, component_id: str) -> Component:
        """The paper with this id; raises KeyError."""
        return {component.id: component for component in self.components}[component_id]


@cache
def procedures() -> dict[str, Procedure]:
    """Every procedure by its national code, such as "1.001193"; read once, do not change it."""
    document = read_yaml(home.datasets() / "procedures.yaml", limit=1024 * 1024)
    return {row["code"]: _procedure(row) for row in document.data["procedures"]}


PLAIN = ("code", "name_vi", "name_en", "short_vi", "short_en", "group", "result_vi", "confidence")


def _procedure(row: dict[str, Any]) -> Procedure:
    checks = row.get("law_checks", {"list": [], "confidence": "primary"})
    return Procedure(
        **{name: row[name] for name in PLAIN},
        source=tuple(row["source"]),
        channels=tuple(row["channels"]),
        authority=_statement(row["authority"]),
        time_for_training=_statement(row["time_for_training"]),
        time=ProcessingTime(**row["time"]) if "time" in row else None,
        fee=Fee(**{**row["fee"], "source": tuple(row["fee"]["source"])}),
        components=tuple(Component(**component) for component in row["components"]),
        trainee_mistakes=tuple(Statement(**text, confidence=row["confidence"]) for text in row["trainee_mistakes"]),
        law_read=row.get("law_read", {}).get("ref", ""),
        law_checks=tuple(Statement(**text, confidence=checks["confidence"]) for text in checks["list"]),
    )


def _statement(row: dict[str, Any]) -> Statement:
    return Statement(row["vi"], row["en"], row["confidence"], tuple(row["source"]))
