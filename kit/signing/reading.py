"""Verifying signed papers: who signed, for which office, when, and every reason why a signature does not hold."""

import asyncio
import struct
import zlib
from dataclasses import dataclass, replace
from datetime import datetime
from io import BytesIO

from cryptography import x509
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.diff_analysis import ModificationLevel
from pyhanko.sign.validation import (
    EmbeddedPdfSignature,
    PdfSignatureStatus,
    SignatureCoverageLevel,
    async_validate_pdf_signature,
)
from pyhanko_certvalidator import ValidationContext

from kit.signing.certificates import VIETNAM, Trust, identity
from kit.signing.chain import against, context
from kit.signing.exact import as_written
from kit.signing.loop import outside_the_loop
from kit.words import say

# What a file that is no PDF, or a broken one, makes the library raise.
BROKEN = (PdfError, ValueError, LookupError, TypeError, AttributeError, ArithmeticError, AssertionError, RecursionError,
          NotImplementedError, OSError, struct.error, zlib.error)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """Who signed and when (simulated, in Vietnamese time), and why the signature does not hold: nothing if it does."""

    reasons: tuple[str, ...]
    number: str = ""
    full_name: str = ""
    post: str = ""
    office: str = ""
    serial: int = 0
    signed_at: datetime | None = None

    @property
    def valid(self) -> bool:
        """Whether there is no reason against it."""
        return not self.reasons

    def say(self, language: str) -> list[str]:
        """The verdict in "vi" or "en", a sentence for each reason."""
        return [say(f"signature.{reason}", language) for reason in self.reasons or ("valid",)]


def verify(pdf: bytes, trust: Trust, named: str = "", now: datetime | None = None) -> Verdict:
    """The verdict on the signature of the named official (number or full name), or on the last one.

    Reasons: unreadable, unsigned, changed, foreign, expired, not_yet_valid, revoked, no_revocation_list, no_time,
    later_than_now, untrusted, another_person; other_signature when another signature in the file does not hold.
    """
    try:
        found = outside_the_loop(lambda: asyncio.run(_verdicts(pdf, trust, now)))
    except BROKEN:
        return Verdict(("unreadable",))
    if not found:
        return Verdict(("unsigned",))
    chosen = next((one for one in found if named in (one.number, one.full_name)), found[-1])
    against = [*(["another_person"] if named and named not in (chosen.number, chosen.full_name) else []),
               *(["other_signature"] if any(not one.valid for one in found if one is not chosen) else [])]  # fmt: skip
    return replace(chosen, reasons=(*chosen.reasons, *against))


async def _verdicts(pdf: bytes, trust: Trust, now: datetime | None) -> list[Verdict]:
    """A verdict for each signature, in the order in which they were made."""
    reader = PdfFileReader(BytesIO(pdf))
    signatures = reader.embedded_regular_signatures
    covers = [signature.evaluate_signature_coverage() for signature in signatures]
    return [await _verdict(one, trust, now, SignatureCoverageLevel.ENTIRE_FILE in covers) for one in signatures]


async def _verdict(signature: EmbeddedPdfSignature, trust: Trust, now: datetime | None, closed: bool) -> Verdict:
    certificate = x509.load_der_x509_certificate(signature.signer_cert.dump())
    at = signature.self_reported_timestamp
    within = context(trust, at or certificate.not_valid_before_utc)
    # The file first, whoever signed it: its certificate is looked at by our own rules below.
    own = ValidationContext(trust_roots=[signature.signer_cert], moment=certificate.not_valid_before_utc)
    status = await async_validate_pdf_signature(signature, own)
    chain = await against(signature.signer_cert, tuple(signature.other_embedded_certs), within)
    reasons = [*_of_file(signature, status, closed), *chain, *_of_time(at, now)]
    if not reasons and not as_written(signature):
        reasons = ["changed"]
    if not reasons and not status.bottom_line:
        reasons = ["untrusted"]
    local = at.astimezone(VIETNAM).replace(tzinfo=None) if at else None
    return Verdict(tuple(reasons), **identity(certificate), serial=certificate.serial_number, signed_at=local)


def _of_file(signature: EmbeddedPdfSignature, status: PdfSignatureStatus, closed: bool) -> list[str]:
    """Changed after signing: other bytes, or bytes added that are no further signature."""
    added = status.modification_level
    fine = added is not None and added <= ModificationLevel.FORM_FILLING  # a further signature is no more than that
    return [] if status.intact and status.valid and fine and closed else ["changed"]


def _of_time(at: datetime | None, now: datetime | None) -> list[str]:
    if at is None:
        return ["no_time"]
    later = now is not None and at > (now if now.tzinfo else now.replace(tzinfo=VIETNAM))
    return ["later_than_now"] if later else []
