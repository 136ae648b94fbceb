"""pyHanko's parts without this computer's clock and without chance: a paper signed twice alike is the same file."""

from datetime import datetime
from hashlib import sha256
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import load_der_private_key
from pyhanko.pdf_utils.content import PdfContent
from pyhanko.pdf_utils.generic import ArrayObject, ByteStringObject
from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter
from pyhanko.pdf_utils.layout import AxisAlignment, BoxConstraints, SimpleBoxLayoutRule
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.signers import PdfSigner, SimpleSigner
from pyhanko.sign.signers.pdf_signer import PdfSigningSession

FILLED = SimpleBoxLayoutRule(x_align=AxisAlignment.ALIGN_MID, y_align=AxisAlignment.ALIGN_MID)


class RepeatableWriter(IncrementalPdfFileWriter):
    """Adds to a file and leaves its dates alone; the second half of its identifier follows from the first."""

    def _update_meta(self) -> None:
        """No date of today stands in a paper of the exercise."""

    @classmethod
    def _handle_id(cls, prev: PdfFileReader) -> ArrayObject:
        first, second = (ByteStringObject(bytes(one.original_bytes)) for one in prev.trailer["/ID"])
        return ArrayObject([first, ByteStringObject(sha256(second).digest()[:16])])


class RepeatableSigner(SimpleSigner):
    """Signs with an ECDSA key by RFC 6979: no random number, so none that is badly drawn."""

    def sign_raw(self, data: bytes, digest_algorithm: str) -> bytes:
        """The signature of the data; SHA-256 is the only digest here."""
        key = load_der_private_key(self.signing_key.dump(), password=None)
        assert isinstance(key, ec.EllipticCurvePrivateKey)
        assert digest_algorithm == "sha256"
        return key.sign(data, ec.ECDSA(SHA256(), deterministic_signing=True))


class MomentSigner(PdfSigner):
    """Signs at a simulated moment."""

    def at(self, moment: datetime) -> "MomentSigner":
        """This signer, its clock put to the moment."""
        self.moment = moment
        return self

    def init_signing_session(self, pdf_out: Any, existing_fields_only: bool = False) -> PdfSigningSession:
        """The library's session with our moment."""
        session = super().init_signing_session(pdf_out, existing_fields_only)
        session.system_time = self.moment
        return session


class BlockContent(PdfContent):
    """The visible block, taken over from a PDF of one page."""

    def __init__(self, pdf: bytes) -> None:
        page = PdfFileReader(BytesIO(pdf)).root["/Pages"]["/Kids"][0]
        left, low, right, high = (float(one) for one in page["/MediaBox"])
        super().__init__(box=BoxConstraints(width=right - left, height=high - low))
        self.pdf = pdf

    def render(self) -> bytes:
        """The command that draws it."""
        drawn = self._ensure_writer.import_page_as_xobject(PdfFileReader(BytesIO(self.pdf)))
        self.resources.xobject["/Block"] = drawn
        return b"/Block Do"
