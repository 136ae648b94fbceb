"""Where a session keeps its training keys: a folder beside its attempts, never in a bundle, a log or a script.

`authority.json` and `officials/` are private (only their owner may read them), `root.pem` and `revoked.pem` public.
"""

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, load_pem_private_key

from kit.errors import WrongUse
from kit.signing.certificates import Authority, Credential, Official, Trust


@dataclass(frozen=True)
class SigningFolder:
    """The training authority of one session and its officials' keys, for example in `sessions/practice/signing`."""

    path: Path

    def found(self, session: str, day: date, secret: bytes) -> Authority:
        """The session's authority; the first call decides, `secret` is 32 random bytes."""
        if not self._private.is_file():
            self.path.mkdir(parents=True, exist_ok=True)
            told = {"session": session, "day": day.isoformat(), "secret": secret.hex()}
            _write_private(self._private, json.dumps(told).encode())
            self._publish({})
        return self._authority()

    def enrol(self, office: Mapping[str, Any]) -> None:
        """A certificate for each official of the office's book, to the day that the book says; those made stay."""
        authority = self._authority()
        for number, one in office["officials"].items():
            file = self._file(number, last := one["certificate_valid_to"])
            if not file.is_file():
                official = Official(number, one["full_name"], one["post_vi"], office["committee"])
                _write_private(file, _packed(authority.issue(official, date.fromisoformat(last))))

    def credential(self, number: str, last_day: str) -> Credential:
        """The official's certificate that ends on this day, with its key; WrongUse when none was issued."""
        file = self._file(number, last_day)
        if not file.is_file():
            raise WrongUse(
                f"Chưa cấp chứng thư số tập huấn cho {number} có hạn đến {last_day}.",
                f"No training certificate was issued to {number} that ends on {last_day}.",
            )
        content, root = file.read_bytes(), x509.load_pem_x509_certificate(self.trust().root)
        key = load_pem_private_key(content, None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        return Credential(x509.load_pem_x509_certificate(content), key, root)

    def trust(self) -> Trust:
        """The root and the revocation list as they are now."""
        return Trust((self.path / "root.pem").read_bytes(), (self.path / "revoked.pem").read_bytes())

    def revoke(self, serial: int, at: datetime) -> None:
        """Put a certificate on the list: what is signed after this simulated moment fails; the first call counts."""
        listed = x509.load_pem_x509_crl(self.trust().revoked)
        revoked = {one.serial_number: one.revocation_date_utc for one in listed}
        self._publish({serial: at} | revoked)

    @property
    def _private(self) -> Path:
        return self.path / "authority.json"

    def _authority(self) -> Authority:
        told = json.loads(self._private.read_text(encoding="utf-8"))
        return Authority.founded(told["session"], date.fromisoformat(told["day"]), bytes.fromhex(told["secret"]))

    def _file(self, number: str, last_day: str) -> Path:
        # Nothing but letters, digits and hyphens of what the office's book says reaches the file's name.
        return self.path / "officials" / (re.sub(r"[^A-Za-z0-9-]", "_", f"{number}-{last_day}") + ".pem")

    def _publish(self, revoked: Mapping[int, datetime]) -> None:
        trust = self._authority().trust(revoked)
        (self.path / "root.pem").write_bytes(trust.root)
        (self.path / "revoked.pem").write_bytes(trust.revoked)


def _packed(credential: Credential) -> bytes:
    private = credential.key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return credential.certificate.public_bytes(Encoding.PEM) + private


def _write_private(file: Path, content: bytes) -> None:
    """Readable for nobody but its owner from the first moment on."""
    file.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as into:
        into.write(content)
