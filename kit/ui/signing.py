"""Digital signatures at the desk: who signed which paper, by the log, and the training authority that verifies it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

from kit.attempt import Attempt
from kit.event import ACTED, Event
from kit.store import EventStore
from kit.systems.form import Json, Signs
from kit.systems.registry import system
from kit.systems.signatures import Certificate, certificate_of

if TYPE_CHECKING:
    from kit.signing import Signatures, Verdict


@dataclass(frozen=True)
class Signing:
    """One signature that the log tells of: the signer named, the certificate on the token, the simulated moment."""

    signer: str
    certificate: Certificate
    at: datetime


def signing_of(attempt: Attempt, paper: str) -> Signing | None:
    """Who signed a paper that was printed here; None for a paper that nobody signs digitally."""
    record = attempt.state.records.get(paper, {})
    signs = _signs(attempt).get(str(record.get("paper", {}).get("component", ""))) if record.get("issued") else {}
    printed = max((event.seq for event in attempt.events if paper in event.changes), default=-1)
    done = [event for event in attempt.events
            if event.kind == ACTED and signs and event.action in signs
            and event.record == record["dossier"] and event.seq <= printed]  # fmt: skip
    if not signs or not done:
        return None
    signer, owner = signs[done[-1].action].people(done[-1].given)
    held = certificate_of(attempt.script.office, _certificates(attempt, done[-1]), owner)
    return Signing(signer, held, done[-1].when())


def _signs(attempt: Attempt) -> dict[str, dict[str, Signs]]:
    """For each component the actions that sign it."""
    found: dict[str, dict[str, Signs]] = {}
    for name in attempt.script.systems:
        for action in system(name).actions:
            if isinstance(action.signs, Signs):
                found.setdefault(action.signs.paper, {})[action.name] = action.signs
    return found


def _certificates(attempt: Attempt, until: Event) -> dict[str, Json]:
    """The records about certificates as they stood when somebody signed."""
    now = attempt.state.records
    then: dict[str, Json] = {key: {} for key, record in now.items() if record.get("kind") == "certificate"}
    for event in attempt.events[: until.seq] if then else ():
        for key in then.keys() & event.changes.keys():
            then[key] |= event.changes[key]
    return then


class Authority:
    """The training authority of the desk's session, loaded when it is first asked; the attempt asks it who may sign."""

    def __init__(self, attempt: Attempt, folder: Path) -> None:
        self.attempt, self.folder = attempt, folder
        self._signatures: Signatures | None = None
        attempt.verifies = self.verifies

    @classmethod
    def of(cls, store: EventStore, attempt: Attempt) -> "Authority | None":
        """The one whose folder lies beside the store; None for a store that belongs to no folder."""
        folder = store.folder()
        return cls(attempt, folder / "signing") if folder else None

    def warm(self) -> None:
        """Load what verifies certificates while the trainee reads, where this exercise has anything to sign."""
        actions = (one for name in self.attempt.script.systems for one in system(name).actions)
        if any(one.signs for one in actions):
            Thread(target=import_module, args=("kit.signing.of_attempt",), daemon=True).start()

    def verifies(self, certificate: Certificate, signer: str, at: datetime) -> str:
        """Why a signature with this certificate does not hold for the signer; empty if it does."""
        return self.signatures.verifies(certificate, signer, at)

    def pdf(self, paper: Mapping[str, Any], code: str, signing: Signing) -> "tuple[bytes, Verdict]":
        """The signed PDF and what verifying that very file says now."""
        from kit.signing import verify

        self.attempt.store.attempt(id=self.attempt.id)
        made = self.signatures.signed(paper, code, signing.certificate, signing.at)
        return made, verify(made, self.signatures.folder.trust(), signing.signer, self.attempt.state.moment)

    @property
    def signatures(self) -> "Signatures":
        """The attempt's signatures; founds the session's authority where there is none yet."""
        if self._signatures is None:
            self.attempt.store.attempt(id=self.attempt.id)  # a session that was removed gets no folder again
            from kit.signing import Signatures, SigningFolder

            day = self.attempt.script.begins().date()
            self._signatures = Signatures(SigningFolder(self.folder), self.attempt.id, day)
        return self._signatures
