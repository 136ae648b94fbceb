"""Digital signatures of the exercise: a training certificate authority, signing a paper's PDF, verifying it.

What is named here is loaded when it is first asked for: verifying a certificate needs no typesetter.
"""

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from kit.signing.certificates import MARK, STATEMENT, Authority, Credential, Official, Trust
    from kit.signing.folder import SigningFolder
    from kit.signing.of_attempt import Signatures
    from kit.signing.reading import Verdict, verify
    from kit.signing.writing import sign

__all__ = [
    "MARK", "STATEMENT", "Authority", "Credential", "Official", "Signatures", "SigningFolder", "Trust", "Verdict",
    "sign", "verify",
]  # fmt: skip
_PLACES = {"SigningFolder": "folder", "Signatures": "of_attempt", "Verdict": "reading", "verify": "reading",
           "sign": "writing"}  # fmt: skip


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(name)
    return getattr(import_module(f"{__name__}.{_PLACES.get(name, 'certificates')}"), name)
