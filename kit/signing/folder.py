"""Where a session keeps its training authority: a folder beside its attempts, never in a bundle, a log or a script.

The folder is its owner's alone. `authority.json` holds the secret that all keys follow from, `root.pem` and
`revoked.pem` are what everybody may know, `papers/` the papers signed so far. An official's key is in no file.
"""

import json
import os
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from cryptography import x509

from kit.errors import WrongUse
from kit.signing.certificates import Authority, Trust

OWNER_ONLY = 0o700


@dataclass(frozen=True)
class SigningFolder:
    """The training authority of one session, for example in `sessions/practice/signing`."""

    path: Path

    @property
    def founded(self) -> bool:
        """Whether there is an authority here."""
        return self._private.is_file()

    def found(self, session: str, day: date, secret: bytes = b"") -> Authority:
        """The session's authority; the first call decides. `secret` is 32 random bytes unless given."""
        self.path.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
        self.path.chmod(OWNER_ONLY)
        told = {"session": session, "day": day.isoformat(), "secret": (secret or secrets.token_bytes(32)).hex()}
        if not self.founded:
            write_private(self._private, json.dumps(told).encode())
        if not (self.path / "revoked.pem").is_file():
            self._publish({})
        return self.authority()

    def authority(self) -> Authority:
        """The authority with its key; WrongUse where none was founded."""
        if not self.founded:
            raise WrongUse(
                f"Chưa có tổ chức chứng thực tập huấn trong {self.path}.", f"No training authority in {self.path}."
            )
        told = json.loads(self._private.read_text(encoding="utf-8"))
        return Authority.founded(told["session"], date.fromisoformat(told["day"]), bytes.fromhex(told["secret"]))

    def trust(self) -> Trust:
        """The root and the revocation list as they are now; WrongUse where there are none."""
        try:
            return Trust((self.path / "root.pem").read_bytes(), (self.path / "revoked.pem").read_bytes())
        except FileNotFoundError:
            raise WrongUse(
                f"Không có chứng thư gốc tập huấn trong {self.path}.", f"No training root certificate in {self.path}."
            ) from None

    def revoke(self, serial: int, at: datetime) -> None:
        """Put a certificate on the list: what is signed after this simulated moment fails; the first call counts."""
        listed = x509.load_pem_x509_crl(self.trust().revoked)
        revoked = {one.serial_number: one.revocation_date_utc for one in listed}
        if serial not in revoked:
            self._publish({serial: at} | revoked)

    def paper(self, attempt: str, name: str) -> Path:
        """Where a signed paper is kept: letters, digits and hyphens of both names only."""
        attempt, name = (re.sub(r"[^A-Za-z0-9-]", "_", part) for part in (attempt, name))
        return self.path / "papers" / attempt / f"{name}.pdf"

    @property
    def _private(self) -> Path:
        return self.path / "authority.json"

    def _publish(self, revoked: Mapping[int, datetime]) -> None:
        trust = self.authority().trust(revoked)
        for name, content in (("root.pem", trust.root), ("revoked.pem", trust.revoked)):
            fresh = self.path / f".{name}-{secrets.token_hex(8)}"
            fresh.write_bytes(content)
            fresh.replace(self.path / name)


def write_private(file: Path, content: bytes) -> None:
    """Readable for nobody but its owner, whole or not at all; where two write at once, the first stays."""
    file.parent.mkdir(mode=OWNER_ONLY, parents=True, exist_ok=True)
    fresh = file.with_name(f".{file.name}-{secrets.token_hex(8)}")
    with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as into:
        into.write(content)
    try:
        os.link(fresh, file)
    except FileExistsError:
        pass
    finally:
        fresh.unlink()
