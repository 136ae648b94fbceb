"""Signing a paper's PDF with an official's certificate at a simulated moment; the same call gives the same bytes."""

from datetime import datetime
from io import BytesIO
from typing import Any

from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from pyhanko.keys import load_certs_from_pemder_data, load_private_key_from_pemder_data
from pyhanko.pdf_utils.misc import PdfError
from pyhanko.pdf_utils.reader import PdfFileReader
from pyhanko.sign.fields import SigFieldSpec, SigSeedSubFilter
from pyhanko.sign.signers import PdfSignatureMetadata, SimpleSigner
from pyhanko.stamp import StaticStampStyle
from pyhanko_certvalidator.registry import SimpleCertificateStore
from reportlab.lib.pagesizes import A4

from kit.errors import WrongUse
from kit.papers.pdf.drawings import PLACE
from kit.papers.pdf.look import BOTTOM, RIGHT
from kit.signing import block
from kit.signing.certificates import STATEMENT, VIETNAM, Credential, identity
from kit.signing.loop import outside_the_loop
from kit.signing.repeatable import FILLED, BlockContent, MomentSigner, RepeatableSigner, RepeatableWriter

Spot = tuple[int, float, float, float, float]  # page from 0, left, low, right, high in points
FIELD = "Chu-ky-so-{number}"


def sign(pdf: bytes, by: Credential, at: datetime, place: int = -1) -> bytes:
    """The PDF with a visible signature at its `place` to sign (the last unless said), made `at` a simulated moment.

    Whether the certificate was in force then is not asked here: verification finds it, as in life. WrongUse for a
    file that is no PDF.
    """
    moment = at if at.tzinfo else at.replace(tzinfo=VIETNAM)
    try:
        return outside_the_loop(lambda: _signed(pdf, by, moment, place))
    except PdfError as error:
        raise WrongUse("Tệp cần ký không phải PDF đọc được.", "The file to be signed is no readable PDF.") from error


def _signed(pdf: bytes, by: Credential, at: datetime, place: int) -> bytes:
    writer = RepeatableWriter(BytesIO(pdf))
    name = FIELD.format(number=len(writer.prev.embedded_signatures) + 1)
    look = BlockContent(block.drawn(block.lines(identity(by.certificate), at)))
    metadata = PdfSignatureMetadata(
        field_name=name, md_algorithm="sha256", reason=STATEMENT, subfilter=SigSeedSubFilter.ADOBE_PKCS7_DETACHED
    )
    style = StaticStampStyle(background=look, background_layout=FILLED, border_width=0)
    spot = _spot(writer.prev, name, place)
    signed = MomentSigner(metadata, _signer(by), stamp_style=style, new_field_spec=spot).at(at).sign_pdf(writer)
    return bytes(signed.getvalue())


def _spot(reader: PdfFileReader, name: str, place: int) -> SigFieldSpec:
    """Where the block goes: into the middle of a named place to sign, else low on the right of the last page."""
    places = _places(reader)
    page, left, low, right, high = places[place] if -len(places) <= place < len(places) else _corner(reader)
    x, y = (left + right - block.WIDTH) / 2, (low + high - block.HEIGHT) / 2
    box = tuple(round(one) for one in (x, y, x + block.WIDTH, y + block.HEIGHT))
    return SigFieldSpec(name, on_page=page, box=box)


def _places(reader: PdfFileReader) -> list[Spot]:
    """The places to sign that the typesetter named, in their order."""
    if "/Dests" not in reader.root:
        return []
    named, found = reader.root["/Dests"], list[Spot]()
    while (key := "/" + PLACE.format(number=len(found))) in named:
        page, _, left, low, right, high = named[key]
        found.append((_page_number(reader, page), float(left), float(low), float(right), float(high)))
    return found


def _page_number(reader: PdfFileReader, page: Any) -> int:
    count = int(reader.root["/Pages"]["/Count"])
    return next(
        number for number in range(count) if reader.find_page_for_modification(number)[0].reference == page.reference
    )


def _corner(reader: PdfFileReader) -> Spot:
    last = int(reader.root["/Pages"]["/Count"]) - 1
    right, low = A4[0] - RIGHT, BOTTOM
    return last, right - block.WIDTH, low, right, low + block.HEIGHT


def _signer(by: Credential) -> SimpleSigner:
    private = by.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    own, root = (next(load_certs_from_pemder_data(one.public_bytes(Encoding.DER))) for one in (by.certificate, by.root))
    key = load_private_key_from_pemder_data(private, passphrase=None)
    return RepeatableSigner(own, key, SimpleCertificateStore.from_certs([root]), embed_roots=False)
