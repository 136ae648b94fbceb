"""Signatures: real ones, verified by two other tools as well; every way in which one does not hold is found."""

import asyncio
import re
import shutil
import stat
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime, timedelta
from io import BytesIO
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID
from pypdf import PdfReader

from kit.errors import WrongUse
from kit.papers.pdf import to_pdf
from kit.signing import MARK, STATEMENT, Authority, Official, SigningFolder, Trust, Verdict, sign, verify
from kit.signing.chain import WHY, reasons
from kit.words import words
from tests.test_pdf import RECEIPT, letter, pages

DAY = date(2025, 6, 16)
AT = datetime(2025, 6, 16, 10, 15)
BEFORE = AT - timedelta(minutes=1)
AUTHORITY = Authority.founded("test", DAY, b"a seed for tests")
SIGNER = Official("CB-01", "Phạm Thị Thu Hằng", "Phó Chủ tịch, Giám đốc Trung tâm", "UBND phường Sài Gòn")
CLERK = Official("CB-11", "Trần Quốc Vượng", "Văn thư", "UBND phường Sài Gòn")
HERS = AUTHORITY.issue(SIGNER, date(2026, 3, 1))
HIS = AUTHORITY.issue(CLERK, date(2026, 3, 1))
TRUST = AUTHORITY.trust()
PAPER = to_pdf(letter(signer_name="Phạm Thị Thu Hằng"), by_hand=False)
SIGNED = sign(PAPER, HERS, AT)
needs = lambda *tools: pytest.mark.skipif(  # noqa: E731
    not all(map(shutil.which, tools)),
    reason=f"SECOND TOOL MISSING: {' '.join(tools)} (Debian: poppler-utils, libnss3-tools, openssl)",
)


def gap(pdf: bytes) -> tuple[int, int]:
    """Where the last signature itself stands: the only bytes that it does not cover."""
    start, length, after, rest = map(int, re.findall(rb"/ByteRange ?\[ ?(\d+) (\d+) (\d+) (\d+)", pdf)[-1])
    assert start == 0 and after + rest == len(pdf)
    return length, after


def test_a_signature_holds_and_tells_who_for_whom_and_when() -> None:
    verdict = verify(SIGNED, TRUST, "CB-01")
    assert verdict == Verdict(
        (), "CB-01", "Phạm Thị Thu Hằng", "Phó Chủ tịch, Giám đốc Trung tâm", "UBND phường Sài Gòn", HERS.serial, AT
    )
    assert verdict.valid and verify(SIGNED, TRUST, "Phạm Thị Thu Hằng").valid and verify(SIGNED, TRUST).valid


def test_the_paper_shows_the_block_of_the_signature() -> None:
    drawn = PdfReader(BytesIO(SIGNED)).pages[0]["/Annots"][0].get_object()["/AP"]["/N"]
    left, low, right, high = (float(one) for one in PdfReader(BytesIO(SIGNED)).pages[0]["/Annots"][0]["/Rect"])
    place = PdfReader(BytesIO(SIGNED)).trailer["/Root"]["/Dests"]["/ky-so-0"][2:]
    assert place[0] < left < right < place[2] and place[1] < low < high < place[3] + 1
    assert drawn["/Resources"]["/XObject"]
    assert pages(SIGNED) == pages(PAPER)


def test_the_words_of_the_block() -> None:
    from kit.signing import block
    from kit.signing.certificates import identity

    words_of = block.lines(identity(HERS.certificate), AT)
    printed = pages(block.drawn(words_of))[0]
    assert all(line in printed for line in words_of)
    assert "Người ký: Phạm Thị Thu Hằng" in printed and "Cơ quan: UBND phường Sài Gòn" in printed
    assert "Thời gian ký: 16.06.2025 10:15:00 +07:00" in printed and MARK in printed


@pytest.mark.parametrize(
    ("at", "reason"),
    [
        (datetime(2026, 3, 1, 23, 59, 59), ()),
        (datetime(2026, 3, 2, 0, 0, 0), ("expired",)),
        (datetime(2023, 3, 2, 0, 0, 0), ()),
        (datetime(2023, 3, 1, 23, 59, 59), ("not_yet_valid",)),
    ],
)
def test_the_certificate_must_be_in_force_at_the_moment_of_signing(at: datetime, reason: tuple[str, ...]) -> None:
    assert verify(sign(PAPER, HERS, at), TRUST, "CB-01").reasons == reason


