"""Marks on paper: stamps, signatures, watermark, the blocks of certified and electronic papers."""

import re
from functools import cache, lru_cache
from hashlib import sha256
from pathlib import Path

from markupsafe import Markup

from kit.papers.sheet import Sheet
from kit.safe_html import fill, join

NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
UNVERIFIED = "Bố cục: giá trị tập huấn, đối chiếu quy định hiện hành"
WATERMARK = fill(
    '<div class="watermark" aria-hidden="true">{lines}</div>',
    lines=join(fill("<span>{notice}</span>", notice=NOTICE) for _ in range(9)),
)
EMPTY_SIGNATURE = Markup('<span class="space" role="img" aria-label="ô ký để trống"></span>')
SIGNATURE = '<span class="space" role="img" aria-label="chữ ký">{mark}{line}</span>'
SCRIBBLE = '<svg class="scribble" viewBox="0 0 150 56" aria-hidden="true"><path d="{path}"/></svg>'
SQUARE = Markup('<span class="stamp square">BẢN VẼ THIẾT KẾ<br>MẪU TẬP HUẤN</span>')
CERTIFIED = """<section class="certified"><p class="copy">BẢN SAO</p>
<p class="words">Chứng thực bản sao đúng với bản chính</p>{lines}{stamp}</section>"""
CERTIFIED_LINES = {"certified_number": "Số chứng thực", "certified_on": "Ngày", "certifier": "Nơi chứng thực"}
ELECTRONIC = '<section class="electronic"><p><b>Bản điện tử{signed}</b> {signer}</p>{time}</section>'


@cache
def drawn(name: str) -> str:
    """A drawing that lies beside this file, as a template."""
    return (Path(__file__).parent / name).read_text(encoding="utf-8").strip()


def stamp(sheet: Sheet, place: str) -> Markup:
    """The stamp that the form asks for; `place` keeps the stamps of one page apart."""
    return SQUARE if sheet.form.stamp == "square" else round_stamp(sheet, place)


def round_stamp(sheet: Sheet, place: str) -> Markup:
    """A round stamp: star, two rings and the words MẪU TẬP HUẤN."""
    ring = re.sub(r"[^a-z0-9]+", "-", f"ring-{sheet.identifier[:40]}-{place}".lower())
    return fill(drawn("stamp.svg"), ring=ring)


def signature(sheet: Sheet, field: str, stamped: bool) -> Markup:
    """A signature drawn from the signer's name, stamped or not; empty space when nobody signed."""
    name = sheet.text(field)
    if not name:
        return EMPTY_SIGNATURE
    mark = stamp(sheet, field) if stamped else Markup("")
    return fill(SIGNATURE, mark=mark, line=scribble(name))


@lru_cache(maxsize=1024)
def scribble(name: str) -> Markup:
    """A pen stroke of a few loops, decided by the name alone: one person, one hand on every paper."""
    chance = sha256(name.encode()).digest()
    points = [f"{14 + 15 * i} {28 + chance[i] % 14}" for i in range(6)]
    loops = [f"{chance[i + 6] % 26 + 6 + 15 * i} {chance[i + 12] % 18}" for i in range(6)]
    start = f"M6 {30 + chance[18] % 10}C10 {chance[19] % 12} 16 4 20 26"
    curve = " ".join(f"S{loop} {point}" for loop, point in zip(loops, points, strict=True))
    far, high, back, end = (shift + chance[20 + i] % 20 for i, shift in enumerate((130, 10, 60, 20)))
    sweep = f"C{far} {high} {back} 52 {end} 48S110 40 144 {34 + chance[24] % 10}"
    return fill(SCRIBBLE, path=f"{start} {curve} {sweep}")


def medium_block(sheet: Sheet) -> Markup:
    """What the medium adds under the paper: the certification of a copy, a digital signature, or nothing."""
    if sheet.medium == "certified_copy":
        return _certified(sheet)
    return _electronic(sheet) if sheet.medium == "electronic" else Markup("")


def _certified(sheet: Sheet) -> Markup:
    written = {label: sheet.text(name) for name, label in CERTIFIED_LINES.items()}
    lines = (fill("<p>{label}: {text}</p>", label=label, text=text) for label, text in written.items() if text)
    return fill(CERTIFIED, lines=join(lines), stamp=round_stamp(sheet, "copy"))


def _electronic(sheet: Sheet) -> Markup:
    at = sheet.text("e_signed_at")
    time = fill("<p>Thời gian ký: {at}</p>", at=at) if at else Markup("")
    signer = sheet.text("e_signer")
    return fill(ELECTRONIC, signed=", ký số bởi:" if signer else "", signer=signer, time=time)
