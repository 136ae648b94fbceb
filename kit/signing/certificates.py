"""The training certificate authority: a root and the officials' certificates, each of which says what it is.

A pure function of its secret: the same secret gives the same keys and certificates, so tests need no files.
"""

from collections.abc import Mapping
from dataclasses import astuple, dataclass, field
from datetime import UTC, date, datetime, time, timedelta, timezone
from hashlib import sha512

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID, ObjectIdentifier

MARK = "TẬP HUẤN - TRAINING"
STATEMENT = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ. Training material without legal value."
VIETNAM = timezone(timedelta(hours=7))
CURVE = ec.SECP256R1()
ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551  # of that curve, FIPS 186-4
ANY_POLICY = ObjectIdentifier("2.5.29.32.0")
DOCUMENT_SIGNING = ObjectIdentifier("1.3.6.1.5.5.7.3.36")  # RFC 9336
LONGEST = 64  # letters of one part of a name, RFC 5280
YEARS = timedelta(days=3 * 365)  # an official's certificate ends about three years after its first day
ROOT_LIFE = timedelta(days=4 * 365)  # before and after the session's day, so that every official's fits in


@dataclass(frozen=True)
class Official:
    """Who a certificate is for: the number in the office's book, name, post and office in Vietnamese."""

    number: str
    full_name: str
    post: str
    office: str


@dataclass(frozen=True)
class Credential:
    """A certificate with its private key: what an official signs with."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    root: x509.Certificate = field(repr=False)

    @property
    def serial(self) -> int:
        """The certificate's serial number, by which it is revoked."""
        return self.certificate.serial_number


@dataclass(frozen=True)
class Trust:
    """What everybody may know and a verification needs: the root and the revocation list, both in PEM."""

    root: bytes
    revoked: bytes


@dataclass(frozen=True)
class Authority:
    """The training certificate authority of one session; its key is needed to issue and to revoke only."""

    certificate: x509.Certificate
    key: ec.EllipticCurvePrivateKey = field(repr=False)
    secret: bytes = field(repr=False)

    @classmethod
    def founded(cls, session: str, day: date, secret: bytes) -> "Authority":
        """The root for a session around a day; `secret` is 32 random bytes, or a seed in a test."""
        key = _key(secret, "root")
        name = _name([(NameOID.COMMON_NAME, f"{MARK} Root CA {session}"), (NameOID.ORGANIZATION_NAME, MARK)])
        middle = _utc(datetime.combine(day, time()))
        built = _builder(name, name, key.public_key(), (middle - ROOT_LIFE, middle + ROOT_LIFE))
        built = built.add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        built = built.add_extension(_usage(authority=True), critical=True)
        return cls(built.sign(key, SHA256(), ecdsa_deterministic=True), key, secret)

    def issue(self, official: Official, last_day: date, first_day: date | None = None, to: str = "") -> Credential:
        """A certificate that is valid to the end of `last_day` in Viet Nam, from three years before unless said.

        `to` keeps apart what is issued to several attempts, so that revoking it in one leaves the others alone.
        """
        first = first_day or last_day - YEARS
        days = _utc(datetime.combine(first, time())), _utc(datetime.combine(last_day, time(23, 59, 59)))
        key = _key(self.secret, "|".join([to, *astuple(official), str(first), str(last_day)]))
        built = _builder(_subject(official), self.certificate.subject, key.public_key(), days)
        built = built.add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        built = built.add_extension(_usage(authority=False), critical=True)
        purposes = x509.ExtendedKeyUsage([DOCUMENT_SIGNING, ExtendedKeyUsageOID.EMAIL_PROTECTION])
        built = built.add_extension(purposes, critical=False)
        parent = x509.AuthorityKeyIdentifier.from_issuer_public_key(self.key.public_key())
        built = built.add_extension(parent, critical=False)
        certificate = built.sign(self.key, SHA256(), ecdsa_deterministic=True)
        return Credential(certificate, key, self.certificate)

    def trust(self, revoked: Mapping[int, datetime] | None = None) -> Trust:
        """The root and the list of revoked serials; what was signed up to the moment of revocation still holds."""
        first, last = self.certificate.not_valid_before_utc, self.certificate.not_valid_after_utc
        built = x509.CertificateRevocationListBuilder().issuer_name(self.certificate.subject)
        built = built.last_update(first).next_update(last)
        for serial, moment in sorted((revoked or {}).items()):
            entry = x509.RevokedCertificateBuilder().serial_number(serial).revocation_date(_utc(moment))
            built = built.add_revoked_certificate(entry.build())
        signed = built.sign(self.key, SHA256(), ecdsa_deterministic=True)
        return Trust(self.certificate.public_bytes(Encoding.PEM), signed.public_bytes(Encoding.PEM))


def _key(secret: bytes, purpose: str) -> ec.EllipticCurvePrivateKey:
    number = int.from_bytes(sha512(secret + b"|" + purpose.encode()).digest(), "big")
    return ec.derive_private_key(1 + number % (ORDER - 1), CURVE)


def _utc(moment: datetime) -> datetime:
    """A simulated moment, told in Vietnamese time, as UTC."""
    return (moment if moment.tzinfo else moment.replace(tzinfo=VIETNAM)).astimezone(UTC)


def _subject(official: Official) -> x509.Name:
    """The official's name in the manner of public authorities; a long post becomes one part for each of its parts."""
    posts = [(NameOID.TITLE, part) for part in official.post.split(", ")]
    person = [(NameOID.COMMON_NAME, official.full_name), (NameOID.SERIAL_NUMBER, official.number)]
    office = [(NameOID.ORGANIZATION_NAME, official.office), (NameOID.ORGANIZATIONAL_UNIT_NAME, MARK)]
    return _name([*office, *posts, *person])


def _name(parts: list[tuple[ObjectIdentifier, str]]) -> x509.Name:
    country = x509.NameAttribute(NameOID.COUNTRY_NAME, "VN")
    return x509.Name([country, *(x509.NameAttribute(kind, text[:LONGEST]) for kind, text in parts)])


def _builder(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePublicKey, days: tuple[datetime, datetime]
) -> x509.CertificateBuilder:
    """What root and officials' certificates have in common, the statement that they are training material included."""
    identifier = x509.SubjectKeyIdentifier.from_public_key(key)
    notice = x509.PolicyInformation(ANY_POLICY, [x509.UserNotice(None, STATEMENT)])
    built = x509.CertificateBuilder().subject_name(subject).issuer_name(issuer).public_key(key)
    built = built.serial_number(int.from_bytes(identifier.digest[:16], "big") >> 1)
    built = built.not_valid_before(days[0]).not_valid_after(days[1])
    return built.add_extension(identifier, critical=False).add_extension(
        x509.CertificatePolicies([notice]), critical=False
    )


def _usage(authority: bool) -> x509.KeyUsage:
    return x509.KeyUsage(
        digital_signature=not authority, content_commitment=not authority, key_encipherment=False,
        data_encipherment=False, key_agreement=False, key_cert_sign=authority, crl_sign=authority, encipher_only=False,
        decipher_only=False,
    )  # fmt: skip


def identity(certificate: x509.Certificate) -> dict[str, str]:
    """What a certificate says of its holder: number, full name, post and office; empty where it says nothing."""
    kinds = {"number": NameOID.SERIAL_NUMBER, "full_name": NameOID.COMMON_NAME,
             "post": NameOID.TITLE, "office": NameOID.ORGANIZATION_NAME}  # fmt: skip
    said = certificate.subject.get_attributes_for_oid
    return {name: ", ".join(str(one.value) for one in said(kind)) for name, kind in kinds.items()}
