"""Papers: everything written on them is seen, nothing on them is taken for real, nothing in them runs."""

import re
import time
import tomllib
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from kit import papers
from kit.errors import BrokenFile, UnknownName
from kit.papers import catalogue, marks
from kit.safe_html import clean
from tests.depth import depth
from tests.test_safe_html import HOSTILE, Reading

KINDS = papers.kinds()
NOTICE = "BẢN TẬP HUẤN - KHÔNG CÓ GIÁ TRỊ PHÁP LÝ"
JUDGING = re.compile(r"\b(sai|hợp lệ|giả mạo|làm giả|vi phạm pháp luật|không được nhận)\b", re.I)
OUR_TAGS = {
    *("article", "div", "header", "section", "p", "span", "h2", "h3", "b", "br", "del", "ins"),
    *("table", "caption", "tr", "th", "td", "svg", "circle", "path", "text", "textpath"),
}


def paper(kind: str, **more: object) -> dict[str, object]:
    """A paper with a different text in each field."""
    return {
        "id": "c07-p2",
        "kind": kind,
        "fields": {name: f"chữ {name}." for name in papers.fields(kind)},
        **more,
    }


def of_every_kind(check: Callable[[str], None]) -> Callable[[], None]:
    """One test of all kinds that tells each kind that fails: a test of its own would cost more than the look."""

    def test() -> None:
        assert {kind: why for kind in KINDS if (why := _failure(check, kind))} == {}

    test.__doc__ = check.__doc__
    return test


def _failure(check: Callable[[str], None], kind: str) -> str:
    try:
        check(kind)
    except AssertionError as error:
        return str(error)
    return ""


def in_turn(options: Sequence, start: int, few: int) -> list:
    """Few of the options, others for the next start; all of them on the build server."""
    return [options[(start + step) % len(options)] for step in range(depth(few, len(options)))]


def text(html: str) -> str:
    return Reading(html).text


def observed(html: str) -> str:
    return text(html.split("Quan sát: ")[1])


def blanks(html: str) -> int:
    return html.count("……………")


@of_every_kind
def test_every_field_is_seen_on_the_paper(kind: str) -> None:
    html = papers.render(paper(kind))
    seen = text(html)
    assert [name for name in papers.fields(kind) if f"chữ {name}." not in seen] == []
    assert blanks(html) == 0


@of_every_kind
def test_every_paper_says_that_it_is_a_training_copy_and_how_far_its_layout_is_known(kind: str) -> None:
    for medium in in_turn(papers.MEDIA, KINDS.index(kind), 2):
        html = papers.render(paper(kind, medium=medium))
        said = text(html)
        assert said.count(NOTICE) >= 5, medium
        assert f'<p class="foot">{NOTICE}' in html, medium
        assert marks.UNVERIFIED in said, medium


def test_a_layout_from_a_trusted_source_carries_no_mark(monkeypatch: pytest.MonkeyPatch) -> None:
    trusted = replace(catalogue.forms()["receipt"], confidence="primary")
    monkeypatch.setattr("kit.papers.sheet.forms", lambda: {"receipt": trusted})
    html = papers.render(paper("receipt"))
    assert marks.UNVERIFIED not in html and NOTICE in html