def test_a_certificate_is_revoked_from_a_moment_on() -> None:
    before, after = (AUTHORITY.trust({HERS.serial: AT + timedelta(minutes=minutes)}) for minutes in (-1, 1))
    assert verify(SIGNED, before).reasons == ("revoked",)
    assert verify(SIGNED, after).valid
    assert verify(sign(PAPER, HIS, AT), before).valid


def test_a_list_that_another_authority_signed_is_no_list() -> None:
    other = Authority.founded("test", DAY, b"another seed").trust()
    assert verify(SIGNED, Trust(TRUST.root, other.revoked)).reasons == ("no_revocation_list",)


def test_somebody_elses_certificate_is_told() -> None:
    his = sign(PAPER, HIS, AT)
    assert verify(his, TRUST).valid
    assert verify(his, TRUST, "CB-01").reasons == ("another_person",)
    assert verify(his, TRUST, "Phạm Thị Thu Hằng").full_name == "Trần Quốc Vượng"


def test_another_authority_is_foreign_even_under_the_same_name() -> None:
    impostor = Authority.founded("test", DAY, b"another seed")
    assert impostor.certificate.subject == AUTHORITY.certificate.subject
    assert verify(sign(PAPER, impostor.issue(SIGNER, date(2026, 3, 1)), AT), TRUST, "CB-01").reasons == ("foreign",)


def test_a_certificate_with_a_key_that_is_not_its_own_signs_nothing_that_holds() -> None:
    assert verify(sign(PAPER, replace(HERS, key=HIS.key), AT), TRUST, "CB-01").reasons == ("changed",)


def test_a_time_after_the_check_is_told() -> None:
    assert verify(SIGNED, TRUST, now=AT).valid
    assert verify(SIGNED, TRUST, now=AT - timedelta(seconds=1)).reasons == ("later_than_now",)


