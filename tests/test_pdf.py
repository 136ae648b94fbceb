"""Papers as PDF: the words of the screen, in letters that any reader shows, marked on every page, alike every time."""

import hashlib
import json
import re
import subprocess
import sys
import time
from collections.abc import Iterator
from io import BytesIO

import pytest
from fontTools.ttLib import TTFont
from pypdf import PdfReader

from kit import papers
from kit.errors import UnknownName
from kit.papers.marks import NOTICE, UNVERIFIED
from kit.papers.pdf import to_pdf
from kit.papers.pdf.codes import _bars
from kit.papers.pdf.flow import piece_of
from kit.papers.pdf.look import FACES, FONTS, Look
from kit.papers.pdf.tree import Node, parse
from kit.papers.sheet import form
from tests.depth import depth
from tests.test_papers import KINDS, in_turn, paper
from tests.test_safe_html import HOSTILE

VOWELS = "aàáảãạăằắẳẵặâầấẩẫậeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵđ"
ALPHABET = VOWELS + VOWELS.upper()
RECEIPT = {
    "id": "c01-slip-1",
    "kind": "receipt",
    "fields": {
        "form_code": "Mẫu số 01", "office": "Trung tâm Phục vụ hành chính công phường Sài Gòn",
        "dossier_code": "H29.99.40.01-250612-0001", "applicant_name": "Nguyễn Thị Ngọc Ánh",
        "applicant_address": "Số 12, đường Lê Lợi, phường Sài Gòn", "applicant_phone": "0600 123 456",
        "procedure": "Đăng ký khai sinh", "components": "Tờ khai | 01 bản chính\nGiấy chứng sinh | 01 bản chính",
        "received_at": "09 giờ 15 phút, ngày 12/6/2025", "due_at": "17 giờ, ngày 13/6/2025",
        "competent_unit": "Ủy ban nhân dân phường Sài Gòn", "fee": "0 đồng", "receive_channel": "Tại quầy",
        "officer_name": "Trần Quốc Vượng",
    },
}  # fmt: skip


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(BytesIO(pdf)).pages]


def squeezed(text: str) -> str:
    """A text without spaces, whatever its case: a reader of PDF guesses spaces, letters it knows."""
    return re.sub(r"\s", "", text.casefold())


def letter(**more: object) -> dict[str, object]:
    given = paper("official_letter")
    given["fields"] |= more  # type: ignore[operator]
    return given


@pytest.mark.parametrize("medium", papers.MEDIA)
def test_print_and_screen_have_the_same_words(medium: str) -> None:
    kinds = _printed()[papers.MEDIA.index(medium) :: len(papers.MEDIA)]
    assert {kind: lost for kind in kinds if (lost := _lost(kind, medium))} == {}


def _printed() -> list[str]:
    """All kinds on the build server; under `make test` every tenth, and one with each thing papers are made of."""
    showing = {thing: kind for kind in KINDS for thing in set(re.findall(r'class="(\w+)', papers.render(paper(kind))))}
    return sorted({*showing.values(), *KINDS[:: depth(10, 1)]}, key=KINDS.index)


def _lost(kind: str, medium: str) -> list[str]:
    """What the screen says of a paper, and its print does not."""
    given = paper(kind, medium=medium, alterations={papers.fields(kind)[0]: "trước khi tẩy"})
    given["fields"] |= {name: f"chữ {name}." for name in papers.MEDIUM_FIELDS}  # type: ignore[operator]
    article = next(parse(papers.render(given)).nodes())
    printed = squeezed("".join(pages(to_pdf(given))))
    return [text for text in _paragraphs(article) if squeezed(text) not in printed]


def _paragraphs(node: Node) -> Iterator[str]:
    """The text of each paragraph, cell and line; without what is drawn and what lies beside the paper."""
    if {"watermark", "seen", "stamp", "space"} & set(node.classes):
        return
    if any(one.tag not in {"span", "b", "br", "ins", "del", "svg"} for one in node.nodes()):
        for one in node.nodes():
            yield from _paragraphs(one)
    elif "foot" in node.classes:
        yield from node.text().split("\n")
    else:
        yield node.text()


