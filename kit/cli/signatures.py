"""kit signature verify: whether a signed paper holds, told by its file, the training root and the revocation list."""

import argparse
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kit import home
from kit.cli.options import Commands, as_json, command
from kit.errors import WrongUse, cannot_read

if TYPE_CHECKING:
    from kit.signing import Trust, Verdict

LARGEST_FILE = 50_000_000  # bytes


def add_commands(commands: Commands) -> None:
    """Add this module's commands."""
    about = "kiểm tra chữ ký số tập huấn trên tệp PDF / verify the training signature on a PDF"
    group = commands.add_parser("signature", help=about, description=about)
    actions = group.add_subparsers(required=True, metavar="ACTION")
    checker = command(actions, "verify", check, f"{about}; 0: hợp lệ / holds, 1: không / does not")
    checker.add_argument("file", type=Path, metavar="FILE", help="tệp PDF / the PDF")
    checker.add_argument("--signer", default="", metavar="NAME", help="người phải ký / who must have signed")
    checker.add_argument("--session", default=home.PRACTICE, metavar="S", help="đợt diễn tập / training session")
    checker.add_argument("--root", type=Path, default=None, metavar="PEM",
                         help="chứng thư gốc thay cho của đợt / root instead of the session's")  # fmt: skip
    checker.add_argument("--revoked", type=Path, default=None, metavar="PEM",
                         help="danh sách thu hồi, đi cùng --root / revocation list, with --root")  # fmt: skip
    checker.add_argument("--at", type=moment, default=None, metavar="YYYY-MM-DDTHH:MM",
                         help="thời điểm kiểm tra trong bài / simulated moment of this check")  # fmt: skip


def check(asked: argparse.Namespace) -> int:
    """Print who signed, when, and every reason against it; 1 when there is one."""
    from kit.signing import verify

    verdict = verify(_read(asked.file), _trust(asked), asked.signer, asked.at)
    print(as_json(_told(verdict)) if asked.json else "\n".join(_lines(verdict)))
    return 0 if verdict.valid else 1


def moment(text: str) -> datetime:
    """An argument that is a simulated moment in Vietnamese time."""
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        raise argparse.ArgumentTypeError(f"{text!r}: dùng dạng / use the form 2025-07-01T09:30") from None


def _trust(asked: argparse.Namespace) -> "Trust":
    from kit.session import Session
    from kit.signing import SigningFolder, Trust

    if (asked.root is None) != (asked.revoked is None):
        raise WrongUse("--root và --revoked phải đi cùng nhau.", "--root and --revoked belong together.")
    if asked.root is not None:
        return _checked(Trust(_read(asked.root), _read(asked.revoked)))
    return SigningFolder(Session.named(asked.session).folder / "signing").trust()


def _checked(trust: "Trust") -> "Trust":
    from cryptography import x509

    try:
        x509.load_pem_x509_certificate(trust.root)
        x509.load_pem_x509_crl(trust.revoked)
    except ValueError:
        raise WrongUse("Tệp của --root hoặc --revoked không phải PEM.", "--root or --revoked is no PEM file.") from None
    return trust


def _read(file: Path) -> bytes:
    try:
        with file.open("rb") as opened:
            content = opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise cannot_read(file, error) from None
    if len(content) > LARGEST_FILE:
        raise WrongUse(f"{file} quá lớn.", f"{file} is too large.")
    return content


def _told(verdict: "Verdict") -> dict[str, Any]:
    from kit.signing import STATEMENT

    signed = verdict.signed_at.isoformat() if verdict.signed_at else ""
    return {
        "valid": verdict.valid, "reasons": list(verdict.reasons), "vi": verdict.say("vi"), "en": verdict.say("en"),
        "number": verdict.number, "full_name": verdict.full_name, "post": verdict.post, "office": verdict.office,
        "serial": f"{verdict.serial:X}", "signed_at": signed, "statement": STATEMENT,
    }  # fmt: skip


def _lines(verdict: "Verdict") -> list[str]:
    told = _told(verdict)
    mark = "✓" if verdict.valid else "✗"
    who = [f"  {told['full_name']}, {told['post']}, {told['office']}",
           f"  {told['signed_at']} (giờ mô phỏng / simulated time), số / serial {told['serial']}"]  # fmt: skip
    sentences = [f"{mark} {vi}\n  {en}" for vi, en in zip(told["vi"], told["en"], strict=True)]
    return [*sentences, *(who if verdict.full_name else []), f"  {told['statement']}"]