def test_every_byte_is_covered_but_the_signature_and_no_changed_byte_goes_through() -> None:
    start, end = gap(SIGNED)
    assert SIGNED[start : start + 1] == b"<" and SIGNED[end - 1 : end] == b">"
    for place in [*range(5, len(SIGNED), len(SIGNED) // 23), start, start + 1500, end - 2, end - 1, len(SIGNED) - 1]:
        changed = bytearray(SIGNED)
        changed[place] ^= 1
        verdict = verify(bytes(changed), TRUST)
        assert verdict.reasons, f"byte {place}"


def test_bytes_put_before_after_or_into_the_gap_are_told() -> None:
    start, end = gap(SIGNED)
    filled = SIGNED[: end - 3] + b"1" + SIGNED[end - 2 :]
    small = SIGNED[:start] + SIGNED[start:end].lower() + SIGNED[end:]
    assert verify(filled, TRUST).reasons == ("changed",)
    assert verify(SIGNED + b"\n% more", TRUST).reasons == ("changed",)
    assert verify(b"%" + SIGNED, TRUST).reasons
    assert verify(small, TRUST).valid  # the same bytes in the other way of writing them


def test_words_replaced_by_an_update_of_the_file_are_told() -> None:
    from pypdf import PdfWriter

    writer = PdfWriter(BytesIO(SIGNED), incremental=True)
    writer.pages[0].rotate(90)
    into = BytesIO()
    writer.write(into)
    assert SIGNED in into.getvalue()
    assert verify(into.getvalue(), TRUST).reasons == ("changed",)


def test_two_officials_sign_one_paper_and_both_are_looked_at() -> None:
    both = sign(SIGNED, HIS, AT + timedelta(hours=1), place=5)
    assert verify(both, TRUST, "CB-01").valid and verify(both, TRUST, "CB-11").valid
    assert verify(both, TRUST).full_name == "Trần Quốc Vượng"
    revoked = AUTHORITY.trust({HIS.serial: BEFORE})
    assert verify(both, revoked, "CB-01").reasons == ("other_signature",)
    assert verify(both, revoked, "CB-11").reasons == ("revoked",)


@pytest.mark.parametrize(
    ("content", "reason"), [(PAPER, "unsigned"), (b"", "unreadable"), (b"%PDF-1.4 x", "unreadable")]
)
def test_what_is_not_signed_or_no_paper(content: bytes, reason: str) -> None:
    assert verify(content, TRUST, "CB-01").reasons == (reason,)


def test_only_a_pdf_can_be_signed() -> None:
    with pytest.raises(WrongUse):
        sign(b"no paper", HERS, AT)


def test_the_same_signature_is_the_same_file_and_knows_no_clock_but_the_simulated_one() -> None:
    again = Authority.founded("test", DAY, b"a seed for tests").issue(SIGNER, date(2026, 3, 1))
    assert sign(PAPER, again, AT) == SIGNED != sign(PAPER, HERS, AT + timedelta(seconds=1))
    assert f"D:{datetime.now().year}".encode() not in SIGNED or datetime.now().year == AT.year


def test_it_works_where_an_event_loop_runs_as_in_a_notebook(caplog: pytest.LogCaptureFixture) -> None:
    async def cell() -> Verdict:
        return verify(sign(to_pdf(RECEIPT, by_hand=False), HIS, AT), AUTHORITY.trust({HIS.serial: BEFORE}))

    assert asyncio.run(cell()).reasons == ("revoked",)
    assert caplog.text == ""


def test_names_and_certificates_say_that_they_are_for_training() -> None:
    for certificate in (AUTHORITY.certificate, HERS.certificate):
        text = certificate.public_bytes(Encoding.DER)
        assert MARK.encode() in text and STATEMENT.encode() in text
    said = HERS.certificate.subject.get_attributes_for_oid
    assert [one.value for one in said(NameOID.TITLE)] == ["Phó Chủ tịch", "Giám đốc Trung tâm"]
    assert [one.value for one in said(NameOID.ORGANIZATIONAL_UNIT_NAME)] == [MARK]


def test_every_reason_has_words_and_no_word_is_idle() -> None:
    documented = set(re.findall(r"\b[a-z_]{7,}\b", verify.__doc__.split("Reasons:")[1]))  # type: ignore[union-attr]
    known = {key.split(".")[1] for key in words("vi") if key.startswith("signature.")}
    assert known <= documented | {"valid", "foreign", "expired", "revoked", "changed", "no_time"}
    assert {*WHY.values(), "changed", "foreign"} <= known
    assert verify(PAPER, TRUST).say("vi") == ["Văn bản chưa được ký số."]
    assert "training" in verify(SIGNED, TRUST).say("en")[0]


def test_a_session_keeps_its_keys_for_itself(tmp_path: Path) -> None:
    folder = SigningFolder(tmp_path / "signing")
    founded = folder.found("practice", DAY)
    made = {path.name: path.read_bytes() for path in folder.path.iterdir()}
    again = (folder.found("practice", DAY, b"y" * 32), folder.authority())
    assert all((one.secret, one.certificate) == (founded.secret, founded.certificate) for one in again)
    assert made == {path.name: path.read_bytes() for path in folder.path.iterdir()}
    other = SigningFolder(tmp_path / "other").found("practice", DAY)
    assert other.secret != founded.secret and len(founded.secret) == 32
    assert stat.S_IMODE(folder.path.stat().st_mode) == 0o700
    for path in folder.path.iterdir():
        private = b"PRIVATE KEY" in path.read_bytes() or founded.secret.hex().encode() in path.read_bytes()
        assert private == (path.name == "authority.json")
        assert not private or stat.S_IMODE(path.stat().st_mode) == 0o600


def test_two_desks_that_found_at_once_share_one_authority(tmp_path: Path) -> None:
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda _: SigningFolder(tmp_path).found("practice", DAY), range(16)))
    assert len({one.secret for one in found}) == 1
    assert {path.name for path in tmp_path.iterdir()} == {"authority.json", "root.pem", "revoked.pem"}


def test_what_is_revoked_stays_on_the_list_from_the_first_call_on(tmp_path: Path) -> None:
    folder = SigningFolder(tmp_path)
    hers, his = (folder.found("practice", DAY).issue(one, date(2026, 3, 1)) for one in (SIGNER, CLERK))
    assert reasons(hers.certificate, folder.trust(), AT) == ()
    folder.revoke(hers.serial, BEFORE)
    folder.revoke(his.serial, BEFORE)
    folder.revoke(hers.serial, AT + timedelta(days=1))
    assert reasons(hers.certificate, folder.trust(), AT) == ("revoked",)
    assert reasons(hers.certificate, folder.trust(), BEFORE - timedelta(minutes=1)) == ()
    assert verify(sign(PAPER, his, AT), folder.trust()).reasons == ("revoked",)


