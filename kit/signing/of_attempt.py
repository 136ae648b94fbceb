"""The signatures of one attempt: certificates verified as they stand, papers signed once and kept."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from hashlib import sha256
from typing import Any

from kit.signing.certificates import Credential, Official
from kit.signing.chain import reasons
from kit.signing.folder import SigningFolder, write_private
from kit.systems.signatures import ANOTHER, Certificate


class Signatures:
    """Issues what the office's book says was issued, in the name of the session's training authority."""

    def __init__(self, folder: SigningFolder, attempt: str, day: date) -> None:
        self.folder, self.attempt = folder, attempt
        self.authority = folder.found(folder.path.parent.name, day)
        self.known: dict[tuple[Certificate, datetime], str] = {}

    def verifies(self, certificate: Certificate, signer: str, at: datetime) -> str:
        """Why a signature made now with this certificate would not hold for the signer named; empty if it would.

        The certificate is issued, and verified by chain, days and revocation list; the name is compared with it.
        """
        asked = (certificate, at)
        if asked not in self.known:
            against = reasons(self.credential(certificate).certificate, self.folder.trust(), at)
            self.known[asked] = next(iter(against), "")
        return self.known[asked] or ("" if certificate.number == signer else ANOTHER)

    def credential(self, told: Certificate) -> Credential:
        """The training certificate that says what the book says, with its key; put on the list if it was revoked."""
        official = Official(told.number, told.full_name, told.post, told.office)
        days = date.fromisoformat(told.last_day), date.fromisoformat(told.first_day)
        made = self.authority.issue(official, *days, to=self.attempt)
        if told.revoked_at:
            self.folder.revoke(made.serial, datetime.fromisoformat(told.revoked_at))
        return made

    def signed(self, paper: Mapping[str, Any], code: str, by: Certificate, at: datetime) -> bytes:
        """The paper's PDF with the dossier's code, signed at a simulated moment; the same file each time."""
        content = json.dumps([paper, code, repr(by), at.isoformat()], ensure_ascii=False, sort_keys=True)
        file = self.folder.paper(self.attempt, sha256(content.encode()).hexdigest()[:32])
        if not file.is_file():
            from kit.papers.pdf import to_pdf
            from kit.signing.writing import sign

            write_private(file, sign(to_pdf(paper, code, by_hand=False), self.credential(by), at))
        return file.read_bytes()
