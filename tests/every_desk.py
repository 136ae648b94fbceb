"""Each system's desk as its own tests have it: a record at any step, and a good form for every action."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from kit.systems.form import Situation
from tests import (
    meeting_room,
    test_accounts,
    test_civilstatus,
    test_conference,
    test_delegates,
    test_documents,
    test_drafting,
    test_front,
    test_handover,
    test_land,
    test_onestop,
    test_payment,
    test_portal,
    test_portal1022,
    test_projects,
    test_tasks,
)

Form = dict[str, Any]


@dataclass(frozen=True)
class Desk:
    """`at` gives the record of an action at a step; `signer` is who signs there, seen on no paper before that."""

    at: Callable[[str, str], Situation]
    good: dict[str, Form]
    signer: str = ""


def plain(desk: Callable[[str], Situation], good: dict[str, Form], signer: str = "") -> Desk:
    """A desk where every action has the same record."""
    return Desk(lambda action, step: desk(step), good, signer)


def delegation(action: str, step: str) -> Situation:
    return test_delegates.situation(test_delegates.GIVEN[action][0], step=step)


def forms(given: dict[str, tuple[str, Form]]) -> dict[str, Form]:
    return {action: form for action, (_, form) in given.items()}


DESKS = {
    "onestop": plain(test_onestop.counter, test_onestop.GOOD),
    "documents": plain(test_documents.desk, test_documents.GOOD),
    "conference": plain(test_conference.bridge, test_conference.GOOD),
    "portal1022": plain(test_portal1022.desk, test_portal1022.GOOD, "Lê Văn Duyệt"),
    "projects": plain(test_projects.desk, test_projects.GOOD, "Lê Văn Duyệt"),
    "handover": plain(test_handover.desk, test_handover.GOOD),
    "accounts": plain(test_accounts.desk, test_accounts.GOOD, "Lê Văn Duyệt"),
    "civilstatus": plain(test_civilstatus.desk, test_civilstatus.GOOD, "Lê CB01"),
    "land": plain(test_land.desk, test_land.GOOD),
    "bottleneck": plain(test_land.report_desk, {"report_bottleneck": test_land.REPORT}),
    "portal": plain(test_portal.desk, test_portal.GOOD),
    "payment": plain(test_payment.desk, test_payment.GOOD),
    "meetings": plain(meeting_room.room, meeting_room.GOOD),
    "drafting": plain(test_drafting.desk, test_drafting.GOOD),
    "tasks": plain(test_tasks.desk, test_tasks.GOOD, "Lê Văn Duyệt"),
    "delegates": Desk(delegation, forms(test_delegates.GIVEN)),
    "front": plain(test_front.situation, forms(test_front.GIVEN)),
}
