"""A session with a plan and a roster: made from two files, kept in one that only its owner reads."""

import json
import os
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from kit import home
from kit.errors import BrokenFile, WrongUse
from kit.session.folder import Session
from kit.session.plan import SessionPlan
from kit.session.plan_file import PlanDraft
from kit.session.roster import Roster, read_roster
from kit.store.people import Person

FILE = "session.json"
Json = dict[str, Any]


@dataclass(frozen=True)
class Planned:
    """A session's plan, its people, and which injects its trainer moved or left out."""

    plan: SessionPlan
    people: tuple[Person, ...]
    injects: dict[str, dict[str, Json]]

    def changed(self, exercise: str, changes: dict[str, Json]) -> "Planned":
        """The same with other changes to an exercise's injects; none: as the exercise has them."""
        others = {name: one for name, one in self.injects.items() if name != exercise}
        return replace(self, injects=others | ({exercise: changes} if changes else {}))


def read_both(plan: Path, roster: Path) -> tuple[SessionPlan, Roster]:
    """The plan and the people of two files; `BrokenFile` tells the problems of both at once."""
    draft = PlanDraft.read(plan)
    try:
        people = read_roster(roster, draft.places())
    except BrokenFile as broken:
        raise BrokenFile([*draft.problems, *broken.problems]) from None
    return draft.whole(people.people), people


def make_session(session: Session, plan: SessionPlan, people: tuple[Person, ...], replace: bool = False) -> None:
    """Keep a new session; `WrongUse` for one that is there already, unless it may be replaced.

    Replaced, it keeps what was prepared and played, so nobody who is prepared may be missing.
    """
    _check_name(session, replace)
    injects: dict[str, dict[str, Json]] = {}
    if replace and is_planned(session):
        _nobody_lost(session, people)
        injects = read_planned(session).injects
    keep(session, Planned(plan, people, injects))


def is_planned(session: Session) -> bool:
    """Whether the session was made from a plan and a roster."""
    return (session.folder / FILE).is_file()


def read_planned(session: Session) -> Planned:
    """The session's plan and people; `WrongUse` where it has none."""
    try:
        kept = json.loads((session.folder / FILE).read_text(encoding="utf-8"))
        people = tuple(Person(**one) for one in kept["people"])
        return Planned(SessionPlan.from_json(kept["plan"]), people, kept["injects"])
    except OSError:
        known = ", ".join(planned_names()) or "-"
        raise WrongUse(f"Chưa có đợt {session.name!r} có kế hoạch; có: {known}.",
                       f"No session {session.name!r} with a plan; there are: {known}.") from None  # fmt: skip
    except (ValueError, KeyError, TypeError):
        path = session.folder / FILE
        raise BrokenFile.at(path, "không phải kế hoạch đợt.", "no plan of a session.") from None


def planned_names() -> list[str]:
    """Every session with a plan, by name."""
    return sorted(path.parent.name for path in home.sessions().glob(f"*/{FILE}"))


def keep(session: Session, planned: Planned) -> None:
    """Write the plan whole or not at all, readable by its owner alone."""
    kept = {"plan": planned.plan.to_json(), "people": [asdict(one) for one in planned.people],
            "injects": planned.injects}  # fmt: skip
    session.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    aside = session.folder / f"{FILE}.new"
    with os.fdopen(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as file:
        json.dump(kept, file, ensure_ascii=False, indent=1)
    aside.replace(session.folder / FILE)


def _check_name(session: Session, replace: bool) -> None:
    if session.name == home.PRACTICE:
        raise WrongUse("Đợt practice dành cho `kit rehearse`; hãy đặt tên khác.",
                       "The session practice belongs to `kit rehearse`; choose another name.")  # fmt: skip
    if not replace and session.folder.exists() and any(session.folder.iterdir()):
        raise WrongUse(f"Đã có đợt {session.name!r}; thêm --replace để thay kế hoạch và danh sách.",
                       f"There is a session {session.name!r}; --replace changes its plan and roster.")  # fmt: skip


def _nobody_lost(session: Session, people: tuple[Person, ...]) -> None:
    """Whoever is prepared may have started: they stay in the roster."""
    prepared = {one.code for one in session.store().people.all()}
    lost = sorted(prepared - {one.code for one in people})
    if lost:
        listed = ", ".join(lost[:20])
        raise WrongUse(f"Những người đã được chuẩn bị không được vắng trong danh sách mới: {listed}.",
                       f"People who are prepared may not be missing in the new roster: {listed}.")  # fmt: skip
