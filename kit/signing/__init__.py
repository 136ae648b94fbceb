"""Digital signatures of the exercise: a training certificate authority, signing a paper's PDF, verifying it.

Loads the libraries of signing: import it when something is signed or verified, not before.
"""

from kit.signing.certificates import MARK, STATEMENT, Authority, Credential, Official, Trust
from kit.signing.folder import SigningFolder
from kit.signing.reading import Verdict, verify
from kit.signing.writing import sign

__all__ = [
    "MARK", "STATEMENT", "Authority", "Credential", "Official", "SigningFolder", "Trust", "Verdict", "sign", "verify",
]  # fmt: skip