@of_every_kind
def test_hostile_text_in_every_place_stays_text(kind: str) -> None:
    """A text in every place of the paper; texts and mediums in turn, so that each meets each on many papers."""
    number = KINDS.index(kind)
    for place, value in enumerate(in_turn(HOSTILE, number, 4), number + number // len(HOSTILE)):
        everything = dict.fromkeys(papers.fields(kind), value)
        extra, medium = dict.fromkeys(papers.MEDIUM_FIELDS, value), papers.MEDIA[place % len(papers.MEDIA)]
        given = {"id": value, "kind": kind, "fields": everything | extra, "medium": medium}
        read = Reading(papers.render(given | {"alterations": everything}))
        assert set(read.tags) <= OUR_TAGS
        assert not [name for name, _ in read.attributes if name.startswith("on") or name in {"style", "src"}]
        assert all((to or "").startswith("#ring-") for name, to in read.attributes if name == "href")
        assert clean(value).strip().split("\n")[0].split("|")[0] in read.text
        assert not set("\u202e\u2067\u200b\ufeff\x00\x1b") & set(read.text)


@of_every_kind
def test_an_unfilled_field_is_a_dotted_blank_and_a_missing_signature_an_empty_space(kind: str) -> None:
    form = catalogue.forms()[kind]
    signed = {signature.field for signature in form.signatures}
    for place, name in enumerate(papers.fields(kind)):
        for empty in in_turn(("", "  \n ", None), place, 1):
            given = paper(kind)
            given["fields"][name] = empty  # type: ignore[index]
            html = papers.render(given)
            assert f"chữ {name}." not in html
            if name in signed:
                assert html.count("ô ký để trống") == 1 and blanks(html) == 0
            elif name == form.attestation[1]:
                assert "Lời chứng" not in html and blanks(html) == 0
            else:
                assert blanks(html) >= 1


def test_a_paper_with_nothing_filled_in_still_renders() -> None:
    for kind in KINDS:
        assert blanks(papers.render({"kind": kind})) >= 1


def test_nobody_signed_means_no_stamp_either() -> None:
    given = paper("birth_note")
    assert 'class="stamp' in papers.render(given)
    del given["fields"]["head_signature"]  # type: ignore[attr-defined]
    html = papers.render(given)
    assert 'class="stamp' not in html and "dấu" not in text(html).split("Quan sát")[1]


def test_a_draft_names_who_will_sign_it_and_bears_no_signature() -> None:
    html = papers.render(paper("resolution_draft"))
    assert "chữ secretary." in text(html) and "chưa ký" in text(html)
    assert 'class="scribble' not in html and "chữ ký" not in observed(html)


@of_every_kind
def test_no_paper_says_that_it_is_signed_beside_a_signature(kind: str) -> None:
    assert not [one.note for one in catalogue.forms()[kind].signatures if "đã ký" in one.note.lower()]


def test_party_papers_bear_the_name_of_the_party_and_others_that_of_the_state() -> None:
    party, state = (papers.render(paper(kind)) for kind in ("party_document", "titled_document"))
    assert "ĐẢNG CỘNG SẢN VIỆT NAM" in party and "CỘNG HÒA" not in party
    assert "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM" in state and "ĐẢNG" not in state
    assert '<p class="motto">ĐẢNG' in party and '<div class="name party">' in party  # the line stands under its name


@of_every_kind
def test_receivers_stand_beside_the_signature(kind: str) -> None:
    html = papers.render(paper(kind))
    listed = [part for part in html.split("Nơi nhận:</b>")[1:] if "chữ recipients." in part]
    assert bool(listed) == ("recipients" in papers.fields(kind))
    assert all(html.index('class="signatures"') < html.index("chữ recipients.") for _ in listed)


def test_the_medium_is_seen_and_described_without_judging() -> None:
    seen = {medium: papers.render(paper("birth_certificate", medium=medium)) for medium in papers.MEDIA}
    line = {medium: text(html).split("Quan sát: ")[1].strip() for medium, html in seen.items()}
    assert line["original"] == "giấy in màu, dấu đỏ, chữ ký mực xanh."
    assert line["photocopy"] == "bản in đen trắng, dấu và chữ ký màu đen."
    assert "bản sao có chứng thực của" in line["certified_copy"]
    assert line["electronic"] == "bản điện tử."
    assert all(f'class="kit-paper certificate {medium}"' in html for medium, html in seen.items())
    copies = [medium for medium, html in seen.items() if "Chứng thực bản sao đúng với bản chính" in html]
    assert copies == ["certified_copy"]
    assert [medium for medium, html in seen.items() if "Bản điện tử" in html] == ["electronic"]


def test_what_software_shows_is_no_paper() -> None:
    assert "Quan sát: bản hiển thị trên phần mềm." in text(papers.render(paper("petition_ticket")))


def test_who_certified_or_signed_digitally_is_named() -> None:
    certified = paper("diploma", medium="certified_copy")
    certified["fields"]["certifier"] = "UBND phường Sài Gòn"  # type: ignore[index]
    assert "bản sao có chứng thực của UBND phường Sài Gòn" in text(papers.render(certified))
    signed = paper("diploma", medium="electronic")
    assert "Bản điện tử" in text(papers.render(signed)) and "ký số" not in text(papers.render(signed))
    signed["fields"]["e_signer"] = "Trường Đại học Giả lập"  # type: ignore[index]
    assert "ký số bởi: Trường Đại học Giả lập" in text(papers.render(signed))


@of_every_kind
def test_an_alteration_leaves_traces_and_the_observation_names_no_field(kind: str) -> None:
    names = papers.fields(kind)
    html = papers.render(paper(kind, alterations={name: f"trước {name}." for name in names}))
    assert [name for name in names if f'<del class="earlier">trước {name}.</del>' not in html] == []
    assert [name for name in names if name in observed(html)] == []
    one = in_turn(names, KINDS.index(kind), 1)[0]
    assert "có vết tẩy xóa ở một ô chữ" in observed(papers.render(paper(kind, alterations={one: "trước"})))
    assert "vết tẩy" not in papers.render(paper(kind))


def test_several_alterations_are_counted() -> None:
    html = papers.render(paper("diploma", alterations={"ranking": "Trung bình", "year": "2017"}))
    assert "có vết tẩy xóa ở 2 ô chữ" in html and html.count('class="earlier"') == 2


@of_every_kind
def test_no_paper_judges_itself(kind: str) -> None:
    for medium in in_turn(papers.MEDIA, KINDS.index(kind), 1):
        given = paper(kind, medium=medium, alterations={papers.fields(kind)[0]: "trước"})
        assert JUDGING.findall(text(papers.render(given))) == []


def test_titles_in_both_languages_all_different() -> None:
    for language in ("vi", "en"):
        titles = [papers.title(kind, language) for kind in KINDS]
        assert all(titles) and len(set(titles)) == len(titles)
    assert papers.title("birth_note", "vi") == "Giấy chứng sinh"
    assert papers.title("birth_note", "en").isascii()


def test_a_title_that_depends_on_the_set_of_forms_comes_from_the_data() -> None:
    given = paper("apology_slip")
    given["fields"]["title_by_set"] = "Văn bản xin lỗi"  # type: ignore[index]
    assert '<h2><span class="ink">Văn bản xin lỗi</span></h2>' in papers.render(given)


def test_people_call_a_paper_by_the_name_printed_on_it() -> None:
    plan = {"kind": "titled_document", "fields": {"kind_name": "KẾ HOẠCH"}}
    assert papers.named(plan, "vi") == "Kế hoạch"
    assert papers.named(plan, "en") == papers.title("titled_document", "en")
    for printed in ("", "Một tên dài " * 9):
        assert papers.named({**plan, "fields": {"kind_name": printed}}, "vi") == "Văn bản hành chính"
    assert papers.named({"kind": "birth_note", "fields": {}}, "vi") == "Giấy chứng sinh"


def test_a_checklist_is_a_table_with_one_row_a_line() -> None:
    given = paper("receipt")
    given["fields"]["components"] = "Tờ khai | 01 bản chính\nGiấy chứng sinh | 01 bản chính"  # type: ignore[index]
    html = papers.render(given)
    assert html.count("<tr>") == 3 and '<td><span class="ink">01 bản chính</span></td>' in html


@pytest.mark.parametrize(
    ("wrong", "near"),
    [
        ({"kind": "birth_not"}, "birth_note"),
        ({"kind": "birth_note", "fields": {"mother_nam": "x"}}, "mother_name"),
        ({"kind": "birth_note", "alterations": {"intended_nam": "x"}}, "intended_name"),
        ({"kind": "birth_note", "medium": "photocopied"}, "photocopy"),
    ],
)
def test_an_unknown_name_is_answered_with_the_nearest(wrong: dict[str, object], near: str) -> None:
    with pytest.raises(UnknownName) as told:
        papers.render(wrong)
    assert near in told.value.vi and near in told.value.en


def test_asking_about_an_unknown_kind() -> None:
    assert papers.known("birth_note") and not papers.known("birth_not")
    for ask in (papers.fields, lambda kind: papers.title(kind, "vi")):
        with pytest.raises(UnknownName):
            ask("birth_not")


def test_a_field_declared_but_not_laid_out_is_a_problem_of_the_file() -> None:
    form = catalogue.forms()["birth_note"]
    broken = replace(form, fields=(*form.fields, "nowhere"), layout="poster")
    problems = list(catalogue.problems(broken))
    assert len(problems) == 2 and "nowhere" in problems[1][0] and "poster" in problems[0][1]


def test_the_same_hand_signs_alike_and_another_hand_differently() -> None:
    assert marks.scribble("Lê Văn Hùng") == marks.scribble("Lê Văn Hùng") != marks.scribble("Lê Văn Hưng")


def test_the_stylesheet_loads_nothing_and_is_readable() -> None:
    style = papers.style()
    assert not re.search(r"url\(|@import|https?:|</", style)
    rules = re.findall(r"([^{}]+)\{([^{}]*)\}", style)
    printed = ";".join(rule for where, rule in rules if "stamp text" not in where)
    sizes = [int(size) for size in re.findall(r"font[^;]*?\b(\d+)px", printed)]
    assert sizes and min(sizes) >= 14


def test_rendering_takes_less_than_two_milliseconds_of_a_processor() -> None:
    whole = [paper(kind) for kind in KINDS]
    rounds = []
    for _ in range(5):
        start = time.thread_time()
        for one in whole:
            papers.render(one)
        rounds.append(time.thread_time() - start)
    assert min(rounds) / len(whole) < 0.002


def test_a_word_that_no_form_has_is_told_with_its_file(tmp_path: Path) -> None:
    path = tmp_path / "odd.toml"
    path.write_text('[slip]\ntitle_vi = "Phiếu"\ncolour = "red"\n', encoding="utf-8")
    with pytest.raises(BrokenFile, match=r"odd\.toml: slip: .*colour"):
        list(catalogue.family(path))


def test_no_two_files_define_the_same_kind_of_paper():
    files = (Path(papers.__file__).parent / "forms").glob("*.toml")
    kinds = Counter(kind for file in files for kind in tomllib.loads(file.read_text(encoding="utf-8")))
    assert [kind for kind, times in kinds.items() if times > 1] == []


@pytest.mark.parametrize("medium", papers.MEDIA)
def test_what_an_eye_sees_is_told_in_the_reader_s_language(medium: str) -> None:
    vietnamese, english = (papers.render(paper("birth_certificate", medium=medium), one) for one in ("vi", "en"))
    assert "Quan sát: " in vietnamese and "Seen: " not in vietnamese
    assert "Seen: " in english and "Quan sát: " not in english
    assert english.split('<p class="seen"')[0] == vietnamese.split('<p class="seen"')[0], "the paper itself is one"
