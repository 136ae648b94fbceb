"""Every simulated system, by name: a new one is its module, one line here, and its words."""

from kit.errors import UnknownName
from kit.systems.accounts import ACCOUNTS
from kit.systems.bottleneck import BOTTLENECK
from kit.systems.civilstatus import CIVIL_STATUS
from kit.systems.conference import CONFERENCE
from kit.systems.delegates import DELEGATES
from kit.systems.documents import DOCUMENTS
from kit.systems.drafting import DRAFTING
from kit.systems.form import System
from kit.systems.front import FRONT
from kit.systems.handover import HANDOVER
from kit.systems.land import LAND
from kit.systems.meetings import MEETINGS
from kit.systems.onestop import ONE_STOP
from kit.systems.payment import PAYMENT
from kit.systems.portal import PORTAL
from kit.systems.portal1022 import PORTAL_1022
from kit.systems.projects import PROJECTS
from kit.systems.tasks import TASKS

SYSTEMS = {
    system.name: system
    for system in (
        ONE_STOP,
        DOCUMENTS,
        CONFERENCE,
        PORTAL_1022,
        PROJECTS,
        HANDOVER,
        ACCOUNTS,
        CIVIL_STATUS,
        LAND,
        BOTTLENECK,
        PORTAL,
        PAYMENT,
        MEETINGS,
        DRAFTING,
        TASKS,
        DELEGATES,
        FRONT,
    )
}


def system(name: str) -> System:
    """The system called `name`; `UnknownName` where there is none."""
    if name not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise UnknownName(f"Không có hệ thống {name!r}; có: {known}.", f"No system {name!r}; there are: {known}.")
    return SYSTEMS[name]