def test_every_vietnamese_letter_is_in_every_face_and_comes_out_again() -> None:
    for face in FACES:
        held = TTFont(FONTS / f"Tinos-{face}.ttf").getBestCmap()
        assert [one for one in ALPHABET if ord(one) not in held] == []
    text = " ".join(ALPHABET)
    printed = "".join(pages(to_pdf(letter(content=text))))
    assert [one for one in ALPHABET if one not in printed] == []


def test_every_page_says_that_it_is_training_material_and_later_ones_their_number() -> None:
    seen = pages(to_pdf(letter(content="\n".join(["Nội dung công văn rất dài. " * 20] * 14)), code="H29-1"))
    assert len(seen) == 3
    assert all(NOTICE in page and UNVERIFIED in page and "Mã hồ sơ: H29-1" in page for page in seen)
    assert [bool(re.search(rf"^{number}$", page, re.M)) for number, page in enumerate(seen, 1)] == [False, True, True]


def test_every_font_is_embedded() -> None:
    for page in PdfReader(BytesIO(to_pdf(RECEIPT))).pages:
        fonts = [font.get_object() for font in page["/Resources"]["/Font"].values()]
        used = [font for font in fonts if "Tinos" in font["/BaseFont"]]
        assert len(used) >= 3
        assert all("/FontFile2" in font["/FontDescriptor"] and "/ToUnicode" in font for font in used)
        shown = set(re.findall(rb"/(F\d[+\d]*) [\d.]+ Tf", page.get_contents().get_data()))
        names = {name.lstrip("/").encode() for name, font in page["/Resources"]["/Font"].items()
                 if "Tinos" in font.get_object()["/BaseFont"]}  # fmt: skip
        assert {name for name in shown if name != b"F1"} <= names  # F1: set at the top of each page, nothing written


def test_a_page_is_a4_in_vietnamese_and_names_itself() -> None:
    reader = PdfReader(BytesIO(to_pdf(RECEIPT)))
    assert [round(float(side) / 72 * 25.4) for side in reader.pages[0].mediabox[2:]] == [210, 297]
    assert reader.trailer["/Root"]["/Lang"] == "vi-VN"
    assert reader.metadata and NOTICE in reader.metadata.title and "TẬP HUẤN" in reader.metadata.author


def test_the_same_paper_is_the_same_file_also_in_another_process() -> None:
    program = (
        "import sys, json, hashlib; from kit.papers.pdf import to_pdf;"
        "sys.stdout.write(hashlib.sha256(to_pdf(json.loads(sys.argv[1]))).hexdigest())"
    )
    done = subprocess.run(
        [sys.executable, "-c", program, json.dumps(RECEIPT)], capture_output=True, text=True, check=True
    )
    assert done.stdout == hashlib.sha256(to_pdf(RECEIPT)).hexdigest()
    assert to_pdf(RECEIPT) == to_pdf(RECEIPT) != to_pdf(letter())


def test_the_code_of_the_dossier_is_on_the_page() -> None:
    printed = pages(to_pdf(RECEIPT))[0]
    assert printed.count("Mã hồ sơ: H29.99.40.01-250612-0001") == 2
    assert "Mã hồ sơ: H29-2" in pages(to_pdf(letter(), code="H29-2"))[0]
    assert "Mã hồ sơ" not in pages(to_pdf(letter()))[0]
    without, one, other = (_bars_drawn(to_pdf(letter(), code=code)) for code in ("", "H29-2", "H29-3"))
    assert without == 0 < one != other > 0


def _bars_drawn(pdf: bytes) -> int:
    return PdfReader(BytesIO(pdf)).pages[0].get_contents().get_data().count(b" re f")


def test_a_row_of_a_code_is_drawn_as_its_dark_stretches() -> None:
    assert _bars([True, True, False, True]) == [(0, 2), (3, 1)]
    assert _bars([False, False]) == []


def test_a_paper_to_be_signed_has_named_room_and_nothing_by_hand() -> None:
    given = letter(e_signer="Phạm Thị Thu Hằng") | {"medium": "electronic"}
    by_hand, to_sign = to_pdf(given), to_pdf(given, by_hand=False)
    assert "ký số bởi" in pages(by_hand)[0] and "ký số bởi" not in pages(to_sign)[0]
    assert "MẪU" in pages(by_hand)[0] and "MẪU" not in pages(to_sign)[0]
    place = PdfReader(BytesIO(to_sign)).trailer["/Root"]["/Dests"]["/ky-so-0"]
    left, low, right, high = (float(one) for one in place[2:])
    assert 0 < left < right < 595 and 0 < low < high < 842 and high - low > 70


