"""Whole records for the Faker provider: a household, a citizen, a dossier, each consistent in itself."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from kit.calendar import OFFICE_HOURS, appointment, is_working_day
from kit.errors import UnknownName
from kit.world.one_by_one import Record
from kit.world.procedures import Procedure, procedures
from kit.world.units import find_unit

if TYPE_CHECKING:
    from kit.world.provider import VietnamTrainingProvider

WINDOW = 60  # days before the training day in which dossiers were filed
OF_EVERYBODY = ("2.000815", "2.000884", "2.000635", "1.004873", "2.000908", "1.004222")
"""Procedures that any adult may ask for: certified copies and signatures, extracts, marital status, residence."""
NUMBERS = ("personal_id", "phone", "email")


def household(provider: "VietnamTrainingProvider", unit: str) -> Record:
    """The next household of the unit, with its people, none of whose numbers was given before."""
    homes, code = provider.homes(), find_unit(unit)["code"]
    while True:
        home = homes.next_of(code)
        if provider.claim({person[name] for person in home["people"] for name in NUMBERS} - {""}):
            return home


def citizen(provider: "VietnamTrainingProvider", unit: str) -> Record:
    """The head of a household drawn for it: an adult."""
    home = household(provider, unit)
    head: Record = next(person for person in home["people"] if person["citizen_id"] == home["head_id"])
    return head


def dossier(provider: "VietnamTrainingProvider", unit: str, code: str = "") -> Record:
    """Filed on a working day before the training day; `code` empty: one of OF_EVERYBODY.

    Whether the head of a household may file a procedure that is named is not looked at; the dossiers of the bulk
    world are drawn for those who may.
    """
    applicant, procedure = citizen(provider, unit), _procedure(code or provider.one_of(OF_EVERYBODY))
    filed, time = _filed(provider), procedure.time
    return {
        "dossier_id": f"D{provider.number('dossier'):06}", "procedure_code": procedure.code,
        "procedure_vi": procedure.name_vi, "applicant_id": applicant["citizen_id"],
        "applicant_name": applicant["full_name"], "applicant_personal_id": applicant["personal_id"],
        "unit_code": applicant["unit_code"], "channel": provider.one_of(procedure.channels),
        "components": [one.id for one in procedure.components if one.always], "fee_vnd": procedure.fee.amount_vnd,
        "filed": filed.isoformat(timespec="minutes"),
        "due_date": appointment(filed, time).date().isoformat() if time else None,
        "confidence": procedure.confidence,
    }  # fmt: skip


def _procedure(code: str) -> Procedure:
    known = procedures()
    if code in known:
        return known[code]
    listed = ", ".join(sorted(known)[:6])
    raise UnknownName(
        f"Không có thủ tục mã “{code}”; ví dụ: {listed} ...", f"No procedure “{code}”; such as {listed} ..."
    )


def _filed(provider: "VietnamTrainingProvider") -> datetime:
    """A minute of the office hours of a working day in the window."""
    random = provider.generator.random
    day = provider.training_day - timedelta(days=1 + int(random.random() * WINDOW))
    while not is_working_day(day):
        day -= timedelta(days=1)
    opens, closes = OFFICE_HOURS.on(day)[int(random.random() * 2)]
    return opens + timedelta(minutes=int(random.random() * ((closes - opens).seconds // 60)))
