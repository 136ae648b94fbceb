"""Every simulated system, by name: a new one is its module, one line here, and its words."""

from kit.errors import UnknownName
from kit.systems.conference import CONFERENCE
from kit.systems.documents import DOCUMENTS
from kit.systems.form import System
from kit.systems.handover import HANDOVER
from kit.systems.onestop import ONE_STOP
from kit.systems.portal1022 import PORTAL_1022
from kit.systems.projects import PROJECTS

SYSTEMS = {system.name: system for system in (ONE_STOP, DOCUMENTS, CONFERENCE, PORTAL_1022, PROJECTS, HANDOVER)}


def system(name: str) -> System:
    """The system called `name`; `UnknownName` where there is none."""
    if name not in SYSTEMS:
        known = ", ".join(SYSTEMS)
        raise UnknownName(f"Không có hệ thống {name!r}; có: {known}.", f"No system {name!r}; there are: {known}.")
    return SYSTEMS[name]
