"""Sealed results: an Ed25519 signature of the grader over every field, so that whatever was changed can be named."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from kit.errors import WrongUse
from kit.event import canonical, digest

Json = dict[str, Any]
ALGORITHM = "Ed25519"
ATTEMPTS, REST = "graded", ""  # the list of attempts in a file of results; everything else in it


@dataclass(frozen=True)
class Changed:
    """What does not fit a seal: of which attempt ("" for the file itself) which field ("" for all of it)."""

    attempt: str
    field: str
    told: str


def grader_key(folder: Path) -> Ed25519PrivateKey:
    """The grader's own key, made at the first call; its public half lies beside it, to be given to others."""
    private = folder / "grader.pem"
    if not private.is_file():
        made = Ed25519PrivateKey.generate()
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        private.touch(mode=0o600)
        private.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
        public = made.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
        (folder / "grader.pub.pem").write_bytes(public)
    key = load_pem_private_key(private.read_bytes(), None)
    assert isinstance(key, Ed25519PrivateKey)
    return key


def public_key(path: Path) -> Ed25519PublicKey:
    """The key that results are verified with; WrongUse where the file holds none."""
    try:
        key = load_pem_public_key(path.read_bytes())
    except (OSError, ValueError):
        raise WrongUse(f"{path} không phải khóa công khai của người chấm.",
                       f"{path} is no public key of a grader.") from None  # fmt: skip
    if not isinstance(key, Ed25519PublicKey):
        raise WrongUse(f"{path} không phải khóa Ed25519.", f"{path} is no Ed25519 key.")
    return key


def seal(results: Json, key: Ed25519PrivateKey) -> Json:
    """The seal of a file of results: a digest of each field of each attempt, and the signature over them all."""
    digests = _digests(results)
    return {"algorithm": ALGORITHM, "digests": digests, "signature": key.sign(canonical(digests).encode()).hex()}


def unsealed(results: Json, sealed: Json, key: Ed25519PublicKey) -> list[Changed]:
    """Everything in the results that the seal does not cover; a seal that is not the grader's covers nothing."""
    digests = sealed.get("digests")
    try:
        key.verify(bytes.fromhex(sealed["signature"]), canonical(digests).encode())
    except (InvalidSignature, KeyError, TypeError, ValueError):
        return [Changed(REST, "", "signature")]
    assert isinstance(digests, dict)
    return list(_differences(digests, _digests(results)))


def _digests(results: Json) -> dict[str, dict[str, str]]:
    """By attempt and field; what is no attempt stands under ""."""
    rest = {name: digest(value) for name, value in results.items() if name != ATTEMPTS}
    listed = results.get(ATTEMPTS, [])
    each = {str(one["attempt"]): {name: digest(value) for name, value in one.items()} for one in listed}
    return {REST: rest | {"order": digest([one["attempt"] for one in listed])}, **each}


def _differences(sealed: dict[str, dict[str, str]], found: dict[str, dict[str, str]]) -> list[Changed]:
    changed = [Changed(one, "", "removed") for one in sealed if one not in found]
    changed += [Changed(one, "", "added") for one in found if one not in sealed]
    for attempt in sealed.keys() & found.keys():
        before, now = sealed[attempt], found[attempt]
        changed += [Changed(attempt, name, "changed") for name in sorted(before.keys() | now.keys())
                    if before.get(name) != now.get(name)]  # fmt: skip
    return sorted(changed, key=lambda one: (one.attempt, one.field))
