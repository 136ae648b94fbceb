"""Visits to the counter, one function a procedure: a complete and valid set of papers for people of the world."""

from collections.abc import Callable

from kit.world.visits.certification import certified_copy, signature
from kit.world.visits.events import birth, death, marriage
from kit.world.visits.extracts import extract, marital_status
from kit.world.visits.land_construction import construction, land
from kit.world.visits.relations import correction, guardianship, recognition
from kit.world.visits.visit import Setting, Visit

VISITS: dict[str, Callable[[Setting], Visit]] = {
    "1.001193": birth,
    "1.000656": death,
    "1.000894": marriage,
    "1.004873": marital_status,
    "2.000635": extract,
    "2.000815": certified_copy,
    "2.000884": signature,
    "1.004837": guardianship,
    "1.001022": recognition,
    "1.004859": correction,
    "1.013978": land,
    "1.013225": construction,
}