def test_no_authority_no_root(tmp_path: Path) -> None:
    for ask in (SigningFolder(tmp_path).trust, SigningFolder(tmp_path).authority):
        with pytest.raises(WrongUse):
            ask()


def test_each_attempt_has_certificates_of_its_own() -> None:
    issued = [AUTHORITY.issue(SIGNER, date(2026, 3, 1), to=attempt) for attempt in ("a", "b", "a")]
    assert issued[0].serial == issued[2].serial != issued[1].serial
    assert reasons(issued[1].certificate, AUTHORITY.trust({issued[0].serial: BEFORE}), AT) == ()
    namesake = AUTHORITY.issue(replace(SIGNER, office="UBND phường Bến Thành"), date(2026, 3, 1))
    assert namesake.serial != HERS.serial


def test_a_kept_paper_has_a_plain_name(tmp_path: Path) -> None:
    kept = SigningFolder(tmp_path).paper("../../etc", "passwd/..")
    assert kept.parent.parent == tmp_path / "papers" and kept.name == "passwd___.pdf"


def test_no_key_is_shown_by_mistake() -> None:
    assert "key" not in repr(HERS) and "secret" not in repr(AUTHORITY)
    private = HERS.key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption())
    assert private[-40:] not in SIGNED


def test_a_signature_rewritten_where_it_covers_nothing_is_told() -> None:
    start, end = gap(SIGNED)
    for place in (26, 30, 37, 874, 908, 955):  # version, digests, certificates, signer: none of them is signed
        signature = bytearray.fromhex(SIGNED[start + 1 : end - 1].decode())
        signature[place] ^= 1
        assert verify(SIGNED[: start + 1] + signature.hex().upper().encode() + SIGNED[end - 1 :], TRUST).reasons


@needs("openssl")
def test_openssl_verifies_the_signature_against_the_training_authority(tmp_path: Path) -> None:
    start, end = gap(SIGNED)
    (tmp_path / "content").write_bytes(SIGNED[:start] + SIGNED[end:])
    (tmp_path / "signature").write_bytes(bytes.fromhex(SIGNED[start + 1 : end - 1].decode()))
    for seed, fine in ((b"a seed for tests", True), (b"another seed", False)):
        (tmp_path / "root.pem").write_bytes(Authority.founded("test", DAY, seed).trust().root)
        command = ["openssl", "cms", "-verify", "-inform", "DER", "-in", "signature", "-binary", "-content", "content",
                   "-CAfile", "root.pem", "-attime", str(int(AT.timestamp())), "-out", "out"]  # fmt: skip
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        assert (done.returncode == 0) is fine, done.stderr


@needs("pdfsig", "certutil")
def test_pdfsig_trusts_it_and_shows_that_it_is_training_material(tmp_path: Path) -> None:
    today = date.today()  # pdfsig knows no clock but this computer's
    authority = Authority.founded("today", today, b"a seed for tests")
    paper = sign(PAPER, authority.issue(SIGNER, today + timedelta(days=300)), AT.replace(year=today.year - 1))
    (tmp_path / "root.pem").write_bytes(authority.trust().root)
    (tmp_path / "signed.pdf").write_bytes(paper)
    (tmp_path / "changed.pdf").write_bytes(paper.replace(b"/Title", b"/Titel", 1))
    run = lambda *command: subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False).stdout  # noqa: E731
    run("certutil", "-N", "-d", "sql:.", "--empty-password")
    run("certutil", "-A", "-d", "sql:.", "-n", "training", "-t", ",C,", "-a", "-i", "root.pem")
    told = run("pdfsig", "-nssdir", "sql:.", "signed.pdf")
    assert "Signature is Valid." in told and "Certificate is Trusted." in told and MARK in told
    assert "Total document signed" in told
    assert "Digest Mismatch" in run("pdfsig", "-nssdir", "sql:.", "changed.pdf")
