"""Whether the bytes of a signature are exactly those that this kit writes: nothing else counts as unchanged."""

from typing import Any

from asn1crypto.cms import CMSAttributes, ContentInfo, IssuerAndSerialNumber, SignedData, SignerIdentifier, SignerInfo
from pyhanko.sign.validation import EmbeddedPdfSignature


def as_written(signature: EmbeddedPdfSignature) -> bool:
    """Whether the gap that the signature leaves out holds it, alone, in hexadecimal digits, filled up with zeros."""
    content = bytes(signature.pkcs7_content)
    written = _written(signature)
    start, end = int(signature.byte_range[1]), int(signature.byte_range[2])
    signature.reader.stream.seek(start)
    gap = signature.reader.stream.read(end - start).decode("latin-1")
    zeros = not any(content[len(written) :])
    return content.startswith(written) and zeros and gap in (f"<{content.hex()}>", f"<{content.hex().upper()}>")


def _written(signature: EmbeddedPdfSignature) -> bytes:
    """The signature made anew from its signed attributes, its value and its certificate, as `sign` makes it."""
    certificate, information = signature.signer_cert, signature.signer_info
    named = IssuerAndSerialNumber({"issuer": certificate.issuer, "serial_number": certificate.serial_number})
    fields: dict[str, Any] = {
        "version": "v1",
        "sid": SignerIdentifier({"issuer_and_serial_number": named}),
        "digest_algorithm": {"algorithm": "sha256"},
        "signature_algorithm": {"algorithm": "sha256_ecdsa"},
        "signed_attrs": CMSAttributes(list(information["signed_attrs"])),
        "signature": information["signature"].native,
    }
    signed = SignedData(
        {
            "version": "v1",
            "digest_algorithms": [fields["digest_algorithm"]],
            "encap_content_info": {"content_type": "data"},
            "certificates": [certificate],
            "signer_infos": [SignerInfo(fields)],
        }
    )
    made: bytes = ContentInfo({"content_type": "signed_data", "content": signed}).dump()
    return made
