"""Who signs a paper, with whose certificate, and what the office's book says of that certificate; no cryptography.

Where an authority is at hand the attempt asks it instead of the book: `kit.signing` verifies a real certificate that
says the same. The book's own reckoning is there for robots and rules; a test holds the two against each other.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from kit.systems.entries import Json, Refused, Situation

Changes = dict[str, Json]
LIFE = timedelta(days=3 * 365)  # of an official's certificate whose first day the book does not tell
ANOTHER = "another_person"
FAILED = {
    "expired": "Chữ ký kiểm tra không đạt: chứng thư hết hạn ngày {last}.",
    "not_yet_valid": "Chữ ký kiểm tra không đạt: chứng thư có hiệu lực từ ngày {first}.",
    "revoked": "Chữ ký kiểm tra không đạt: chứng thư đã bị thu hồi.",
}
UNTRUSTED = "Chữ ký kiểm tra không đạt: không xác minh được chứng thư."


@dataclass(frozen=True)
class Certificate:
    """What is written in an official's certificate; days are ISO and both included, moments are Vietnamese time.

    `number` is the official's in the office's book; `revoked_at` is empty for a certificate that nobody revoked.
    """

    number: str
    full_name: str
    post: str
    office: str
    first_day: str
    last_day: str
    revoked_at: str = ""


# (certificate on the token, number of the signer named, moment) -> why it does not hold, empty where it does.
Verifies = Callable[[Certificate, str, datetime], str]


@dataclass(frozen=True)
class Signs:
    """What an action signs: the component of the paper, the entries that name the signer and whose token it is.

    Without `token` the signer's own is used. The paper may be printed by a later action, its number on it. `strict`
    software also compares the name in the certificate with the signer; other software leaves that to whoever verifies.
    """

    paper: str
    signer: str = "signer"
    token: str = ""
    strict: bool = False

    def people(self, given: Mapping[str, Any]) -> tuple[str, str]:
        """(signer, owner of the token) as numbers in the office's book."""
        return given[self.signer], given[self.token or self.signer]

    def done(self, situation: Situation, given: Json, changes: Changes, verifies: Verifies) -> Changes:
        """The changes, or `Refused` where the certificate on the token does not hold at this moment."""
        signer, owner = self.people(given)
        reason = verifies(certificate_of(situation.office, situation.records, owner), signer, situation.moment)
        if reason and (self.strict or reason != ANOTHER):
            raise refused(reason, self.token or self.signer)
        return changes


@dataclass(frozen=True)
class TriesOut:
    """A test signature with the certificate that the record itself tells of: the slip says what verification answers.

    `field` is the place on the slip; what stands there stays where the certificate holds.
    """

    paper: str
    field: str

    def done(self, situation: Situation, given: Json, changes: Changes, verifies: Verifies) -> Changes:
        """The changes, with the answer on the slip where the certificate does not hold."""
        held = _on_the_seat(situation)
        reason = verifies(held, held.number, situation.moment) if held else ""
        if not held or not reason:
            return changes
        first, last = (date.fromisoformat(iso).strftime("%d/%m/%Y") for iso in (held.first_day, held.last_day))
        return {key: self._told(change, FAILED.get(reason, UNTRUSTED).format(first=first, last=last))
                for key, change in changes.items()}  # fmt: skip

    def _told(self, change: Json, text: str) -> Json:
        paper = change.get("paper", {})
        if paper.get("component") != self.paper:
            return change
        return {**change, "paper": {**paper, "fields": {**paper["fields"], self.field: text}}}


def refused(reason: str, field: str) -> Refused:
    """What the software says where a verification found this reason."""
    known = {
        "expired": Refused("certificate_expired", field),
        "not_yet_valid": Refused("certificate_not_yet_valid", field),
        "revoked": Refused("certificate_revoked", field),
        ANOTHER: Refused("certificate_of_another", field),
    }
    return known.get(reason, Refused("certificate_untrusted", field))


def certificate_of(office: Mapping[str, Any], records: Mapping[str, Json], number: str) -> Certificate:
    """An official's certificate as it stands: the book's, changed by what was granted or revoked during the day.

    That is told by records of the kind "certificate" with `official` and the fields that are new.
    """
    told: Json = dict(office["officials"][number])
    for record in records.values():
        if record.get("kind") == "certificate" and record.get("official") == number:
            told |= {name: record[name] for name in _CHANGES if name in record}
    last = told["certificate_valid_to"]
    first = told.get("certificate_valid_from") or _three_years_before(last)
    committee = str(office.get("committee", ""))
    return Certificate(number, told["full_name"], told["post_vi"], committee, first, last,
                       told.get("certificate_revoked_at", ""))  # fmt: skip


def by_the_book(certificate: Certificate, signer: str, at: datetime) -> str:
    """Why the certificate does not hold, reckoned from what the book says of it; empty where it does."""
    day = at.date().isoformat()
    if day > certificate.last_day:
        return "expired"
    if day < certificate.first_day:
        return "not_yet_valid"
    if certificate.revoked_at and at > datetime.fromisoformat(certificate.revoked_at):
        return "revoked"
    return "" if certificate.number == signer else ANOTHER


def _on_the_seat(situation: Situation) -> Certificate | None:
    """The certificate of a seat on the readiness list; None where nobody there has one."""
    record, office = situation.record, str(situation.office.get("committee", ""))
    last = record.get("certificate_to", "")
    if not last or not record.get("serials"):
        return None
    who, post = str(record.get("who", "")), str(record.get("post", ""))
    return Certificate(f"{record['serials'][0]}", who, post, office, _three_years_before(last), last)


def _three_years_before(last: str) -> str:
    return (date.fromisoformat(last) - LIFE).isoformat()


_CHANGES = ("certificate_valid_from", "certificate_valid_to", "certificate_revoked_at")