def test_a_list_of_receivers_stands_beside_the_signature() -> None:
    given = letter(recipients="- Như trên;\n- Lưu: VT.")
    printed = pages(to_pdf(given))[0]
    assert printed.index("chữ content.") < printed.index("Nơi nhận:") < printed.index("chữ signer_name.")


@pytest.mark.parametrize("kind", ["handing_reply", "party_document"])
def test_each_line_of_the_issuer_is_a_line_of_its_own(kind: str) -> None:
    printed = pages(to_pdf(paper(kind)))[0].split("\n")
    node = next(parse(papers.render(paper(kind))).all("name"))
    lines = [one.text().strip().upper() for one in node.nodes()]
    assert len(lines) > 1 and [line for line in lines if line not in [one.strip() for one in printed]] == []


def test_the_longest_usual_place_and_date_are_one_line() -> None:
    said = "Thành phố Hồ Chí Minh, ngày 30 tháng 12 năm 2025"
    assert said in pages(to_pdf(letter(place_date=said)))[0]


def test_a_column_of_long_texts_gets_more_room_than_one_of_short_words() -> None:
    given = paper("account_extract")
    given["fields"]["rows"] = "Văn thư | nguyen-ngoc-gia | UBND | Duyệt | Mở"  # type: ignore[index]
    assert "nguyen-ngoc-gia" in pages(to_pdf(given))[0]


def test_the_heading_of_a_party_paper_has_one_line_under_the_party_s_name() -> None:
    issuer, nation = (next(parse(papers.render(paper("party_document"))).all(one)) for one in ("name", "national"))
    drawn = [type(one).__name__ for one in piece_of(nation, Look("letter", "original"))]
    assert drawn == ["Paragraph", "Rule", "Paragraph"]
    assert "Rule" not in [type(one).__name__ for one in piece_of(issuer, Look("letter", "original"))]


@pytest.mark.parametrize("value", HOSTILE)
def test_hostile_text_stays_text(value: str) -> None:
    for kind in in_turn(("receipt", "official_letter", "birth_declaration"), HOSTILE.index(value), 1):
        pdf = to_pdf({"id": value, "kind": kind, "fields": dict.fromkeys(papers.fields(kind), value)}, code=value[:60])
        assert not re.search(rb"/(JavaScript|JS|URI|Launch|Annots|XObject|EmbeddedFile)\b", pdf)


@pytest.mark.parametrize("kind", ["receipt", "official_letter", "id_card"])
def test_very_long_text_breaks_nothing(kind: str) -> None:
    long = {"kind": kind, "medium": "certified_copy", "fields": dict.fromkeys(papers.fields(kind), "chữ dài " * 60)}
    assert (len(pages(to_pdf(long))) > 1) == (kind != "id_card")
    unbroken = {"kind": kind, "fields": dict.fromkeys(papers.fields(kind), "x" * 600)}
    assert pages(to_pdf(unbroken))


def test_an_empty_paper_of_every_layout_can_be_printed() -> None:
    of_layout = {form(kind).layout: kind for kind in KINDS}
    assert all(to_pdf({"kind": kind}).startswith(b"%PDF") for kind in of_layout.values())


def test_an_unknown_kind_is_answered_as_on_the_screen() -> None:
    with pytest.raises(UnknownName):
        to_pdf({"kind": "receip"})


def test_a_receipt_takes_no_half_second_of_a_processor() -> None:
    rounds = []
    for _ in range(5):
        start = time.process_time()
        to_pdf(RECEIPT)
        rounds.append(time.process_time() - start)
    assert min(rounds) < 0.5  # 0.04 s on an idle machine


def test_showing_papers_loads_no_typesetter() -> None:
    program = (
        "import sys; import kit.papers, kit.ui, kit.cli, kit.session;"
        "heavy = ('reportlab', 'fontTools', 'pyhanko', 'cryptography', 'lxml', 'aiohttp', 'kit.signing');"
        "sys.exit(', '.join(one for one in sys.modules if one.startswith(heavy)) or 0)"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
