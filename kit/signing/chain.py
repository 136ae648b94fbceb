"""Whether a certificate holds at a moment: its chain to the training root, its days, the list of revocations.

Loads the library of certificate paths only, not that of PDF: an action that signs asks here.
"""

import asyncio
from datetime import datetime, timedelta

from asn1crypto.x509 import Certificate
from cryptography import x509
from cryptography.hazmat.primitives.serialization import Encoding
from pyhanko_certvalidator import CertificateValidator, ValidationContext
from pyhanko_certvalidator.errors import (
    ExpiredError,
    InsufficientRevinfoError,
    NotYetValidError,
    PathError,
    RevokedError,
    ValidationError,
)

from kit.signing.certificates import VIETNAM, Trust
from kit.signing.loop import outside_the_loop

WHY = {ExpiredError: "expired", NotYetValidError: "not_yet_valid", RevokedError: "revoked",
       InsufficientRevinfoError: "no_revocation_list"}  # fmt: skip


def reasons(certificate: x509.Certificate, trust: Trust, at: datetime) -> tuple[str, ...]:
    """Why a certificate does not hold at a moment (Vietnamese time unless it says otherwise); nothing if it does.

    Reasons: expired, not_yet_valid, revoked, no_revocation_list, foreign.
    """
    moment = at if at.tzinfo else at.replace(tzinfo=VIETNAM)
    own = Certificate.load(certificate.public_bytes(Encoding.DER))
    return tuple(outside_the_loop(lambda: asyncio.run(against(own, (), context(trust, moment)))))


def context(trust: Trust, at: datetime) -> ValidationContext:
    """Our root alone, our list of revocations, the moment of signing; nothing is fetched."""
    root, revoked = x509.load_pem_x509_certificate(trust.root), x509.load_pem_x509_crl(trust.revoked)
    return ValidationContext(
        trust_roots=[Certificate.load(root.public_bytes(Encoding.DER))],
        crls=[revoked.public_bytes(Encoding.DER)],
        moment=at,
        time_tolerance=timedelta(0),
        allow_fetching=False,
        revocation_mode="require",
        retroactive_revinfo=True,  # the list of today tells the moment of each revocation
    )


async def against(own: Certificate, others: tuple[Certificate, ...], within: ValidationContext) -> list[str]:
    """What is wrong with a certificate at the moment of signing."""
    checker = CertificateValidator(own, others, within)
    try:
        await checker.async_validate_usage({"non_repudiation"})
    except (PathError, ValidationError) as error:
        return [next((reason for kind, reason in WHY.items() if isinstance(error, kind)), "foreign")]
    return []
